"""Service: berg on one home. Plans, makes, shows, frees."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berg.compute.node import probe_node
from berg.compute.predict import Predictor
from berg.compute.simulate import finish_time
from berg.engine.ledger import Ledger
from berg.engine.observer import Observer, Silent, noticing
from berg.engine.rehearsal import Line, Rehearsal
from berg.held import held_signals
from berg.lines.kinds import Kinds, installed
from berg.schema.plan import Plan
from berg.service._doctor import examine
from berg.service._forecast import START_S, Forecast, forecast
from berg.service._lineage import lineage
from berg.service._marking import check_keys, once, ready_keys
from berg.service._models import check_names, list_weights
from berg.service._request import Checked, Request, check, check_folder
from berg.service._rows_plan import plan_rows
from berg.service._shared import shared_in
from berg.store import Store
from berg.weights import Weights

if TYPE_CHECKING:
    from berg.provenance.finish import Finisher
    from berg.provenance.keys import KeyRing
    from berg.service._run import Made


class Service:
    """What faces call. One object for one home; not for several threads."""

    def __init__(self, home: Path, observer: Observer | None = None) -> None:
        """Open a home, creating it if need be.

        Raises:
            StoreError: the home can't be read or written.
        """
        self.observer: Observer = observer or Silent()
        self.notice = noticing(self.observer)
        self.store = Store(home)
        self.weights = Weights(home)
        self.node = probe_node()

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @cached_property
    def keys(self) -> "KeyRing":
        """This home's keys, perhaps not there yet."""
        with held_signals():
            from berg.provenance.keys import KeyRing  # certificates are heavy to import

        return KeyRing.open(self.store.home / "keys")

    @cached_property
    def kinds(self) -> Kinds:
        """All lines at hand, plugins' included."""
        return installed()

    def plan(self, request: Request) -> Plan:
        """What is cached, what would run, what depends, and how long it should take."""
        prepared = self._checked(request).prepared(self.store, self.weights, self.keys)
        plan = self.rehearse(self.ledger(), prepared.line, until=request.until)
        return plan_rows(self, prepared, plan) if prepared.each else plan

    def make(self, request: Request) -> "Made":
        """Make what the brief asks for, or with `until` only the document to edit.

        Raises:
            BergError: what failed; what was finished is kept, and the same call goes on.
        """
        with held_signals():  # signing is heavy to import; only a make needs it
            from berg.service._rows import RowsRun
            from berg.service._run import Run

        begun = time.perf_counter()
        checked = self._checked(request)
        check_folder(checked.folder)
        ready_keys(self.keys, self.notice)  # a brief with faults leaves no keys behind
        prepared = checked.prepared(self.store, self.weights, self.keys)
        if request.until is None:
            check_keys(self.keys)
        if prepared.each:
            return RowsRun(self, request, prepared, begun=begun).go()
        return Run(self, request, prepared, begun=begun).go()

    def finisher(self) -> "Finisher":
        """Signs with this home's keys, into this home's log. Raises KeysError."""
        with held_signals():
            from berg.provenance.finish import Finisher  # heavy; only a make needs them
            from berg.provenance.log import Log

        log = Log(self.log_folder, key=self.keys.log_key(), origin=self.keys.log_origin())
        manifests = self.log_folder / "manifests"
        return Finisher(
            keys=self.keys,
            log=log,
            effects=self.store,
            manifests=manifests,
            notice=once(self.notice),
        )

    @property
    def log_folder(self) -> Path:
        """Where this home's log lies."""
        return self.store.home / "log"

    def _checked(self, request: Request) -> Checked:
        return check(request, self.store, self.weights, self.kinds, self.notice)

    def forecast(self, plan: Plan, brief: Path) -> Forecast:
        """What a plan costs in time, disk and downloads, and how good the last forecast was."""
        return forecast(plan, str(brief.resolve()), store=self.store, weights=self.weights)

    def show(self, what: str | None) -> dict[str, Any]:
        """A run's or a file's lineage and receipts; the latest runs when nothing is named.

        Raises:
            RequestError: no such run or digest.
        """
        return lineage(self.store, what)

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
        return examine(self.store, self.weights, self.node)

    def gc(self, *, dry_run: bool = False) -> dict[str, Any]:
        """Free space, keeping what deliveries still need; safe while something is being made."""
        return {"dry_run": dry_run, **asdict(self.store.gc(dry_run=dry_run))}

    def ledger(self) -> Ledger:
        """A fresh view of what is known."""
        return Ledger(self.store, weight_digest=self.weights.digest)

    def rehearse(self, ledger: Ledger, line: Line, *, until: str | None) -> Plan:
        """Walk a line with nothing run."""
        rehearsal = Rehearsal(ledger, Predictor(self._observations), until=until)
        rehearsal.run(line)
        anything = any(step.state != "cached" for step in rehearsal.steps)
        work_s = finish_time(rehearsal.steps, slots=self.node.cores)
        return Plan(
            steps=tuple(rehearsal.steps),
            finish_s=work_s + START_S * anything,
            deliver=tuple(rehearsal.deliver_paths),
            deliver_bytes=rehearsal.deliver_bytes,
            shared=shared_in(rehearsal.steps, rehearsal.delivers),
        )

    def _observations(self, capability: str, limit: int) -> Sequence[tuple[float, float]]:
        return [(amount, wall) for amount, wall, _ in self.store.receipts(capability, limit)]

    def pull_missing(self, plan: Plan) -> None:
        """Fetch weights that the plan needs and the home lacks, before anything starts."""
        wanted = {name for s in plan.steps if s.state != "cached" for name in s.weights}
        missing = [name for name in sorted(wanted) if not self.weights.has(name)]
        if missing:
            self.weights.pull(missing, self.notice)
