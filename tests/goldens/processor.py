"""The processor's family: on another one, the same step may give other bytes."""

import platform
from pathlib import Path

_WIDE = ("avx512f", "avx2", "sve", "asimd")
"""What libraries choose their code by, widest first."""


def family() -> str:
    """Machine, maker and widest instructions, such as `x86_64 GenuineIntel avx512f`."""
    told: dict[str, str] = {}
    about = Path("/proc/cpuinfo")
    for line in about.read_text().splitlines() if about.exists() else []:
        name, _, value = line.partition(":")
        told.setdefault(name.strip(), value.strip())
    flags = told.get("flags", told.get("Features", "")).split()
    widest = next((name for name in _WIDE if name in flags), "plain")
    maker = told.get("vendor_id", told.get("CPU implementer", platform.system()))
    return f"{platform.machine()} {maker} {widest}"
