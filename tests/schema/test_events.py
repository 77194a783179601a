"""Events: as lines they are read back as they were, and what isn't known is left out."""

from typing import get_args

import pytest

from berg.schema.events import (
    Event,
    RunPlanned,
    RunStarted,
    StepAhead,
    StepCached,
    StepMade,
    event_of,
    line_of,
)

EVENTS = [
    RunStarted(run="r-1", title="Small film", brief="/b.yaml", slots=2, at=1.5),
    RunPlanned(
        total=2,
        cached=1,
        finish_s=3.5,
        steps=(StepAhead(name="a", seconds=2.0, needs=("b",), session="m:K"),),
        at=2.0,
    ),
    StepCached(names=("a", "b"), at=3.0),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event)
def test_an_event_is_read_back_from_its_line(event: Event) -> None:
    line = line_of(event)
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    assert event_of(line) == event


def test_every_event_has_a_name_of_its_own() -> None:
    names = [kind.model_fields["event"].default for kind in get_args(Event)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[1]",
        b"7",
        b'{"v":1,"at":1.0,"event":"step.ma',
        b'{"v":2,"at":1.0,"event":"step.made","name":"a","seconds":1.0}',
        b'{"v":1,"at":1.0,"event":"step.sung","name":"a"}',
        b'{"v":1,"at":1.0,"event":"step.made","name":"a"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_event_that_this_berg_knows_is_none(line: bytes) -> None:
    assert event_of(line) is None


def test_a_field_that_a_later_berg_added_is_left_out() -> None:
    line = b'{"v":1,"at":1.0,"event":"step.made","name":"a","seconds":1.0,"watts":7}'
    assert event_of(line) == StepMade(name="a", seconds=1.0, at=1.0)


def test_an_event_knows_when_it_was_told() -> None:
    first, second = StepCached(names=()), StepCached(names=())
    assert 1.7e9 < first.at <= second.at
