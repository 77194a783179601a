"""Garbage collection frees what nobody needs, and takes nothing that a delivery or run needs."""

import os
from pathlib import Path

import pytest

from berg.schema.asset import Asset
from berg.store import Store
from berg.store.sweep import sweep

from .conftest import Program, record, said


def _made(store: Store, key: str, *, run: str | None = None) -> Asset:
    asset = store.put_bytes(key.encode() * 100, "text/plain")
    store.commit(record(key, asset.sha256), run=run)
    return asset


def _run(store: Store, name: str, *keys: str) -> None:
    with store.begin_run(name, {}) as run:
        for key in keys:
            _made(store, key, run=name)
        run.finish({})


def _age(store: Store) -> None:
    """As if all objects had been stored an hour ago."""
    for path in (store.home / "objects").glob("*/*"):
        moment = path.stat().st_mtime - 3600
        os.utime(path, (moment, moment))


def test_what_nobody_needs_is_freed(store: Store) -> None:
    asset = _made(store, "k")
    report = store.gc()
    assert (report.freed_bytes, report.objects, report.results) == (100, 1, 1)
    assert not store.present([asset])
    assert store.get("k") is None


def test_a_dry_run_says_the_same_and_frees_nothing(store: Store) -> None:
    asset = _made(store, "k")
    assert store.gc(dry_run=True) == store.gc(dry_run=True)
    assert store.present([asset])
    assert store.gc(dry_run=True) == store.gc()


def test_the_last_delivery_of_a_folder_is_kept(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, keys in (("r-1", ("old", "shared")), ("r-2", ("new", "shared"))):
        _run(store, name, *keys)
        store.delivered(str(out), name)
    store.begin_run("r-3", {}).finish({})
    assert store.gc().results == 1
    assert [key for key in ("old", "shared", "new") if store.get(key)] == ["shared", "new"]


def test_a_delivery_may_name_keys_and_assets_itself(store: Store, tmp_path: Path) -> None:
    kept, gone, loose = (_made(store, key) for key in ("kept", "gone", "loose"))
    store.delivered(str(tmp_path), "r", keys=["kept"], assets=[loose])
    assert store.gc().results == 2
    assert store.present([kept, loose])
    assert not store.present([gone])


def test_a_folder_that_is_gone_needs_nothing(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    _run(store, "r-1", "k")
    store.delivered(str(out), "r-1")
    assert store.gc(keep=0).results == 0
    out.rmdir()
    assert store.gc(keep=0).results == 1


def test_the_latest_run_can_go_on_whether_it_delivered_or_not(store: Store) -> None:
    _run(store, "r-1", "old")
    _run(store, "r-2", "new")
    assert store.gc().results == 1
    assert store.get("new") is not None
    assert store.gc(keep=0).results == 1


def test_what_a_live_run_found_is_kept_even_before_it_says_so(store: Store) -> None:
    asset = _made(store, "k")
    _made(store, "other")
    _backdate(store)
    with store.begin_run("r", {}), Store(store.home) as other:
        assert store.get("k") is not None
        report = other.gc(keep=0)
        assert report.results == 1
        assert store.present([asset])
        assert store.get("k") is not None
        assert store.get("other") is None


def _backdate(store: Store) -> None:
    """As if all results and objects were an hour old."""
    _age(store)
    store._db.change(lambda db: db.execute("UPDATE results SET created = created - 3600"))


def test_what_was_made_since_a_live_run_began_is_kept(store: Store) -> None:
    with store.begin_run("r", {}):
        asset = _made(store, "k")
        loose = store.put_bytes(b"not yet committed", "text/plain")
        with Store(store.home) as other:
            assert other.gc(keep=0).objects == 0
        assert store.present([asset, loose])


def test_a_fresh_object_without_a_result_has_its_time_of_grace(store: Store) -> None:
    loose = store.put_bytes(b"soon to be committed", "text/plain")
    assert store.gc().objects == 0
    _age(store)
    assert store.gc().objects == 1
    assert not store.present([loose])


def test_an_old_object_that_is_put_again_is_fresh(store: Store) -> None:
    asset = store.put_bytes(b"made again", "text/plain")
    _age(store)
    with Store(store.home) as other:
        other.put_bytes(b"made again", "text/plain")
        assert store.gc().objects == 0
    _age(store)
    assert store.path(asset)
    store.put_bytes(b"made again", "text/plain")
    assert store.gc().objects == 0
    assert store.present([asset])


def test_scratch_of_the_dead_goes_and_of_the_living_stays(store: Store, program: Program) -> None:
    code = "p = store.scratch(); (p / 'half').write_bytes(b'x' * 5000); print(p, flush=True)\n"
    dead = program(code + "import os; os._exit(9)")
    dead_folder = Path(said(dead))
    dead.wait()
    living = program(code + "time.sleep(60)")
    living_folder = Path(said(living))
    own_folder = store.scratch()
    assert store.gc(dry_run=True).freed_bytes == 5000
    assert store.gc().freed_bytes == 5000
    assert not dead_folder.exists()
    assert (living_folder / "half").exists()
    assert own_folder.exists()


def test_objects_set_aside_and_trash_are_swept(store: Store, home: Path) -> None:
    for name in ("objects-corrupt", "trash"):
        (home / name).mkdir(exist_ok=True)
        (home / name / "bad").write_bytes(b"bad")
    assert store.gc().freed_bytes == 6
    assert sweep(store._layout) == 0


WORK = """
run = store.begin_run('busy', {})
made = 0
print('live', flush=True)
for turn in range(6):
    for n in range(40):
        key = f'k{n}'
        record = store.get(key)
        if record is None or not store.present(record.assets):
            asset = store.put_bytes(key.encode() * 100, 'text/plain')
            made += 1
            record = store.commit(
                Record(key, key, 'c', '{}', (asset.sha256,), '{}'), run='busy')
        time.sleep(0.001)
        for sha256 in record.assets:
            assert store.path(sha256).read_bytes() == key.encode() * 100
print(made)
run.finish({})
"""


@pytest.mark.parametrize("before", [0, 40], ids=["nothing made before", "all made before"])
def test_gc_beside_a_busy_run_takes_nothing_from_it(
    store: Store, program: Program, before: int
) -> None:
    for number in range(before):
        _made(store, f"k{number}")
    _backdate(store)
    process = program(WORK)
    assert said(process) == "live"
    rounds = 0
    while process.poll() is None:
        store.gc(keep=0)
        rounds += 1
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert rounds > 1
    assert int(out) <= 40  # nothing that it had found or made was made once more


def test_old_runs_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berg.store.gc.RUNS_REMEMBERED", 2)
    for number in range(4):
        _run(store, f"r-{number}", f"k{number}")
    store.gc()
    assert [run.run for run in store.runs()] == ["r-3", "r-2"]
    assert store.run("r-1") is None


def test_a_place_whose_name_is_no_text_needs_its_results_while_it_is_there(
    store: Store, tmp_path: Path
) -> None:
    out = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xff"))
    out.mkdir()
    _run(store, "r-1", "k")
    for _ in range(2):
        store.delivered(str(out), "r-1")
    assert store.gc(keep=0).results == 0
    out.rmdir()
    assert store.gc(keep=0).results == 1
