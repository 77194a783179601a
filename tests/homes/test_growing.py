"""What is added to berg makes nothing again: a parameter, an option, a model, a line.

Each is added to a copy of the sources, as somebody who works on berg would; the copy makes a home's
briefs again.
"""

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import berg
from berg.lines.kinds import built_in
from tests.homes.conftest import Released
from tests.homes.then import BRIEFS
from tests.kinds import all_kinds

SOURCES = Path(berg.__file__).parent
MODEL = """
[[entry]]
name = "another"
kind = "model"
sha256 = "{digest}"
size = 9
file = "another.onnx"
licence = "Apache-2.0"
credit = "nobody"
sources = ["pypi:another==1.0#another.onnx"]
"""
LINE = '''"""Another line."""

from typing import Literal

from berg.lines.posters.steps import TABLE
from berg.schema.brief import Ask, Brief
from berg.schema.do import Do
from berg.schema.line import LineKind


class AnotherAsk(Ask):
    """Nothing much."""

    kind: Literal["another"] = "another"
    name: str = "another"


async def another(do: Do, ask: AnotherAsk, brief: Brief) -> None:
    """Does nothing."""


ANOTHER = LineKind(about="another: nothing", ask=AnotherAsk, line=another, steps=(TABLE,))
'''


FIELD = '    added_later: int = 0\n    """Added later."""'
HANDED = '    handed_later: Given[int] = Given(0)\n    """Added later."""'


def _with_fields(sources: Path, grown: Mapping[type, str]) -> None:
    """Every one of the models gains fields with a default."""
    ends: dict[Path, dict[int, str]] = {}
    for model, fields in grown.items():
        lines, first = inspect.getsourcelines(model)
        path = sources / Path(inspect.getfile(model)).relative_to(SOURCES)
        ends.setdefault(path, {})[first - 1 + len(lines)] = fields
    for path, found in ends.items():
        text = path.read_text().splitlines()
        head = ast.parse(path.read_text()).body[0].end_lineno
        assert head is not None
        for end in sorted(found, reverse=True):
            text.insert(end, found[end])
        text.insert(head, "from berg.schema.call import Given")
        path.write_text("\n".join(text) + "\n")


def parameters(sources: Path) -> None:
    """Every kind of step gains something that it is told, is handed, and gives."""
    kinds = all_kinds().values()
    calls = {kind.calls: f"{FIELD}\n{HANDED}" for kind in kinds}
    _with_fields(sources, calls | {kind.out: FIELD for kind in kinds})


def options(sources: Path) -> None:
    """Every line's ask gains an option."""
    _with_fields(sources, {kind.ask: FIELD for kind in built_in()})


def a_model(sources: Path) -> None:
    """The catalogue gains a model."""
    with (sources / "weights" / "catalogue.toml").open("a") as catalogue:
        catalogue.write(MODEL.format(digest="d" * 64))


def a_line(sources: Path) -> None:
    """The package gains a line."""
    folder = sources / "lines" / "another"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Another line."""\n')
    (folder / "kind.py").write_text(LINE)


@pytest.fixture
def warm(released: Released) -> tuple[Released, dict[str, Any]]:
    """A home that this berg has made its briefs on, and what it said of the film."""
    made = {name: released.make(name) for name in BRIEFS}
    return released, made["film"]


@pytest.mark.parametrize("grow", [parameters, options, a_model, a_line])
def test_what_is_added_makes_nothing_again(
    warm: tuple[Released, dict[str, Any]], tmp_path: Path, grow: Callable[[Path], None]
) -> None:
    sources = tmp_path / "src" / "berg"
    shutil.copytree(SOURCES, sources, ignore=shutil.ignore_patterns("__pycache__"))
    grow(sources)
    home, before = warm
    film, people = _again(home, sources.parent)
    assert film["steps"]["ran"] == 0
    assert film["steps"]["total"] == before["steps"]["total"]
    assert film["deliverables"] == before["deliverables"]
    assert people["steps"]["total"] == 0, "no row was walked"
    assert people["rows"]["kept"] == people["rows"]["total"] == 3


def _again(home: Released, sources: Path) -> list[dict[str, Any]]:
    """What these sources say when they make the home's briefs again."""
    path = os.pathsep.join([str(sources), str(Path(__file__).parents[2])])
    said = subprocess.run(
        [sys.executable, "-m", "tests.homes.then", str(home.root)],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    where, *documents = said.stdout.split("\n\n")
    assert Path(where).is_relative_to(sources)
    return [json.loads(document) for document in documents]
