"""Every kind of step is what it was, gives what it gave, or says by its version that it doesn't."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.goldens import fields, steps
from tests.kinds import all_kinds

AGAIN = "if that is meant: `python -m tests.goldens`"
LOCK = Path(__file__).parents[2] / "requirements.lock"


def test_no_default_changes_and_no_field_goes_without_a_version() -> None:
    assert fields.forgotten(fields.read(), fields.today()) == []


def test_all_fields_are_pinned() -> None:
    assert fields.read() == fields.today(), AGAIN


def test_every_kind_of_step_has_a_golden() -> None:
    pinned = {step.capability for step in steps.read().steps.values()}
    assert pinned == all_kinds().keys(), AGAIN


def test_goldens_are_made_with_the_locked_tools() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text(), re.MULTILINE))
    tools = {name: version for name, version in steps.read().tools.items() if name in locked}
    assert tools == {name: locked[name] for name in tools}, AGAIN
    assert len(tools) >= 10


def test_the_same_step_gives_the_same_bytes(tmp_path: Path) -> None:
    pinned = steps.read()
    if elsewhere := pinned.elsewhere(steps.here()):
        pytest.skip(elsewhere)
    made = steps.walk(tmp_path)
    assert steps.forgotten(pinned, made) == []
    expected = {n: s for n, s in pinned.steps.items() if not steps.elsewhere(n)}
    assert made.steps == expected, f"keys are other ones; {AGAIN}"


def _of(**parts: Any) -> dict[str, Any]:
    return {"tiny.step": {"version": 1, "params": parts}}


FIELD = {"models": [], "default": 0}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (_of(a={**FIELD, "default": 1}), "the default of params.a was 0"),
        (_of(a={"models": []}), "the default of params.a was 0"),
        (_of(), "params.a is gone"),
        (_of(a=FIELD, b={"models": []}), "params.b has no default"),
        (_of(a={**FIELD, "models": [{"c": {**FIELD, "default": 2}}]}), None),
        (_of(a=FIELD, b=FIELD), None),
        ({}, None),
        ({"tiny.step": {"version": 2, "params": {}}}, None),
    ],
)
def test_what_a_key_does_not_see_is_told(now: dict[str, Any], said: str | None) -> None:
    found = fields.forgotten(_of(a=FIELD), now)
    assert found == ([] if said is None else [f"tiny.step: {said}; raise its version (1)"])


def test_a_step_that_gives_something_else_under_the_same_key_is_told() -> None:
    pinned = steps.read()
    name, step = next(iter(pinned.steps.items()))
    for change, told in (
        ({"out": "other"}, 1),
        ({"out": "other", "key": "other"}, 0),
        ({"key": "other"}, 0),
    ):
        other = replace(pinned, steps={name: replace(step, **change)})
        assert len(steps.forgotten(pinned, other)) == told
    elsewhere = replace(pinned, processor="another")
    assert steps.forgotten(elsewhere, pinned) == []
