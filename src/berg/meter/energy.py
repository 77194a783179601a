"""Energy by estimate: processor seconds times a core's share of the thermal design power.

Machines without RAPL counters can't do better, so every receipt says `tdp_estimate`. The method
supports one significant digit; it does not count memory, disks, or the machine's idle draw.
"""

WATTS_PER_CORE = 8.0
"""Share of thermal design power of one busy core: 125 W over 16 cores, a common server part."""


def energy_wh(cpu_s: float, *, watts_per_core: float = WATTS_PER_CORE) -> float:
    """Watt-hours that `cpu_s` processor seconds took, by estimate."""
    return cpu_s * watts_per_core / 3600
