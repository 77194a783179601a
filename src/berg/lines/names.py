"""What lines are called, without importing one: for help, which has no time for imports."""

import os

from berg.installed import entry_points_of

FIRST = ("short", "posters")
"""Listed before all others, as the docs tell of them."""


def folder_names() -> tuple[str, ...]:
    """Those of this folder, in the order in which lines are listed."""
    here = os.path.dirname(__file__)
    names = sorted(n for n in os.listdir(here) if os.path.isfile(f"{here}/{n}/kind.py"))
    first = [name for name in FIRST if name in names]
    return (*first, *(name for name in names if name not in FIRST))


def command_folders() -> list[tuple[str, str]]:
    """Lines of this folder that add commands to `berg`, each with the folder of these."""
    here = os.path.dirname(__file__)
    folders = [(name, f"{here}/{name}/commands") for name in folder_names()]
    return [(name, folder) for name, folder in folders if os.path.isdir(folder)]


def all_names() -> tuple[str, ...]:
    """Those of this folder, then those that installed plugins say they bring: good enough for a
    list (`berg.lines.kinds` has what can really be used)."""
    return tuple(dict.fromkeys((*folder_names(), *entry_points_of("berg.lines"))))
