"""Who hears what a run tells: faces that show it, the log that keeps it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from berg.schema.events import Event, RunNoticed, StepCached


class Observer(Protocol):
    """Hears of everything that happens in a run, in order, in the thread that drives it."""

    def event(self, event: Event) -> None:
        """Something happened. Must not raise, and not take long."""
        ...


class Silent:
    """Hears, and says nothing."""

    def event(self, event: Event) -> None:
        """Nothing."""


def noticing(observer: Observer) -> Callable[[str], None]:
    """Tells an observer messages that people should know."""
    return lambda message: observer.event(RunNoticed(message=message))


class EventTeller:
    """Passes events on in order; steps that were cached, of which there may be thousands in the
    blink of an eye, are told together."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._cached: list[str] = []

    def cached(self, name: str) -> None:
        """A step's result was there. Told before whatever is told next, and soon. In a loop."""
        if not self._cached:
            asyncio.get_running_loop().call_soon(self.flush)
        self._cached.append(name)

    def tell(self, event: Event) -> None:
        """Pass an event on."""
        self.flush()
        self._observer.event(event)

    def flush(self) -> None:
        """Tell what has gathered."""
        if self._cached:
            names, self._cached = tuple(self._cached), []
            self._observer.event(StepCached(names=names))
