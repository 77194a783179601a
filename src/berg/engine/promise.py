"""The driver's side of a handle: a step under way, and the future of its result."""

import asyncio
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Literal

from berg.schema.receipt import Receipt
from berg.schema.step import Out, Step


@dataclass(eq=False, slots=True)
class Running:
    """One step of a run."""

    name: str
    step: Step[Any]
    identity: dict[str, Any]
    recipe: str
    needs: tuple["Running", ...]
    future: asyncio.Future[Out]
    on_await: Any
    """Called before a line waits for the result: the moment of a branch."""
    key: str = ""
    """Set once the inputs exist."""
    state: Literal["pending", "ran", "cached", "failed"] = "pending"
    receipt: Receipt | None = None
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the result is made, or made again."""

    def wait(self) -> Generator[Any, None, Any]:
        """Suspend until the result exists."""
        if not self.future.done():
            self.on_await(self)
        return (yield from self.future.__await__())
