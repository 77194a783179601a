"""Pictures in a terminal: half blocks, two pixels above each other in a character."""

from collections.abc import Sequence
from typing import Any

_RESET = "\x1b[0m"


def half_blocks(pixels: Any) -> list[str]:
    """Lines for a picture: an array (height, width, 3) of 0 to 255, its height even."""
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
