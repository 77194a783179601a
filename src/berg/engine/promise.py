"""The driver's side of a handle: a step under way, and the future of its result."""

import asyncio
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Literal

from berg.engine.ledger import Trace
from berg.engine.values import assets_in
from berg.errors import BergError
from berg.schema.receipt import Receipt
from berg.schema.step import Out, Step

Ending = Literal["ran", "cached", "failed"]


@dataclass(eq=False, slots=True)
class Running:
    """One step of a run."""

    name: str
    step: Step[Any]
    trace: Trace
    future: asyncio.Future[Out]
    on_await: Callable[["Running"], None]
    """Called when a line waits for a result that isn't there: the moment of a branch."""
    key: str = ""
    """Set once the inputs exist."""
    ending: Ending | None = None
    receipt: Receipt | None = None
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the result is made, or made again."""

    @property
    def recipe(self) -> str:
        """The step's recipe."""
        return self.trace.recipe

    @property
    def needs(self) -> tuple["Running", ...]:
        """The steps whose results it takes."""
        return self.trace.needs

    @property
    def out(self) -> Out:
        """The result; to be asked for only once it exists."""
        return self.future.result()

    @property
    def has_result(self) -> bool:
        """Whether the result exists."""
        return self.ending in ("ran", "cached")

    def gave(self, sha256: str) -> bool:
        """Whether the result holds an asset of this digest."""
        return self.has_result and any(asset.sha256 == sha256 for asset in assets_in(self.out))

    def settle(self, out: Out, ending: Ending) -> None:
        """The result exists now."""
        self.ending = ending
        self.future.set_result(out)

    def fail(self, error: BergError) -> None:
        """There will be no result."""
        self.ending = "failed"
        if not self.future.done():
            self.future.set_exception(error)
            self.future.exception()  # seen: steps after it fail quietly, the driver tells

    def wait(self) -> Generator[Any, None, Any]:
        """Suspend until the result exists."""
        if not self.future.done():
            self.on_await(self)
        return (yield from self.future.__await__())
