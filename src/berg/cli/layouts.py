"""`berg layouts`: its answer."""

import argparse
import os
import sys
from typing import Any

from berg.cli.blocks import half_blocks, side_by_side
from berg.home import default_home
from berg.service.layouts import Shown, show_layouts, small_pictures

_COLUMNS = 26
_ACROSS = 3


def layouts_command(arguments: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """The document and the text."""
    shown = show_layouts(default_home(), out=arguments.out)
    pictured = not arguments.json and shows_colour(sys.stdout)
    return _document(shown), _text(shown, _pictures() if pictured else "")


def shows_colour(stream: Any) -> bool:
    """Whether a stream is a terminal that can show 24-bit colours."""
    told = os.environ.get("COLORTERM", "").lower()
    tty = bool(getattr(stream, "isatty", lambda: False)())
    return tty and told in ("truecolor", "24bit") and "NO_COLOR" not in os.environ


def _pictures() -> str:
    found = small_pictures(default_home(), width=_COLUMNS)
    blocks = [[name.ljust(_COLUMNS), *half_blocks(pixels)] for name, pixels in found]
    rows = [side_by_side(blocks[n : n + _ACROSS]) for n in range(0, len(blocks), _ACROSS)]
    return "\n\n".join(rows)


def _document(shown: Shown) -> dict[str, Any]:
    return {
        "layouts": [
            {"name": item.name, "about": item.about, "pictures": list(item.pictures)}
            for item in shown.layouts
        ],
        "page": str(shown.page) if shown.page else None,
    }


def _text(shown: Shown, pictures: str) -> str:
    wide = max(len(item.name) for item in shown.layouts)
    lines = [f"{item.name.ljust(wide)}  {item.about}" for item in shown.layouts]
    end = f"see them all: {shown.page}" if shown.page else "as pictures: berg layouts --out DIR"
    return "\n".join([*([pictures, ""] if pictures else []), *lines, "", end])
