"""Pins: what a delivery keeps of a run from garbage collection, by each kind's `keep`."""

from collections.abc import Iterable
from typing import Any

from berg.engine.promise import Running
from berg.schema.promised import Promised


def pins(steps: Iterable[Running], promised: Iterable[Promised]) -> tuple[Running, ...]:
    """Those of a run's steps whose results are needed as long as what it delivers stands.

    A file that is delivered is kept whatever its kind says, so that it can be put in its place
    again. Of a chain of `latest` steps, each taking the one before, the last is kept.
    """
    steps = tuple(steps)
    delivered: set[Any] = {file.asset.promise for file in promised}
    passed = {need for step in steps for need in step.needs if _goes_on(step, need)}
    return tuple(step for step in steps if step in delivered or _stays(step, passed))


def _stays(step: Running, passed: set[Running]) -> bool:
    match step.step.kind.keep:
        case "result":
            return True
        case "latest":
            return step not in passed
        case "scratch":
            return False


def _goes_on(step: Running, before: Running) -> bool:
    return step.step.kind.capability == before.step.kind.capability
