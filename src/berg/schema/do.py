"""Do: the only door from a line to the world, as a protocol."""

from typing import Protocol, TypeVar

from berg.schema.handle import Handle
from berg.schema.promised import Promised
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

    def deliver(self, file: Promised) -> None:
        """Promise a finished file."""
        ...
