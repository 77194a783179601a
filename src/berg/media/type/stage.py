"""What the layouts of cards are made with: a stage, fitted text, and pieces that arrive.

Not here: the layouts themselves (`layouts`), the end card (`endcard`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from berg.media.type.arrival import FADE_MS, seen_from, span_of
from berg.media.type.breaks import Piece, balanced
from berg.media.type.colour import Scheme
from berg.media.type.pieces import measured
from berg.media.type.safe import Box, safe_box
from berg.media.type.setter import Face, Setter, span, text_item
from berg.media.type.sheet import Cut
from berg.media.type.text import is_wide
from berg.media.type.words import TimedWord

_EM = 100.0
"""Size at which widths are measured, before they are scaled."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One card to be laid out."""

    width: int
    height: int
    fps: Fraction
    language: str
    family: str
    scheme: Scheme
    setter: Setter
    words: tuple[TimedWord, ...]
    brand: str
    """Name in the footer; may be empty."""

    @property
    def short(self) -> int:
        """The picture's shorter side, pixels: sizes are shares of it."""
        return min(self.width, self.height)

    @property
    def wide(self) -> bool:
        """Whether the picture lies."""
        return self.width * 3 > self.height * 4

    @property
    def squares(self) -> bool:
        """Whether the words are mostly Han, kana or hangul."""
        letters = "".join(word.text for word in self.words)
        return sum(map(is_wide, letters)) * 2 > len(letters)

    @property
    def room(self) -> Box:
        """Where words may stand: the safe box with air on its left, without the footer."""
        safe = safe_box(self.width, self.height)
        air = self.share(24)
        height = safe.height - self.share(90)
        return Box(left=safe.left + air, top=safe.top, width=safe.width - air, height=height)

    def share(self, per_mille: float) -> int:
        """Pixels for a share of the shorter side."""
        return round(self.short * per_mille / 1000)

    def face(self, size: float, weight: int = 800) -> Face:
        """A face of the brand's family, set tighter the larger it is, as display type should be."""
        tight = 0.0 if self.squares else -0.022 * size if size > self.share(70) else -0.008 * size
        return Face(family=self.family, size=size, weight=weight, tracking=tight)

    def frames(self, milliseconds: int) -> int:
        """Milliseconds in frames."""
        return span_of(milliseconds, self.fps)


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Words broken into lines at the size that fits."""

    face: Face
    lines: list[list[Piece]]
    leading: float
    """Pixels from one baseline to the next."""
    rise: float
    """Pixels from the first baseline up to the tops of its letters."""

    @property
    def height(self) -> float:
        """From the first line's letter tops to the last baseline."""
        return self.rise + self.leading * (len(self.lines) - 1)


def fit(
    stage: Stage, words: Sequence[TimedWord], box: Box, *, largest: int, weight: int = 800
) -> Fitted:
    """The largest setting of `words` inside `box`; `largest` is a per-mille share."""
    size = float(stage.share(largest))
    lead, rise = (1.3, 0.88) if stage.squares else (1.1, 0.73)
    pieces, space = measured(
        words, stage.face(_EM, weight), setter=stage.setter, language=stage.language, widest=1e9
    )
    while True:
        scale = size / _EM
        most = max(1, int((box.height / size - rise) / lead) + 1)
        lines = balanced(pieces, space=space, widest=box.width / scale * 0.985, most=most)
        if lines is not None:
            break
        size *= 0.95
        if size < stage.share(46) and any(p.width * scale > box.width for p in pieces):
            pieces, space = measured(
                words, stage.face(_EM, weight), setter=stage.setter, language=stage.language,
                widest=box.width / scale * 0.95,
            )  # fmt: skip
    return Fitted(face=stage.face(size, weight), lines=lines, leading=size * lead, rise=size * rise)


def arrive(
    stage: Stage,
    fitted: Fitted,
    words: Sequence[TimedWord],
    *,
    x: float,
    baseline: float,
    fill: Callable[[int], str],
    align: str = "left",
) -> list[Cut]:
    """A piece for each word, seen from when it is spoken. `fill` gives a word's colour."""
    cuts = []
    for row, line in enumerate(fitted.lines):
        y = baseline + row * fitted.leading
        for word in sorted({piece.word for piece in line}):
            item = word_item(stage, fitted.face, line, word, x=x, y=y, fill=fill(word), align=align)
            cuts.append(word_cut(stage, item, words[word]))
    return cuts


def word_item(
    stage: Stage,
    face: Face,
    line: Sequence[Piece],
    word: int | None,
    *,
    x: float,
    y: float,
    fill: str,
    align: str = "left",
) -> dict[str, Any]:
    """A line in which one word (or, with None, each) is seen and the others keep their places."""
    spans = []
    for place, piece in enumerate(line):
        spans.append(span(piece.text, fill if word in (None, piece.word) else None))
        if piece.space and place + 1 < len(line):
            spans.append(span(" ", None))
    return text_item(face, spans, x=x, y=y, language=stage.language, align=align)


def word_cut(stage: Stage, item: Mapping[str, Any], word: TimedWord) -> Cut:
    """A word's piece, at its time."""
    return Cut(
        box=strip(stage, item["y"], item["size"]),
        items=[item],
        first=seen_from(word),
        fade_in=stage.frames(FADE_MS),
        rise=stage.share(22),
    )


def strip(stage: Stage, baseline: float, size: float) -> Box:
    """The picture's full width around a line of type."""
    top = round(baseline - size * 1.3)
    return Box(left=0, top=top, width=stage.width, height=round(size * 1.85))


def shape(
    stage: Stage, item: Mapping[str, Any], *, first_ms: int, over_ms: int, rise: int = 0
) -> Cut:
    """A piece for a rectangle or ring, cut off at the picture's edges."""
    margin = 2
    side = item.get("radius", 0) * 2 if item["kind"] == "ring" else 0
    box = Box(
        left=int(item["x"]) - margin,
        top=int(item["y"]) - margin,
        width=int(side or item["width"]) + 2 * margin + 1,
        height=int(side or item["height"]) + 2 * margin + 1,
    )
    first = stage.frames(first_ms) if first_ms else 0
    return Cut(box=box, items=[item], first=first, fade_in=stage.frames(over_ms), rise=rise)


def rect(
    x: float, y: float, width: float, height: float, fill: str, radius: float = 0
) -> dict[str, Any]:
    """A filled rectangle."""
    return {
        "kind": "rect", "x": x, "y": y, "width": width, "height": height, "radius": radius,
        "fill": fill,
    }  # fmt: skip


def ring(
    x: float, y: float, radius: float, *, fill: str | None, line: str = "", stroke: float = 0
) -> dict[str, Any]:
    """A circle by its centre; filled, drawn as a line of `stroke` pixels, or both."""
    return {
        "kind": "ring", "x": x - radius, "y": y - radius, "radius": radius, "fill": fill,
        "line": line, "stroke": stroke,
    }  # fmt: skip


def footer(stage: Stage, *, fill: str, mark: str) -> list[Cut]:
    """The brand's name, small, at the foot of the safe box, after a square in its accent."""
    if not stage.brand:
        return []
    safe = safe_box(stage.width, stage.height)
    size = stage.share(34)
    left, y = stage.room.left, safe.bottom - round(size * 0.3)
    dot = round(size * 0.62)
    face = Face(family=stage.family, size=size, weight=600)
    room = stage.room.width - dot * 2
    wide = stage.setter.widths([stage.brand], face, language=stage.language)[0]
    if wide > room:
        face = Face(family=stage.family, size=size * room / wide, weight=600)
    item = text_item(
        face, [span(stage.brand, fill)], x=left + dot * 1.8, y=y, language=stage.language
    )
    box = strip(stage, y, size)
    items = [rect(left, y - dot - size * 0.05, dot, dot, mark), item]
    return [Cut(box=box, items=items, fade_in=stage.frames(300))]
