"""Do: the only door from a line to the world, as a protocol."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.origin import NO_ORIGIN, Origin
from berg.schema.step import Out, Step

O = TypeVar("O", bound=Out)  # noqa: E741


class Do(Protocol):
    """What a line may do. Behind it stands a driver, or a rehearsal that runs nothing."""

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Ask for a step; returns at once. `name` is unique in the run: `shot/3f2a/voice`."""
        ...

    async def stage(self, name: str, document: Handle[O]) -> O:
        """Await a document that people may edit; `--until NAME` ends the run here."""
        ...

    def deliver(
        self,
        asset: Handle[Asset],
        *,
        name: str,
        language: str | None,
        path: str,
        facts: Handle[Any] | Mapping[str, Any] | None = None,
        marks: Sequence[Handle[str | None]] = (),
        origin: Origin = NO_ORIGIN,
        told_by: Sequence[Handle[Any]] = (),
    ) -> None:
        """Promise a finished file at `path` (relative to the delivery's folder).

        `marks` are the watermarks' identifiers in it, as the steps that put them there gave them;
        `told_by` are results that the line awaited and passed on as plain values: a part of its
        lineage that no handle shows.
        """
        ...
