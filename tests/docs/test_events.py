"""docs/events.md says what the models say."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from berg.runtimes.kokoro.voices import MODEL
from berg.schema.events import Event, StepAhead, event_of, line_of
from berg.schema.needs import Session
from berg.service._event_log import LISTED, NAMED

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
KINDS = {kind.model_fields["event"].default: kind for kind in get_args(Event)}
ALWAYS = ["v", "at", "event"]


def _table() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([a-z.]+)` \| (.*?) \| .* \|$", PAGE, re.MULTILINE)
    return {name: re.findall(r"`(\w+)`", fields) for name, fields in rows}


def _examples() -> list[str]:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    return str(block).splitlines()


def test_the_page_has_every_event_with_its_fields_in_their_order() -> None:
    fields = {
        name: [field for field in kind.model_fields if field not in ALWAYS]
        for name, kind in KINDS.items()
    }
    assert _table() == fields
    assert all(f"`{name}`" in PAGE for name in StepAhead.model_fields)


@pytest.mark.parametrize("line", _examples())
def test_the_example_is_what_a_run_writes(line: str) -> None:
    event = event_of(line.encode())
    assert event is not None
    assert json.loads(line_of(event)) == json.loads(line)
    assert list(json.loads(line)) == list(json.loads(line_of(event)))


def test_every_value_that_a_field_may_have_is_named() -> None:
    for kind in KINDS.values():
        for name, field in kind.model_fields.items():
            if name not in ALWAYS:
                for value in get_args(field.annotation):
                    assert not isinstance(value, str) or f"`{value}`" in PAGE


def test_the_bounds_are_those_of_the_log() -> None:
    assert f"after {NAMED:,} steps' events" in PAGE
    assert f"more than\n  {LISTED:,} steps" in PAGE


def test_the_examples_session_is_named_as_sessions_are() -> None:
    told = set(re.findall(r'"session":"([^"]+)"', PAGE))
    assert told == {Session(runtime="berg.runtimes.kokoro:Kokoro", weights=(MODEL,)).name}
