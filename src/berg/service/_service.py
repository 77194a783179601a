"""Service: questions to one home, answered at once; and its makes, for callers without a loop."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berg.engine.observer import Observer, Silent, noticing
from berg.schema.events import Event
from berg.schema.plan import Plan
from berg.service._doctor import examine
from berg.service._following import drop_logs, follow, standing
from berg.service._forecast import Forecast, forecast
from berg.service._host import Host, plan
from berg.service._lineage import lineage
from berg.service._marking import once
from berg.service._models import check_names, list_weights
from berg.service._parts import OpenHome
from berg.service._request import Request

if TYPE_CHECKING:
    from berg.provenance.finish import Finisher
    from berg.service.making.run import Made


PAUSE_S = 0.2
"""Between two looks at a run that is followed."""


class Service(OpenHome):
    """What faces call. One object for one home; not for several threads."""

    def __init__(self, home: Path, observer: Observer | None = None) -> None:
        """Open a home, creating it if need be.

        Raises:
            StoreError: the home can't be read or written.
        """
        self.observer: Observer = observer or Silent()
        self.notice = noticing(self.observer)
        super().__init__(home)

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    def finisher(self, notice: Callable[[str], None] | None = None) -> "Finisher":
        """See `OpenHome`; what holds for many files is told once, to the observer if to nobody."""
        return super().finisher(once(notice or self.notice))

    def plan(self, request: Request) -> Plan:
        """What is cached, what would run, what depends, and how long it should take."""
        return plan(self, request, self.observer)

    async def make_here(self, request: Request) -> "Made":
        """Make what the brief asks for, in the running loop. Raises as `Host.make`."""
        async with Host(self) as host:
            return await host.make(request, self.observer)

    def make(self, request: Request) -> "Made":
        """As `make_here`, in a loop of its own."""
        return asyncio.run(self.make_here(request))

    def forecast(self, plan: Plan, brief: Path) -> Forecast:
        """What a plan costs in time, disk and downloads, and how good the last forecast was."""
        weights = self.beside(brief).weights
        return forecast(plan, str(brief.resolve()), store=self.store, weights=weights)

    def show(self, what: str | None) -> dict[str, Any]:
        """A run's or a file's lineage and receipts; the latest runs when nothing is named. Of a
        run under way also how far it is `now`.

        Raises:
            RequestError: no such run or digest.
        """
        document = lineage(self.store, what)
        if what is not None and document.get("live"):
            document["now"] = standing(self.store, what)
        return document

    def follow(self, run: str) -> Iterator[Event]:
        """The events of a run, of whatever process, until it has ended. Raises RequestError."""
        return follow(self.store, run, pause=lambda: time.sleep(PAUSE_S))

    def models(self, action: str, names: tuple[str, ...]) -> dict[str, Any]:
        """List, pull or check weights; what is listed afterwards is what is there.

        Raises:
            RequestError: a name is unknown.
            WeightsError: a file can't be had, or is not what its digest says.
        """
        check_names(self.weights, names)
        if action == "pull":
            self.weights.pull(names or self.weights.default_names(), self.notice)
        return list_weights(self.weights, names, rehash=action == "check")

    def doctor(self) -> dict[str, Any]:
        """What this machine can and cannot do, and how to mend it."""
        return examine(
            self.store, self.weights, self.node, kinds=self.kinds, left_out=self.left_out()
        )

    def gc(self, *, dry_run: bool = False) -> dict[str, Any]:
        """Free space, keeping what deliveries still need; safe while something is being made."""
        freed = asdict(self.store.gc(dry_run=dry_run))
        if not dry_run:
            drop_logs(self.store)
        return {"dry_run": dry_run, **freed}
