"""The index: old ones are upgraded with what they hold, bad ones set aside, new ones left alone."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from berg.errors import StoreError
from berg.store import Store
from berg.store.migrations import LATEST, VERSIONS

from .conftest import Program, record

RECEIPT = '{"amount": 8, "wall_s": 2.5, "unit": "audio_s"}'


def _version_one(home: Path, *, sha256: str) -> None:
    """A home as the first version left it, with a result in it."""
    (home).mkdir(exist_ok=True)
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        for statement in VERSIONS[0]:
            db.execute(statement)
        db.executemany(
            "INSERT INTO results (key, capability, out, assets, receipt, created)"
            " VALUES (?, 'speech.synthesize', ?, ?, ?, 1.0)",
            [("k1", '{"frames":9}', f"{sha256}:5", RECEIPT), ("k2", "{}", "", "not JSON")],
        )
        db.execute("INSERT INTO runs (run, started, info) VALUES ('r-1', 1.0, '{\"a\":1}')")
        db.execute("PRAGMA user_version = 1")
        db.commit()


def test_an_older_index_is_upgraded_keeping_what_is_there(home: Path) -> None:
    with Store(home) as store:
        asset = store.put_bytes(b"voice", "audio/wav")
    (home / "index.sqlite").unlink()
    _version_one(home, sha256=asset.sha256)
    with Store(home) as store:
        kept = store.get("k1")
        assert kept is not None
        assert (kept.recipe, kept.out, kept.assets) == ("", '{"frames":9}', (asset.sha256,))
        assert store.present(kept.assets)
        assert store.path(kept.assets[0]).read_bytes() == b"voice"
        assert store.receipts("speech.synthesize", 10) == [(8.0, 2.5, RECEIPT)]
        assert [run.run for run in store.runs()] == ["r-1"]
        fresh = store.commit(record("k3", recipe="r3"), run=None)
        assert store.get("k3") == fresh
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (LATEST,) == (5,)


def _version_three(home: Path, tmp_path: Path, *, sha256: str) -> Path:
    """A home as the third version left it, with something in every table; gives the delivery."""
    out = tmp_path / "out"
    out.mkdir()
    held = f"{sha256}:5 {'b' * 64}:7"
    rows = {
        "results (key, recipe, capability, out, assets, receipt, created)": [
            ("k1", "r1", "speech.synthesize", '{"frames":9}', held, RECEIPT, 1.0),
            ("k2", "r2", "text.write", "{}", "", "{}", 2.0),
            ("k3", "r3", "text.write", "{}", "", "{}", 3.0),
        ],
        "recipes (recipe, key)": [("r1", "k1"), ("r2", "k2"), ("other", "k2")],
        "runs (run, started, info)": [("r-1", 1.0, "{}"), ("r-2", 2.0, "{}")],
        "run_results (run, key)": [("r-1", "k1"), ("r-2", "k2"), ("r-forgotten", "k3")],
        "run_steps (run, name, key, state)": [("r-1", "voice", "k1", "ran")],
        "deliveries (folder, run, delivered)": [(str(out), "r-1", 1.0), ("/gone", "r-0", 1.0)],
        "delivery_results (folder, key)": [(str(out), "k1"), ("/gone", "k3")],
        "delivery_assets (folder, sha256)": [(str(out), sha256)],
        "effects (key, record, done)": [("e", "{}", 1.0)],
    }
    home.mkdir(exist_ok=True)
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        for statement in (s for version in VERSIONS[:3] for s in version):
            db.execute(statement)
        for table, values in rows.items():
            marks = ",".join("?" * len(values[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        db.execute("PRAGMA user_version = 3")
        db.commit()
    return out


def test_an_index_of_the_last_release_keeps_results_runs_and_deliveries(
    home: Path, tmp_path: Path
) -> None:
    with Store(home) as store:
        asset = store.put_bytes(b"voice", "audio/wav")
    (home / "index.sqlite").unlink()
    _version_three(home, tmp_path, sha256=asset.sha256)
    with Store(home) as store:
        kept = store.get("k1")
        assert kept is not None
        assert kept.assets == (asset.sha256, "b" * 64)
        assert kept.sizes == (5, 7)
        assert (kept.recipe, kept.receipt) == ("r1", RECEIPT)
        assert [record.key for record in store.makers(asset.sha256[:8])] == ["k1"]
        assert [record.key for record in store.makers("bbbbbb")] == ["k1"]
        run = store.run("r-1")
        assert run is not None
        assert run.steps == (("voice", "k1", "ran"),)
        assert store.effects.get("e") == "{}"
        # the latest run needs k2, the folder that is there k1, and nobody k3
        assert store.gc(keep=1).results == 1
        assert [key for key in ("k1", "k2", "k3") if store.get(key)] == ["k1", "k2"]


def test_an_upgrade_happens_whole_or_not_at_all(home: Path) -> None:
    _version_one(home, sha256="0" * 64)
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        db.execute("CREATE TABLE timings (in_the_way)")
    before = _schema(home)
    with pytest.raises(StoreError, match="timings"):
        Store(home)
    assert _schema(home) == before


def _schema(home: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        version = db.execute("PRAGMA user_version").fetchone()
        return [version, *db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()]


def test_an_upgraded_index_has_the_tables_of_a_new_one(home: Path, tmp_path: Path) -> None:
    _version_one(home, sha256="0" * 64)
    Store(home).close()
    Store(tmp_path / "new").close()
    assert _schema(home) == _schema(tmp_path / "new")


def test_a_newer_index_is_refused_and_not_touched(home: Path) -> None:
    home.mkdir()
    path = home / "index.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE from_the_future (x)")
        db.execute(f"PRAGMA user_version = {LATEST + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer berg .* upgrade berg"):
        Store(home)
    assert path.read_bytes() == before


def _assert_begun_anew(home: Path, caplog: pytest.LogCaptureFixture, damaged: bytes) -> None:
    (aside,) = home.glob("index.damaged-*.sqlite")
    assert aside.read_bytes() == damaged
    assert "was damaged; it was set aside" in caplog.text
    assert aside.name in caplog.text


def test_an_index_that_is_no_database_is_set_aside(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(home) as store:
        store.commit(record("k"), run=None)
    garbage = b"this was an index once" * 1000
    (home / "index.sqlite").write_bytes(garbage)
    with caplog.at_level(logging.WARNING), Store(home) as store:
        assert store.get("k") is None
        store.commit(record("k"), run=None)
        assert store.get("k") is not None
    _assert_begun_anew(home, caplog, garbage)


def test_a_malformed_page_found_in_use_sets_the_index_aside(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(home) as store:
        for number in range(300):
            store.commit(record(f"k{number}"), run=None)
    path = home / "index.sqlite"
    pages = bytearray(path.read_bytes())
    pages[4096:] = b"\xa5" * (len(pages) - 4096)  # the first page, with the schema, stays good
    path.write_bytes(pages)
    with caplog.at_level(logging.WARNING), Store(home) as store, store.begin_run("r", {}) as run:
        assert store.get("k7") is None
        store.commit(record("k7"), run="r")
        run.note("voice", "k7", "ran")
        assert store.get("k7") is not None
    _assert_begun_anew(home, caplog, bytes(pages))


def test_programs_that_start_together_agree_on_one_index(home: Path, program: Program) -> None:
    code = (
        "import os\nfor n in range(50):\n"
        "    key = f'{os.getpid()}-{n}'\n"
        "    store.commit(Record(key, '', 'c', '{}', (), '{}'), run=None)\n"
    )
    processes = [program(code) for _ in range(4)]
    for process in processes:
        assert process.wait(60) == 0, process.communicate()[1]
    with Store(home) as store:
        for process in processes:
            assert all(store.get(f"{process.pid}-{n}") for n in range(50))
