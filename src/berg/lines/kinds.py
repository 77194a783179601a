"""Which lines there are: those in this folder, and those that plugins bring.

Made once by whoever wires (the service), and handed on. A line of berg's own is a folder here
with a `kind.py` that holds one `LineKind`: nothing else names it.
"""

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from berg.brief.asks import forms_of
from berg.errors import LineError
from berg.lines.names import folder_names
from berg.plugins import LeftOut, Problems, loaded
from berg.schema.brief import Ask
from berg.schema.line import LineKind, Stage
from berg.schema.step import StepKind

AnyKind = LineKind[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kinds:
    """All lines and kinds of step at hand."""

    lines: tuple[AnyKind, ...]
    steps: tuple[StepKind[..., Any, Any], ...]
    """Those of the lines, and those that plugins bring for others' lines."""
    left_out: tuple[LeftOut, ...] = ()
    """What plugins bring and can't be used, and why."""

    def of(self, ask: Ask) -> AnyKind:
        """The line that an ask is made by. Raises LineError if there is none."""
        for kind in self.lines:
            if kind.key == ask.kind:
                return kind
        raise LineError(f"no line makes {ask.kind!r}")

    def stage(self, name: str) -> Stage[Any]:
        """The stage of that name. Raises LineError if no line has it."""
        for kind in self.lines:
            if kind.stage is not None and kind.stage.name == name:
                return kind.stage
        raise LineError(f"no line has a stage {name!r}")


NO_KINDS = Kinds(lines=(), steps=())
"""Where no ask is made."""


@cache
def built_in() -> tuple[AnyKind, ...]:
    """The lines of this folder."""
    found = [_kind_in(name) for name in folder_names()]
    return tuple(kind for kind in found if kind is not None)


def _kind_in(package: str) -> AnyKind | None:
    module = importlib.import_module(f"berg.lines.{package}.kind")
    return next((thing for thing in vars(module).values() if isinstance(thing, LineKind)), None)


def installed() -> Kinds:
    """Everything at hand; what a plugin brings and can't be used is named and left out."""
    problems = Problems([])
    found = list(built_in())
    for entry, kind in loaded("berg.lines", problems, is_right=_wrong_with_line):
        assert isinstance(kind, LineKind)
        if wrong := _clash(kind, found):
            problems.add(entry, wrong)
        else:
            found.append(kind)
    steps = {kind.capability: kind for kind in _steps_of(found)}
    for entry, step in loaded("berg.steps", problems, is_right=_wrong_with_step):
        assert isinstance(step, StepKind)
        if steps.setdefault(step.capability, step) is not step:
            problems.add(entry, f"there is another kind of step {step.capability}")
    return Kinds(lines=tuple(found), steps=tuple(steps.values()), left_out=tuple(problems.found))


def _steps_of(kinds: Iterable[AnyKind]) -> Iterator[StepKind[..., Any, Any]]:
    for kind in kinds:
        yield from kind.steps


def _wrong_with_line(thing: object) -> str | None:
    if not isinstance(thing, LineKind):
        return f"it is a {type(thing).__name__}, no LineKind"
    if not all(isinstance(step, StepKind) for step in thing.steps):
        return "its steps are not all a StepKind"
    field = thing.ask.model_fields.get("kind")
    if field is None or not isinstance(field.default, str):
        return f"{thing.ask.__name__} has no `kind` of its own"
    wrong = [name for name, info in thing.ask.model_fields.items() if _unread(thing, name, info)]
    return f"{thing.ask.__name__}.{wrong[0]} has neither a form nor a default" if wrong else None


def _unread(kind: AnyKind, name: str, info: FieldInfo) -> bool:
    return info.is_required() and name not in forms_of(kind.ask)


def _wrong_with_step(thing: object) -> str | None:
    return None if isinstance(thing, StepKind) else f"it is a {type(thing).__name__}, no StepKind"


def _clash(kind: AnyKind, found: Iterable[AnyKind]) -> str | None:
    """Why a line can't stand beside those that are there already; the first keeps its name."""
    there = list(found)
    if kind.key in [other.key for other in there]:
        return f"there is another line {kind.key}"
    known = {step.capability: step for step in _steps_of(there)}
    for step in kind.steps:
        if known.get(step.capability, step) is not step:
            return f"there is another kind of step {step.capability}"
    return None
