"""What lines are called, without importing one: for help, which has no time for imports."""

import os
import sys

FIRST = ("short", "posters")
"""Listed before all others, as the docs tell of them."""
_HEADING = "[berg.lines]"


def folder_names() -> tuple[str, ...]:
    """Those of this folder, in the order in which lines are listed."""
    here = os.path.dirname(__file__)
    names = sorted(n for n in os.listdir(here) if os.path.isfile(f"{here}/{n}/kind.py"))
    first = [name for name in FIRST if name in names]
    return (*first, *(name for name in names if name not in FIRST))


def all_names() -> tuple[str, ...]:
    """Those of this folder, then those that installed plugins say they bring: good enough for a
    list (`berg.lines.kinds` has what can really be used)."""
    plugins = {name for folder in sys.path for name in _names_below(folder or ".")}
    return tuple(dict.fromkeys((*folder_names(), *sorted(plugins))))


def _names_below(folder: str) -> list[str]:
    found: list[str] = []
    try:
        infos = [one for one in os.listdir(folder) if one.endswith(".dist-info")]
    except OSError:
        return found
    for one in infos:
        try:
            with open(os.path.join(folder, one, "entry_points.txt"), encoding="utf-8") as file:
                lines = file.read().partition(_HEADING)[2].split("\n[")[0].splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        found += [line.partition("=")[0].strip() for line in lines if "=" in line]
    return found
