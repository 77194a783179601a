"""Needs: what a step takes of a machine while it runs. Leases, plans and engines count by it.

In no key: the same work on another machine gives the same result, or says that it does not
(`StepKind.reproducible`).
"""

from dataclasses import dataclass

from berg.units import MIB


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A model that stays resident in a worker. Two that differ in anything are two sessions."""

    runtime: str
    """The class that opens and keeps it: `berg.runtimes.kokoro:Kokoro`."""
    weights: tuple[str, ...] = ()
    """What it has loaded: names in the catalogue, or `sha256:…` of a file handed to the step."""
    device: str = "cpu"
    """Where it computes: `cpu`, or an accelerator."""
    options: tuple[tuple[str, str | int], ...] = ()
    """More that the runtime's `open` is told, by name."""
    memory_bytes: int = 0
    """What it holds while it does nothing."""

    @property
    def name(self) -> str:
        """The whole of it in one line, for leases and for people."""
        told = (*self.weights, *(f"{name}={value}" for name, value in self.options))
        place = "" if self.device == "cpu" else f"@{self.device}"
        return f"{self.runtime}({', '.join(told)}){place}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What one step takes, besides its session's own memory."""

    processors: int = 1
    """Cores that it keeps busy, on the whole. More than a machine has counts as all of them."""
    memory_bytes: int = 200 * MIB
    """Most that it holds at once; more than a machine has counts as all of it."""
    accelerator: str | None = None
    """`cuda`, `rocm`, `mps`, …; None for processors alone."""
    accelerator_bytes: int = 0
    """Most that it holds of the accelerator's memory."""
    session: Session | None = None
    """The model that must be resident where it runs; one step at a time uses it."""
    scratch_bytes: int = 0
    """Most that it writes aside before it has its result."""


LIGHT = Needs(memory_bytes=20 * MIB)
"""Of a step that computes on a little plain data."""
