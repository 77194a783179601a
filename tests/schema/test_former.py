"""Keys as the last release under rule 1 made them. These values never change again."""

from dataclasses import replace
from typing import Any

import pytest

from berg.schema import former
from berg.schema.call import Given
from berg.schema.former import former_key
from berg.schema.step import Step
from tests.engine.tiny import add
from tests.kinds import all_kinds
from tests.schema.former_steps import STEPS, step_of

KEYS = {
    "audio.mix": "663135493ac278e446fedbd38e8b3187e4345b05998d4ab7ffff16b5b8611150",
    "image.survey_clip": "b96e15dffe96151a609f2de3cee353352d0c7cca241eba65226e882d7a172975",
    "poster.type": "69b290e7614b593d65855af74847529d3e7b359b0d5b63641751ff64a87d78b3",
    "type.captions": "ddcb39d83087b09c6e20da5597309a20f3ca445b514d717b042ef31a5b13d4d6",
    "video.render_dissolve": "dc296eace7ee9be04f2486c59c8bdaaa2c5698eee54f5f54c4084207f57921af",
    "video.render_shot": "b8326260474270b00d28dee95df732d2837f4ee9e110294ebb663cfa3acaef59",
}
"""Made by that release itself, of the steps in `former_steps`."""


class _Versions(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"version of {name}"


def _key(step: Step[Any]) -> str | None:
    return former_key(step, lambda handle: None, tools=_Versions(), weights=_Versions())


@pytest.mark.parametrize("capability", STEPS)
def test_a_step_finds_the_key_that_it_had(capability: str) -> None:
    assert _key(step_of(capability)) == KEYS[capability]


def _grown(step: Step[Any], field: str, **values: Any) -> Step[Any]:
    """The step, of a kind that has gained a parameter."""
    grown = type("Grown", (step.kind.calls,), {"__annotations__": {field: int}, field: 0})
    kind = replace(step.kind, call=grown)
    params = kind.params.model_validate({**step.params.model_dump(), **values})
    return replace(step, params=params, kind=kind)


def test_a_parameter_that_came_later_counts_once_it_is_used() -> None:
    step = step_of("type.captions")
    assert _key(_grown(step, "tilt")) == KEYS["type.captions"]
    assert _key(_grown(step, "tilt", tilt=3)) is None


def test_a_field_that_came_later_deep_within_counts_once_it_is_used() -> None:
    step = step_of("video.render_shot")
    still = step.inputs["picture"].photo
    grown = type("Grown", (type(still),), {"__annotations__": {"depth": int}, "depth": 0})
    for depth, expected in ((0, KEYS["video.render_shot"]), (1, None)):
        photo = grown.model_validate({**still.model_dump(), "depth": depth})
        picture = step.inputs["picture"].model_copy(update={"photo": photo})
        assert _key(replace(step, inputs={**step.inputs, "picture": picture})) == expected


def test_an_input_that_came_later_counts_once_it_is_used() -> None:
    step = step_of("type.captions")
    kind = step.kind
    tilt = {"__annotations__": {"tilt": Given[int]}, "tilt": Given(0)}
    later = type("Later", (kind.calls,), tilt)
    for tilt, expected in ((0, KEYS["type.captions"]), (1, None)):
        inputs = {**step.inputs, "tilt": tilt}
        grown = replace(step, kind=replace(kind, call=later), inputs=inputs)
        assert _key(grown) == expected


def test_a_raised_version_or_a_new_kind_has_no_former_key() -> None:
    step = step_of("type.captions")
    assert _key(replace(step, kind=replace(step.kind, version=step.kind.version + 1))) is None
    assert _key(add(1)) is None


GONE = {"image.poster_frame"}
"""Kinds of rule 1 that nothing asks for any more."""


def test_what_is_written_down_of_rule_1_fits_the_kinds_of_today() -> None:
    was = former._kinds()
    assert len(was) == 26
    assert was.keys() - GONE <= all_kinds().keys()
