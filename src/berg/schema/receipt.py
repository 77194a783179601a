"""Receipt: what a step took, and how that was measured."""

from berg.schema._base import Frozen


class Receipt(Frozen):
    """Measured by the worker that ran the step."""

    wall_s: float
    """Seconds from handing over the job to its result."""
    cpu_s: float
    """User and system seconds of the worker while the step ran."""
    peak_bytes: int
    """Highest resident memory of the worker so far."""
    amount: float
    """Work done, in `unit`s, from the actual inputs."""
    unit: str
    energy_wh: float
    """Estimate, watt-hours."""
    method: str = "tdp_estimate"
    """How energy was obtained."""
    node: str = "local"
