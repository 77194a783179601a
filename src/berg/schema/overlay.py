"""Overlays: what a shot shows over its picture besides captions, as a storyboard says it."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.brief import ByLanguage
from berg.units import Rational


class Strap(Frozen):
    """Who is seen."""

    who: ByLanguage
    role: ByLanguage | None = None


class Point(Frozen):
    """One value of a chart."""

    name: ByLanguage
    value: Rational
    """Not negative."""


class Chart(Frozen):
    """A few numbers beside each other."""

    kind: Literal["bar", "line"]
    values: tuple[Point, ...]
    """In the order in which they stand."""
    unit: str = ""
    """Written after each number: `%`, ` kg`."""


class Overlays(Frozen):
    """All of one shot. Those that are None aren't there."""

    strap: Strap | None = None
    callout: ByLanguage | None = None
    """A number, a price, two or three words, set large."""
    items: dict[str, tuple[str, ...]] | None = None
    """A list by language, of equal lengths, that builds up as it is spoken."""
    chart: Chart | None = None

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return self != NO_OVERLAYS


NO_OVERLAYS = Overlays()
