"""Plugins: distributions that bring lines, steps or models, found by their entry points.

A plugin that can't be loaded is named and left out; it never takes berg down. Entry points are
read only where they are needed: it takes milliseconds, and loading them runs others' imports.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Group = Literal["berg.lines", "berg.steps", "berg.catalogue"]
"""What a plugin may bring: a `LineKind`, a `StepKind`, a package with a `catalogue.toml`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Something that a plugin brings and that can't be used."""

    what: str
    """`berg.lines postcard (berg-postcard 0.1)`."""
    why: str

    def __str__(self) -> str:
        return f"{self.what} is left out: {self.why}"


@dataclass(frozen=True, slots=True)
class Problems:
    """Gathers what is left out."""

    found: list[LeftOut]

    def add(self, entry: "EntryPoint", why: object) -> None:
        """Leave an entry out, and say why."""
        self.found.append(LeftOut(what=spelled(entry), why=" ".join(str(why).split())[:300]))


@cache
def entries_of(group: Group) -> tuple["EntryPoint", ...]:
    """The entry points of a group, by name. None is loaded."""
    from importlib.metadata import entry_points  # takes longer than all of `berg --help`

    return tuple(sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)))


def spelled(entry: "EntryPoint") -> str:
    """An entry point for people: what it brings, and the distribution that brings it."""
    dist = entry.dist
    return f"{entry.group} {entry.name}" + (f" ({dist.name} {dist.version})" if dist else "")


def loaded(
    group: Group, problems: Problems, *, is_right: Callable[[object], str | None]
) -> Iterator[tuple["EntryPoint", object]]:
    """What the entry points of a group lead to; `is_right` says what is wrong with a thing."""
    for entry in entries_of(group):
        try:
            thing = entry.load()
            wrong = is_right(thing)
        except KeyboardInterrupt:  # somebody stops berg
            raise
        except BaseException as error:  # whatever somebody else's module does
            problems.add(entry, f"{type(error).__name__}: {error}")
            continue
        if wrong is None:
            yield entry, thing
        else:
            problems.add(entry, wrong)
