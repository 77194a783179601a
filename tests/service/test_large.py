"""Lines of any length and width are delivered, with manifests of bounded size."""

import sys
from pathlib import Path

import pytest

from berg.engine.rehearsal import Line
from berg.provenance.manifest import read_credential
from tests.provenance.finish.desk import Desk
from tests.service.large import chain, delivered, driven, fan, pages

LARGE = 3 * sys.getrecursionlimit() // 2
BOUND_BYTES = 48_000
"""A hundred steps named, at some two hundred bytes each, and what every manifest has."""


@pytest.mark.parametrize("line", [chain(LARGE), fan(LARGE)], ids=["chain", "fan"])
def test_a_line_of_more_steps_than_python_nests_calls_is_delivered(
    tmp_path: Path, line: Line
) -> None:
    desk = Desk(tmp_path)
    (file,) = delivered(desk, driven(desk, line))
    manifest = desk.out / f"{file.path}.c2pa"
    assert manifest.stat().st_size < BOUND_BYTES
    told = read_credential(desk.out / file.path, anchors=desk.keys.anchors()).claim or {}
    lineage = told["lineage"]
    assert (lineage["count"], lineage["made"]) == (LARGE + 1, LARGE + 1)
    assert len(lineage["steps"]) == 101
    assert lineage["steps"][0].startswith("link/0 large.link/1 ")
    assert lineage["steps"][-1].startswith("page/0 large.page/1 ")
    assert [part["what"] for part in told["parts"]] == ["large.page"]


def test_a_rerun_keeps_every_signed_file_though_steps_took_other_times(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = delivered(desk, driven(desk, pages(3, deep=20)))
    for file in first:
        (desk.out / file.path).chmod(0o640)  # a file written anew would have lost it
    assert delivered(desk, driven(desk, pages(3, deep=20))) == first
    assert {(desk.out / file.path).stat().st_mode & 0o777 for file in first} == {0o640}


def test_files_over_the_same_steps_tell_the_same_lineage_up_to_their_own_step(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    files = delivered(desk, driven(desk, pages(3, deep=20)))
    anchors = desk.keys.anchors()
    told = [(read_credential(desk.out / f.path, anchors=anchors).claim or {}) for f in files]
    assert [one["lineage"]["count"] for one in told] == [21, 21, 21]
    assert len({tuple(one["lineage"]["steps"][:20]) for one in told}) == 1
    assert len({one["lineage"]["sha256"] for one in told}) == 3
