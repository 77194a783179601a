"""OpenHome: what all runs on one home work with, put together. Not here: running, and faces."""

from collections.abc import Callable, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from berg.compute.node import probe_node
from berg.compute.predict import Predictor
from berg.compute.simulate import finish_time
from berg.engine.ledger import Ledger
from berg.engine.rehearsal import Line, Rehearsal
from berg.held import held_signals
from berg.lines.kinds import Kinds, installed
from berg.plugins import LeftOut
from berg.schema.plan import Plan
from berg.service._forecast import START_S
from berg.service._shared import shared_in
from berg.store import Store
from berg.weights import Weights
from berg.weights.layers import CatalogueLayer, layer_in, layers_of

if TYPE_CHECKING:
    from berg.provenance.finish import Finisher
    from berg.provenance.keys import KeyRing


class OpenHome:
    """A home's store, weights and keys, and this machine. For any thread."""

    def __init__(self, home: Path) -> None:
        """Open a home, creating it if need be.

        Raises:
            StoreError: the home can't be read or written.
        """
        self.store = Store(home)
        self.weights = Weights(home)
        self.node = probe_node()
        layers, wrong = layers_of(home)
        self._left_out = tuple(wrong)
        self._widen(layers)

    def beside(self, brief: Path) -> "OpenHome":
        """The same, with the catalogue that lies beside a brief, if there is one."""
        layers, wrong = layer_in(brief.parent)
        if not layers and not wrong:
            return self
        wider = copy(self)
        wider._left_out = (*self._left_out, *wrong)
        wider._widen(layers)
        return wider

    def left_out(self) -> tuple[LeftOut, ...]:
        """What plugins and catalogues bring and can't be used, and why."""
        return (*self.kinds.left_out, *self._left_out)

    def _widen(self, layers: Sequence[CatalogueLayer]) -> None:
        for layer in layers:
            self.weights, wrong = self.weights.over(layer)
            self._left_out = (*self._left_out, *wrong)

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

    @property
    def log_folder(self) -> Path:
        """Where this home's log lies."""
        return self.store.home / "log"

    def finisher(self, notice: Callable[[str], None]) -> "Finisher":
        """Signs with this home's keys, into this home's log. Raises KeysError."""
        with held_signals():
            from berg.provenance.finish import Finisher  # heavy; only a make needs them
            from berg.provenance.log import Log

        log = Log(self.log_folder, key=self.keys.log_key(), origin=self.keys.log_origin())
        return Finisher(
            keys=self.keys,
            log=log,
            effects=self.store.effects,
            manifests=self.log_folder / "manifests",
            notice=notice,
        )

    def ledger(self, *, run: str | None = None) -> Ledger:
        """A fresh view of what is known; what is found counts as needed by `run`."""
        return Ledger(self.store, weight_digest=self.weights.digest, run=run)

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

    def pull_missing(self, plan: Plan, notice: Callable[[str], None]) -> None:
        """Fetch weights that the plan needs and the home lacks, before anything starts."""
        wanted = {name for s in plan.steps if s.state != "cached" for name in s.weights}
        missing = [name for name in sorted(wanted) if not self.weights.has(name)]
        if missing:
            self.weights.pull(missing, notice)

    def _observations(self, capability: str, limit: int) -> Sequence[tuple[float, float]]:
        return [(amount, wall) for amount, wall, _ in self.store.receipts(capability, limit)]
