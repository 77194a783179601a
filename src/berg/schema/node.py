"""Node: what a machine can do."""

from berg.schema._base import Frozen


class Node(Frozen):
    """One machine, as probed."""

    name: str = "local"
    cpu: str
    """Processor, as it names itself."""
    cores: int
    """Cores that this process may use."""
    memory_bytes: int
    """Memory that steps may use: the machine's, or the container's if that is less."""
