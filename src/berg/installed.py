"""What installed distributions say that they bring, read in a millisecond and without imports.

Good enough for help, which has no time for `importlib.metadata`; `berg.plugins` loads entry points.
"""

import os
import sys


def entry_points_of(group: str) -> dict[str, str]:
    """The names of a group's entry points, each with its `module:object`, by the alphabet."""
    found: dict[str, str] = {}
    for folder in sys.path:
        for text in _texts_below(folder or "."):
            lines = text.partition(f"[{group}]")[2].split("\n[")[0].splitlines()
            for name, equals, target in (line.partition("=") for line in lines):
                if equals:
                    found.setdefault(name.strip(), target.strip())
    return dict(sorted(found.items()))


def _texts_below(folder: str) -> list[str]:
    """The `entry_points.txt` of the distributions in a folder; those that can't be read, not."""
    texts: list[str] = []
    try:
        infos = [one for one in os.listdir(folder) if one.endswith(".dist-info")]
    except OSError:
        return texts
    for one in infos:
        try:
            with open(os.path.join(folder, one, "entry_points.txt"), encoding="utf-8") as file:
                texts.append(file.read())
        except (OSError, UnicodeDecodeError):
            continue
    return texts
