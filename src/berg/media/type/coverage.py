"""Which characters a font can draw: its `cmap` table, read directly.

Typst draws an empty box for a glyph that no font has and says nothing, so this is asked first.
Not here: shaping. A script may need more than its characters to be set well.
Table formats: https://learn.microsoft.com/typography/opentype/spec/cmap
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from berg.errors import MediaError
from berg.media.type.text import clean, clusters, is_pictograph

Ranges = tuple[tuple[int, ...], tuple[int, ...]]
"""First and last code points of runs that a font covers, both ascending."""

_UNICODE = {(3, 10): 0, (0, 6): 1, (0, 4): 2, (3, 1): 3, (0, 3): 4}
"""(platform, encoding) of a Unicode subtable, best first."""


class Coverage:
    """The characters that at least one of several fonts can draw."""

    def __init__(self, fonts: Sequence[Path]) -> None:
        self._fonts = tuple(_ranges(path) for path in fonts)

    def __contains__(self, char: str) -> bool:
        return any(_holds(ranges, ord(char)) for ranges in self._fonts)


@lru_cache(maxsize=8)
def coverage(fonts: tuple[Path, ...]) -> Coverage:
    """The fonts' common coverage, kept. Raises MediaError if a file isn't an OpenType font."""
    return Coverage(fonts)


def missing_glyphs(text: str, fonts: Sequence[Path]) -> str:
    """The letters, marks and digits of `text` that no font has, each once, in order.

    Empty means that the text can be set. Pictographs (emoji) without a glyph do not count: they
    are left out of what is set. Raises MediaError if a file isn't an OpenType font.
    """
    covered = coverage(tuple(fonts))
    missing: dict[str, None] = {}
    for cluster in clusters(clean(text)):
        if not is_pictograph(cluster):
            missing.update((c, None) for c in cluster if _needs_glyph(c) and c not in covered)
    return "".join(missing)


def settable(text: str, covered: Coverage) -> str:
    """`text` without pictographs that no font has and without what only told how to draw them.

    A joined sequence is kept or dropped as a whole. Other missing characters are kept: see
    `missing_glyphs`.
    """
    kept = []
    for cluster in clusters(clean(text)):
        seen = [c for c in cluster if _needs_glyph(c)]
        if not is_pictograph(cluster):
            kept.append(cluster.replace("\ufe0e", "").replace("\ufe0f", ""))
        elif all(c in covered for c in seen) and "\u200d" not in cluster:
            kept.append("".join(seen))
        elif cluster[0] in "0123456789#*":
            kept.append(cluster[0])
    return " ".join("".join(kept).split())


def _needs_glyph(char: str) -> bool:
    return unicodedata.category(char) not in ("Zs", "Cf") and char not in "\ufe0e\ufe0f"


def _holds(ranges: Ranges, code: int) -> bool:
    place = bisect_right(ranges[0], code) - 1
    return place >= 0 and code <= ranges[1][place]


@lru_cache(maxsize=16)
def _ranges(path: Path) -> Ranges:
    try:
        with path.open("rb") as file:
            return _joined(_subtable(file))
    except (struct.error, KeyError, ValueError, IndexError) as fault:
        raise MediaError(f"{path.name} is not a readable OpenType font ({fault})") from fault


def _joined(pairs: list[tuple[int, int]]) -> Ranges:
    pairs.sort()
    return tuple(first for first, _ in pairs), tuple(last for _, last in pairs)


def _take(file: BinaryIO, at: int, form: str) -> tuple[int, ...]:
    file.seek(at)
    found: tuple[int, ...] = struct.unpack(form, file.read(struct.calcsize(form)))
    return found


def _subtable(file: BinaryIO) -> list[tuple[int, int]]:
    """The runs of the best Unicode subtable of a font, or of a collection's first font."""
    start = _take(file, 12, ">I")[0] if _take(file, 0, ">4s")[0] == b"ttcf" else 0  # type: ignore[comparison-overlap]
    tables = {}
    for index in range(_take(file, start + 4, ">H")[0]):
        tag, _, offset, _ = _take(file, start + 12 + 16 * index, ">4sIII")
        tables[tag] = offset
    cmap = tables[b"cmap"]  # type: ignore[index]
    subtables = []
    for index in range(_take(file, cmap + 2, ">H")[0]):
        platform, encoding, offset = _take(file, cmap + 4 + 8 * index, ">HHI")
        if (platform, encoding) in _UNICODE:
            subtables.append((_UNICODE[platform, encoding], cmap + offset))
    at = min(subtables)[1]
    table_format = _take(file, at, ">H")[0]
    return {4: _format_4, 12: _format_12}[table_format](file, at)


def _format_12(file: BinaryIO, at: int) -> list[tuple[int, int]]:
    (count,) = _take(file, at + 12, ">I")
    groups = struct.iter_unpack(">III", file.read(12 * count))
    return [(first, last) for first, last, _ in groups]


def _format_4(file: BinaryIO, at: int) -> list[tuple[int, int]]:
    segments = _take(file, at + 6, ">H")[0] // 2
    lasts = _take(file, at + 14, f">{segments}H")
    firsts = _take(file, at + 16 + 2 * segments, f">{segments}H")
    return [pair for pair in zip(firsts, lasts, strict=True) if pair[1] != 0xFFFF]
