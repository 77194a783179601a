"""What `delivery.json` says of a file: what its line said, or what a step of any kind gave."""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from berg.errors import LineError
from berg.schema.handle import Handle
from berg.schema.step import Out
from berg.service._finished import facts_of
from berg.steps.video import FilmFacts
from berg.units import Rational


class Mesh(Out):
    triangles: int
    scale: Rational


class Model(Out):
    mesh: Mesh
    names: tuple[str, ...]


FILM = FilmFacts(width=270, height=480, frames=100, fps=Fraction(30), duration=Fraction(10, 3))
MODEL = Model(mesh=Mesh(triangles=12, scale=Fraction(1, 3)), names=("a", "b"))


def given(value: Any) -> Handle[Any]:
    """The handle of a result that is there."""
    promise: Any = SimpleNamespace(name="step", out=value)
    return Handle(promise)


def test_a_films_facts_are_exact_in_frames_and_told_in_seconds() -> None:
    assert facts_of(given(FILM)) == {
        "width": 270,
        "height": 480,
        "frames": 100,
        "fps": "30/1",
        "duration_s": 3.333333,
    }


def test_the_facts_of_any_result_are_told_as_json() -> None:
    assert facts_of(given(MODEL)) == {
        "mesh": {"triangles": 12, "scale": "1/3"},
        "names": ["a", "b"],
    }
    assert facts_of(given(MODEL).mesh) == {"triangles": 12, "scale": "1/3"}


def test_what_a_line_says_is_told_as_it_is() -> None:
    assert facts_of({"columns": 3, "scale": Fraction(1, 2)}) == {"columns": 3, "scale": "1/2"}
    assert facts_of(None) == {}
    assert facts_of(given({"columns": 3})) == {"columns": 3}


def test_a_fact_without_a_name_is_a_lines_error() -> None:
    with pytest.raises(LineError, match="facts are names with values, not int"):
        facts_of(given(MODEL).mesh.triangles)
