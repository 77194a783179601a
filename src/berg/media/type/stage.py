"""What the layouts of cards are made with: a stage, fitted text, and pieces that arrive.

Not here: the layouts themselves (`layouts`), the end card (`endcard`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from berg.media.type.arrival import FADE_MS, seen_from, span_of
from berg.media.type.breaks import Unbreakable, balanced, reach
from berg.media.type.colour import ColourScheme
from berg.media.type.pieces import measured
from berg.media.type.safe import Box, cleared, safe_box
from berg.media.type.setter import Setter, Typeface, span, text_item
from berg.media.type.sheet import Cut
from berg.media.type.text import is_wide, rises_high
from berg.media.type.words import TimedWord
from berg.schema.layer import ALL_FREE, Clear

WIDE_STOPS = "、。，．！？；：…"
"""Punctuation that is set on a full square, with a blank half."""


@dataclass(frozen=True, kw_only=True)
class CardStage:
    """One card to be laid out."""

    width: int
    height: int
    fps: Fraction
    language: str
    family: str
    scheme: ColourScheme
    setter: Setter
    words: tuple[TimedWord, ...]
    brand: str
    """Name in the footer; may be empty."""
    clear: Clear = ALL_FREE
    """Bands of the safe box that a label takes."""

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
    def safe(self) -> Box:
        """The safe box; upright a little deeper than captions go, down to where platforms write."""
        box = safe_box(self.width, self.height)
        upright = self.height * 3 > self.width * 4 and not self.clear.bottom
        more = round(self.height * 0.04) if upright else 0
        return cleared(replace(box, height=box.height + more), self.clear)

    @property
    def room(self) -> Box:
        """Where words may stand: the safe box with air on its left, without the footer."""
        safe = self.safe
        air = self.share(24)
        height = safe.height - self.share(116)
        return Box(left=safe.left + air, top=safe.top, width=safe.width - air, height=height)

    def share(self, per_mille: float) -> int:
        """Pixels for a share of the shorter side."""
        return round(self.short * per_mille / 1000)

    def face(self, size: float, weight: int = 800) -> Typeface:
        """A face of the brand's family, heavy weights tight, as display type should be."""
        tight = 0.0 if self.squares else (-0.022 if weight >= 800 else -0.01) * size
        return Typeface(family=self.family, size=size, weight=weight, tracking=tight)

    def frames(self, milliseconds: int) -> int:
        """Milliseconds in frames."""
        return span_of(milliseconds, self.fps)


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Words broken into lines at the size that fits."""

    face: Typeface
    lines: list[list[Unbreakable]]
    space: float
    """Width of a blank, pixels."""
    leading: float
    """Pixels from one baseline to the next."""
    rise: float
    """Pixels from the first baseline up to the tops of its letters."""

    @property
    def height(self) -> float:
        """From the first line's letter tops to the last baseline."""
        return self.rise + self.leading * (len(self.lines) - 1)


def fit(
    stage: CardStage, words: Sequence[TimedWord], box: Box, *, largest: int, weight: int = 800
) -> Fitted:
    """The largest setting of `words` inside `box`; `largest` is a per-mille share."""
    size = float(stage.share(largest))
    lead, rise = (1.3, 0.88) if stage.squares else (1.1, 0.73)
    if any(rises_high(word.text) for word in words):
        rise = 0.95
    while True:
        face = stage.face(size, weight)
        # Measured anew at each size: fonts with an optical axis are wider when small.
        whole = box.width if size < stage.share(46) else math.inf
        pieces, space = measured(
            words, face, setter=stage.setter, language=stage.language, widest=whole
        )
        most = max(1, int((box.height / size - rise) / lead) + 1)
        lines = balanced(pieces, space=space, widest=box.width, most=most)
        if lines is not None:
            break
        size *= 0.95
    return Fitted(face=face, lines=lines, space=space, leading=size * lead, rise=size * rise)


def arrive(
    stage: CardStage,
    fitted: Fitted,
    words: Sequence[TimedWord],
    *,
    x: float,
    baseline: float,
    keyword: int | None = None,
    fill: str | None = None,
) -> list[Cut]:
    """A piece for each word, ranged left at `x`, seen from when it is spoken.

    The keyword is set off: in the accent, or, where that is the ink's colour, inverted.
    """
    colours = stage.scheme
    cuts = []
    for row, line in enumerate(fitted.lines):
        y = baseline + row * fitted.leading
        for word in sorted({piece.word for piece in line}):
            ink, pill = fill or colours.ink, None
            if word == keyword:
                ink, pill = (
                    (colours.on_accent, colours.accent) if colours.plain else (colours.accent, None)
                )
            item = line_item(stage, fitted.face, line, x=x, y=y, fill=ink, word=word, pill=pill)
            cuts.append(word_cut(stage, item, words[word], _spread(fitted, line, word, x)))
    return cuts


def line_item(
    stage: CardStage,
    face: Typeface,
    line: Sequence[Unbreakable],
    *,
    x: float,
    y: float,
    fill: str,
    word: int | None = None,
    pill: str | None = None,
    align: str = "left",
) -> dict[str, Any]:
    """A line in which one word (or, with None, each) is seen and the others keep their places."""
    spans = []
    for place, piece in enumerate(line):
        seen = word in (None, piece.word)
        core = piece.text.rstrip(WIDE_STOPS) or piece.text
        if pill and seen:
            # Full-width punctuation would pad the block with a blank half.
            near = 0.03 if is_wide(core[-1]) else 0.1
            spans.append(span(core, fill, pill=pill, reach=near))
            spans.append(span(piece.text[len(core) :], pill))
        else:
            spans.append(span(piece.text, fill if seen else None))
        if piece.space and place + 1 < len(line):
            spans.append(span(" ", None))
    return text_item(face, spans, x=x, y=y, language=stage.language, align=align)


def word_cut(
    stage: CardStage, item: Mapping[str, Any], word: TimedWord, spread: tuple[float, float]
) -> Cut:
    """A word's piece, at its time; `spread` is from where to where it reaches in the picture."""
    row = strip(stage, item["y"], item["size"])
    left, right = round(spread[0]), round(spread[1])
    return Cut(
        box=Box(left=left, top=row.top, width=right - left, height=row.height),
        items=[item],
        first=seen_from(word),
        fade_in=stage.frames(FADE_MS),
        rise=stage.share(22),
    )


def strip(stage: CardStage, baseline: float, size: float) -> Box:
    """The picture's full width around a line of type."""
    top = round(baseline - size * 1.3)
    return Box(left=0, top=top, width=stage.width, height=round(size * 1.85))


def _spread(
    fitted: Fitted, line: Sequence[Unbreakable], word: int, x: float
) -> tuple[float, float]:
    margin = fitted.face.size * 0.5
    left, right = reach(line, word, fitted.space)
    return x + left - margin, x + right + margin
