"""SIGKILL of the whole process group where it hurts most: half-written objects, results between
store and index, films and deliveries half written, files signed and not logged. One home is killed
at each point in turn."""

from pathlib import Path

from tests.service.film import committed, ended, made, start, write_brief
from tests.service.test_nothing_lost import finish

POINTS = (
    "object.half",
    "object.stored",
    "index.committed",
    "object.half:3",
    "object.stored:2",
    "index.committed:4",
    "join.half",
    "finish.signed",
    "finish.signed:2",
    "log.tiles",
    "finish.logged",
    "delivery.half",
    "delivery.half:2",
    "delivery.half:3",
)


def test_a_kill_at_every_named_point_loses_nothing(tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    whole = made(tmp_path / "whole", brief, tmp_path / "out-whole")
    home, out = tmp_path / "home", tmp_path / "out"
    kept: set[str] = set()
    for point in POINTS:
        command = start(home, "make", str(brief), "--out", str(out), env={"BERG_KILL_AT": point})
        assert ended(command).status == -9, f"{point} was passed"
        keys, commits = committed(home)
        assert kept <= keys
        assert commits == len(keys)
        kept = keys
    finish(home, out, brief, whole, kept)
