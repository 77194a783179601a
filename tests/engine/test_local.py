"""The local engine keeps the contract of engines, and what is its own."""

import asyncio
import base64
import json
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from berg.engine.interface import Engine, JobSpec
from berg.engine.local import LocalEngine
from berg.engine.local.jobs import LocalJob
from berg.schema.do import Do
from berg.store import Store
from tests.engine import tiny
from tests.engine.conformance import Conformance
from tests.engine.stage import perform


class TestLocalEngine(Conformance):
    def open_engine(self, store: Store, slots: int, memory_bytes: int) -> Engine:
        return LocalEngine(store, slots=slots, memory_bytes=memory_bytes)


SECRET = bytes(range(200, 232))


def test_a_secret_stands_in_no_file_log_environment_or_command_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a step that holds a secret until it may go on
    home, told, go_on = tmp_path / "home", tmp_path / "told", tmp_path / "go on"
    specs: list[JobSpec] = []
    submit = LocalEngine.submit

    def noted(engine: LocalEngine, job: JobSpec, *more: Any) -> LocalJob:
        specs.append(job)
        return submit(engine, job, *more)

    monkeypatch.setattr(LocalEngine, "submit", noted)

    async def line(do: Do) -> None:
        do(tiny.whisper("mark", told=told, go_on=go_on), name="whisper")

    # WHEN all that can be read of the machine is read meanwhile
    seen: list[bytes] = []

    async def look() -> None:
        while not told.exists():
            await asyncio.sleep(0.01)
        seen.extend(_everything_readable(home))
        go_on.touch()

    with caplog.at_level(logging.DEBUG):
        ended = perform(home, line, secret=lambda name: SECRET, beside=look)
    # THEN the step had it, and nobody else
    result = ended.driver.steps["whisper"].out
    assert isinstance(result, tiny.Sum)
    assert result.value == len(SECRET)
    seen += _everything_readable(home)
    seen += [
        caplog.text.encode(),
        repr(specs).encode(),
        json.dumps(str(specs[0].to_message())).encode(),
    ]
    assert len(specs) == 1
    for text in seen:
        for form in (
            SECRET,
            SECRET.hex().encode(),
            base64.b64encode(SECRET),
            repr(SECRET).encode(),
        ):
            assert form not in text


def _everything_readable(home: Path) -> list[bytes]:
    """Files of a home, and what every process was started with."""
    paths = [path for path in home.rglob("*") if path.is_file()]
    paths += Path("/proc").glob("[0-9]*/cmdline")
    paths += Path("/proc").glob("[0-9]*/environ")
    found = []
    for path in paths:
        with suppress(OSError):
            found.append(path.read_bytes())
    return found
