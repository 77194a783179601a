"""Killed at any point, nothing half is seen, claims are free, and the same work goes through."""

import os
import signal
from pathlib import Path

import pytest

from berg.digest import bytes_sha256
from berg.store import Store
from tests.patience import PATIENCE_S

from .conftest import Program, said

DATA = b"0123456789abcdef" * 1000
SHA256 = bytes_sha256(DATA)

PUT = {
    "bytes": "asset = store.put_bytes(b'0123456789abcdef' * 1000, 'text/plain')\n",
    "moved": (
        "made = store.scratch() / 'made'; made.write_bytes(b'0123456789abcdef' * 1000)\n"
        "asset = store.put_file(made, 'text/plain')\n"
    ),
    "copied": (
        "import os\n"
        "made = store.scratch() / 'made'; made.write_bytes(b'0123456789abcdef' * 1000)\n"
        "os.link(made, made.with_name('other'))\n"
        "asset = store.put_file(made, 'text/plain')\n"
    ),
}
MAKE = (
    "claim = store.claim('k')\n"
    "assert claim\n"
    "{put}"
    "store.commit(Record('k', 'r', 'test.step', '{{}}', (asset.sha256,), '{{}}'), run=None)\n"
    "claim.release()\n"
    "print('done', flush=True)\n"
)


def _killed(program: Program, code: str, *, at: str) -> None:
    process = program(code, kill_at=at)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == -signal.SIGKILL, err
    assert "done" not in out


@pytest.mark.parametrize(
    ("point", "way"),
    [
        *(("object.half", way) for way in PUT),
        *(("object.stored", way) for way in PUT),
        ("index.committed", "moved"),
    ],
)
def test_killed_at_a_named_point(home: Path, program: Program, way: str, point: str) -> None:
    code = MAKE.format(put=PUT[way])
    _killed(program, code, at=point)
    with Store(home) as store:
        record = store.get("k")
        assert (record is not None) == (point == "index.committed")
        seen = [path.name for path in (home / "objects").rglob("*") if path.is_file()]
        assert seen == ([] if point == "object.half" else [SHA256])
        for sha256 in seen:
            assert store.path(sha256).read_bytes() == DATA
        claim = store.claim("k")
        assert claim is not None
        claim.release()
        store.gc()
        assert list((home / "aside").iterdir()) == list((home / "scratch").iterdir()) == []
    again = program(code)
    assert again.communicate(timeout=PATIENCE_S)[0] == "done\n"
    with Store(home) as store:
        record = store.get("k")
        assert record is not None
        assert store.path(record.assets[0]).read_bytes() == DATA


def test_killed_while_committing_many(home: Path, program: Program) -> None:
    # GIVEN a program that says each result after committing it
    process = program(
        "run = store.begin_run('r', {})\n"
        "for n in range(100_000):\n"
        "    asset = store.put_bytes(b'%d' % n, 'text/plain')\n"
        "    key = str(n)\n"
        "    store.commit(Record(key, key, 'c', '{}', (asset.sha256,), '{}'), run='r')\n"
        "    run.note(key, key, 'ran')\n"
        "    print(n, flush=True)\n"
    )
    # WHEN it is killed somewhere
    last = max(int(said(process)) for _ in range(150))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # THEN every result that it spoke of is there, whole
    with Store(home) as store:
        for number in range(last + 1):
            record = store.get(str(number))
            assert record is not None
            assert store.path(record.assets[0]).read_bytes() == b"%d" % number
        info = store.run("r")
        assert info is not None
        assert not info.live
        assert info.finished is None


def test_a_killed_run_can_be_begun_again(home: Path, program: Program) -> None:
    process = program("run = store.begin_run('r', {})\nprint('live', flush=True)\ntime.sleep(60)")
    assert said(process) == "live"
    with Store(home) as store:
        info = store.run("r")
        assert info is not None
        assert info.live
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        store.begin_run("r", {"again": True}).finish({})
        info = store.run("r")
        assert info is not None
        assert info.info == {"again": True}
