"""The poster layout: every line as wide as the room, each at its own size."""

from collections.abc import Sequence
from dataclasses import dataclass

from berg.media.type.arrival import seen_from
from berg.media.type.breaks import Unbreakable, balanced, width_of
from berg.media.type.pieces import measured
from berg.media.type.shapes import footer, rect, shape
from berg.media.type.sheet import Cut
from berg.media.type.stage import CardStage, line_item, word_cut
from berg.media.type.text import rises_high

EM = 100.0
"""Size at which widths are measured, before lines are scaled to the room."""
_FILL = 0.74
"""Share of the room's height that the lines should come near to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _TextRow:
    pieces: list[Unbreakable]
    size: float


def poster(stage: CardStage, keyword: int) -> list[Cut]:
    """Every line as wide as the room; the keyword's line inverted on a block of the accent."""
    room, colours = stage.room, stage.scheme
    rows = _rows(stage)
    tall, gap = (0.92, 0.26) if stage.squares else (0.73, 0.30)
    held = [len(rows) > 1 and any(p.word == keyword for p in row.pieces) for row in rows]
    top = room.top + (room.height - _height(rows, tall, gap)) * 0.5
    if any(rises_high(piece.text) for piece in rows[0].pieces):
        top = max(top, room.top + rows[0].size * 0.22)
    cuts: list[Cut] = []
    for row, inverted in zip(rows, held, strict=True):
        if inverted and cuts and not stage.squares:
            top += row.size * 0.12  # commas and descenders of the line above hang down here
        base = top + row.size * (tall - (0.07 if stage.squares else 0))
        pad = row.size * (0.12 if stage.squares else 0.16)
        if inverted:
            low = row.size * (0 if stage.squares else 0.1)
            block = rect(
                room.left - pad, top - pad, room.width + 2 * pad, row.size * tall + 2 * pad + low,
                colours.accent,
            )  # fmt: skip
            cuts.append(_block(stage, block, row))
        ink = colours.on_accent if inverted else colours.ink
        cuts.extend(_words(stage, row, base, ink))
        top += row.size * (tall + gap + (0.14 if inverted else 0))
    return [*cuts, *footer(stage, fill=colours.ink, square=colours.accent)]


def _words(stage: CardStage, row: _TextRow, base: float, ink: str) -> list[Cut]:
    face = stage.face(row.size, 900)
    cuts = []
    for word in sorted({piece.word for piece in row.pieces}):
        item = line_item(stage, face, row.pieces, x=stage.room.left, y=base, fill=ink, word=word)
        cuts.append(word_cut(stage, item, stage.words[word], (0, stage.width)))
    return cuts


def _block(stage: CardStage, block: dict[str, object], row: _TextRow) -> Cut:
    shaped = shape(stage, block, over_ms=170)
    first = min(seen_from(stage.words[piece.word]) for piece in row.pieces)
    return Cut(box=shaped.box, items=shaped.items, first=max(0, first - 2), fade_in=shaped.fade_in)


def _rows(stage: CardStage) -> list[_TextRow]:
    """The number of lines whose height comes nearest to what is wanted, without going beyond."""
    room = stage.room
    face = stage.face(EM, 900)
    pieces, space = measured(
        stage.words, face, setter=stage.setter, language=stage.language, widest=EM * 12
    )
    tall = 1.18 if stage.squares else 1.03
    total = width_of(pieces, space)
    found = []
    for count in range(1, min(12, len(pieces)) + 1):
        lines = balanced(pieces, space=space, widest=total / count * 1.35 + 1, most=count)
        if lines is not None:
            sizes = _sizes(stage, lines)
            height = sum(sizes) * tall
            # Whatever is too high is made narrower as a whole.
            shrink = min(1.0, room.height * 0.96 / height)
            miss = abs(height * shrink / room.height - _FILL) + 2 * (1 - shrink)
            found.append((miss, count, [s * shrink for s in sizes], lines))
    _, _, sizes, lines = min(found, key=lambda option: option[:2])
    return [_TextRow(pieces=line, size=size) for line, size in zip(lines, sizes, strict=True)]


def _sizes(stage: CardStage, lines: Sequence[Sequence[Unbreakable]]) -> list[float]:
    texts = ["".join(p.text + " " * p.space for p in line).strip() for line in lines]
    face = stage.face(EM, 900)
    widths = stage.setter.widths(texts, face, language=stage.language)
    cap = stage.short * 0.27
    return [min(cap, EM * stage.room.width * 0.985 / max(1.0, width)) for width in widths]


def _height(rows: Sequence[_TextRow], tall: float, gap: float) -> float:
    return sum(row.size * (tall + gap) for row in rows) - rows[-1].size * gap
