"""How posters can look."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berg.home import default_home
from berg.schema.command import Answer, Command
from berg.streams import output

if TYPE_CHECKING:
    from berg.lines.posters.design.looks import Looks

EXAMPLES = """examples:
  berg layouts                 the six built in; in a terminal with colours also as pictures
  berg layouts --out looks/    pictures of them, and a page that shows all: looks/index.html

A layout of your own is a Typst file beside the brief: docs/layouts.md.
"""
_COLUMNS = 26
_ACROSS = 3
_RESET = "\x1b[0m"


def arguments(parser: ArgumentParser) -> None:
    """Where pictures go, if there shall be any."""
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write pictures and a page there (a new folder)"
    )


def run(given: Namespace) -> Answer:
    """List them; show or write their pictures."""
    from berg.lines.posters.design.looks import show_looks

    shown = show_looks(default_home(), out=given.out)
    pictured = not given.json and shows_colour(output())
    text = _text(shown, _pictures() if pictured else "")
    return Answer(document=_document(shown), text=text)


def shows_colour(stream: Any) -> bool:
    """Whether a stream is a terminal that can show 24-bit colours."""
    told = os.environ.get("COLORTERM", "").lower()
    tty = bool(getattr(stream, "isatty", lambda: False)())
    return tty and told in ("truecolor", "24bit") and "NO_COLOR" not in os.environ


def _pictures() -> str:
    from berg.lines.posters.design.looks import small_pictures

    found = small_pictures(default_home(), width=_COLUMNS)
    blocks = [[name.ljust(_COLUMNS), *half_blocks(pixels)] for name, pixels in found]
    rows = [side_by_side(blocks[n : n + _ACROSS]) for n in range(0, len(blocks), _ACROSS)]
    return "\n\n".join(rows)


def _document(shown: "Looks") -> dict[str, Any]:
    return {
        "layouts": [
            {"name": item.name, "about": item.about, "pictures": list(item.pictures)}
            for item in shown.layouts
        ],
        "page": str(shown.page) if shown.page else None,
    }


def _text(shown: "Looks", pictures: str) -> str:
    wide = max(len(item.name) for item in shown.layouts)
    lines = [f"{item.name.ljust(wide)}  {item.about}" for item in shown.layouts]
    end = f"see them all: {shown.page}" if shown.page else "as pictures: berg layouts --out DIR"
    return "\n".join([*([pictures, ""] if pictures else []), *lines, "", end])


def half_blocks(pixels: Any) -> list[str]:
    """A picture's lines in a terminal, a character showing two pixels above each other.

    The picture is an array (height, width, 3) of 0 to 255, its height even.
    """
    rows = pixels.tolist()
    return [
        "".join(_cell(above, below) for above, below in zip(*pair, strict=True)) + _RESET
        for pair in zip(rows[0::2], rows[1::2], strict=False)
    ]


def side_by_side(blocks: Sequence[Sequence[str]], *, gap: str = "  ") -> str:
    """Blocks of lines next to each other; the shorter end early."""
    tall = max(map(len, blocks))
    rows = ([block[n] for block in blocks if n < len(block)] for n in range(tall))
    return "\n".join(gap.join(row) for row in rows)


def _cell(above: Sequence[int], below: Sequence[int]) -> str:
    return f"\x1b[38;2;{_code(above)};48;2;{_code(below)}m▀"


def _code(colour: Sequence[int]) -> str:
    return ";".join(str(int(part)) for part in colour)


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
