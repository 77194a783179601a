"""Layouts of cards: a sentence as bold moving type on the brand's ground.

A layout places words and shapes; the words arrive as they are spoken. Add one by writing a
function `(Stage, keyword) -> list[Cut]` and naming it in `LAYOUTS`.
"""

from collections.abc import Callable

from berg.media.type.breaks import Piece, balanced, width_of
from berg.media.type.pieces import measured
from berg.media.type.safe import Box
from berg.media.type.sheet import Cut
from berg.media.type.stage import (
    Stage,
    arrive,
    fit,
    footer,
    rect,
    ring,
    shape,
    strip,
    word_cut,
    word_item,
)  # fmt: skip

Layout = Callable[[Stage, int], list[Cut]]
"""Gets the stage and the index of the word that matters most; gives pieces, back to front."""


def headline(stage: Stage, keyword: int) -> list[Cut]:
    """Large, ranged left under a short bar; the keyword in the accent."""
    room, colours = stage.room, stage.scheme
    bar = stage.share(16)
    gap = stage.share(54)
    box = Box(left=room.left, top=room.top, width=room.width, height=room.height - bar - gap)
    fitted = fit(stage, stage.words, box, largest=150 if stage.wide else 158)
    top = room.top + round((room.height - fitted.height - bar - gap) * 0.46)
    line = rect(room.left, top, stage.share(150), bar, colours.accent)
    return [
        shape(stage, line, first_ms=0, over_ms=270),
        *arrive(
            stage, fitted, stage.words, x=room.left, baseline=top + bar + gap + fitted.rise,
            fill=lambda word: colours.accent if word == keyword else colours.ink,
        ),
        *footer(stage, fill=colours.ink, mark=colours.accent),
    ]  # fmt: skip


def poster(stage: Stage, keyword: int) -> list[Cut]:
    """Every line as wide as the room; the keyword's line inverted on a block of the accent."""
    room, colours = stage.room, stage.scheme
    lines, sizes = _justified(stage)
    gap = stage.share(34)
    tall = 0.9 if stage.squares else 0.74
    heights = [size * tall for size in sizes]
    top = room.top + (room.height - sum(heights) - gap * (len(lines) - 1)) * 0.5
    cuts: list[Cut] = []
    for line, size, height in zip(lines, sizes, heights, strict=True):
        face = stage.face(size, 900)
        held = any(piece.word == keyword for piece in line)
        base = top + height - (size * 0.06 if stage.squares else 0)
        if held and len(lines) > 1:
            pad = gap * 0.62
            block = rect(
                room.left - pad, top - pad, room.width + 2 * pad, height + 2 * pad, colours.accent
            )
            cuts.append(_with_word(stage, block, line))
        ink = colours.on_accent if held and len(lines) > 1 else colours.ink
        for word in sorted({piece.word for piece in line}):
            item = word_item(stage, face, line, word, x=room.left, y=base, fill=ink)
            cuts.append(word_cut(stage, item, stage.words[word]))
        top += height + gap
    return [*cuts, *footer(stage, fill=colours.ink, mark=colours.accent)]


def split(stage: Stage, keyword: int) -> list[Cut]:
    """A panel of the accent over most of the picture; the words stand at its foot."""
    room, colours = stage.room, stage.scheme
    pad = stage.share(60)
    if stage.wide:
        panel = rect(0, 0, stage.width * 0.72, stage.height, colours.accent)
        box = Box(
            left=room.left,
            top=room.top,
            width=round(stage.width * 0.72) - room.left - pad,
            height=room.height,
        )
    else:
        foot = room.bottom - stage.share(40)
        panel = rect(0, 0, stage.width, foot, colours.accent)
        box = Box(left=room.left, top=room.top, width=room.width, height=foot - room.top - pad)
    fitted = fit(stage, stage.words, box, largest=132)
    baseline = box.bottom - fitted.height + fitted.rise - stage.share(10)
    edge = rect(
        room.left,
        baseline - fitted.rise - stage.share(46),
        stage.share(110),
        stage.share(10),
        colours.on_accent,
    )
    foot_ink = colours.on_accent if stage.wide else colours.ink
    return [
        shape(stage, panel, first_ms=0, over_ms=330),
        shape(stage, edge, first_ms=130, over_ms=270),
        *arrive(
            stage,
            fitted,
            stage.words,
            x=room.left,
            baseline=baseline,
            fill=lambda _: colours.on_accent,
        ),
        *footer(stage, fill=foot_ink, mark=foot_ink if stage.wide else colours.accent),
    ]


def giant(stage: Stage, keyword: int) -> list[Cut]:
    """The keyword as large as the picture allows, first as a ghost; the sentence small below."""
    room, colours = stage.room, stage.scheme
    word = stage.words[keyword]
    bare = word.text.strip("、。，．！？；：,.!?;:…“”\"'()（）「」")
    head = Box(left=room.left, top=room.top, width=room.width, height=round(room.height * 0.42))
    large = fit(stage, (_only(word, bare or word.text),), head, largest=340, weight=900)
    rest = Box(left=room.left, top=room.top, width=room.width, height=round(room.height * 0.5))
    small = fit(stage, stage.words, rest, largest=82 if stage.wide else 78, weight=700)
    gap = stage.share(70)
    top = room.top + (room.height - large.height - small.height - gap) * 0.45
    base = top + large.rise
    ghosts, cuts = [], []
    for row, line in enumerate(large.lines):
        y = base + row * large.leading
        ghost = word_item(stage, large.face, line, None, x=room.left, y=y, fill=colours.ink + "24")
        ghosts.append(
            Cut(box=strip(stage, y, large.face.size), items=[ghost], fade_in=stage.frames(400))
        )
        item = word_item(stage, large.face, line, None, x=room.left, y=y, fill=colours.accent)
        cuts.append(word_cut(stage, item, word))
    below = base + large.leading * (len(large.lines) - 1) + gap + small.rise
    return [
        *ghosts,
        *cuts,
        *arrive(
            stage, small, stage.words, x=room.left, baseline=below,
            fill=lambda index: colours.accent if index == keyword else colours.ink,
        ),
        *footer(stage, fill=colours.ink, mark=colours.accent),
    ]  # fmt: skip


def orbit(stage: Stage, keyword: int) -> list[Cut]:
    """A great disc of the accent rises at the edge; the words stand free beside or below it."""
    room, colours = stage.room, stage.scheme
    if stage.wide:
        disc = (stage.width * 0.86, stage.height * 0.46, stage.share(390))
        box = Box(
            left=room.left,
            top=room.top,
            width=round(disc[0] - disc[2] * 1.16) - room.left,
            height=room.height,
        )
    else:
        upright = stage.height > stage.width * 4 / 3
        disc = (
            (stage.width * 0.74, stage.height * 0.18, stage.share(400))
            if upright else (stage.width * 0.84, stage.height * 0.12, stage.share(300))
        )  # fmt: skip
        top = round(disc[1] + disc[2] + stage.share(80))
        box = Box(left=room.left, top=top, width=room.width, height=room.bottom - top)
    fitted = fit(stage, stage.words, box, largest=128)
    baseline = box.bottom - fitted.height + fitted.rise - stage.share(30)
    x, y, radius = disc
    rise = stage.share(70)
    line = max(2.0, stage.short * 0.004)
    return [
        shape(stage, ring(x, y, radius * 1.12, fill=None, line=colours.ink + "50", stroke=line), first_ms=0, over_ms=600, rise=rise // 2),
        shape(stage, ring(x, y, radius * 0.94, fill=colours.accent), first_ms=0, over_ms=600, rise=rise),
        *arrive(stage, fitted, stage.words, x=room.left, baseline=baseline,
                fill=lambda word: colours.accent if word == keyword else colours.ink),
        *footer(stage, fill=colours.ink, mark=colours.accent),
    ]  # fmt: skip


LAYOUTS: tuple[Layout, ...] = (headline, poster, split, giant, orbit)


def _only(word, text):  # type: ignore[no-untyped-def]
    return type(word)(text=text, space=False, first=word.first, end=word.end)


def _with_word(stage: Stage, block: dict, line: list[Piece]) -> Cut:  # type: ignore[type-arg]
    first = min(stage.words[piece.word].first for piece in line)
    cut = shape(stage, block, first_ms=0, over_ms=170)
    return Cut(box=cut.box, items=cut.items, first=max(0, first - 5), fade_in=cut.fade_in)


def _justified(stage: Stage) -> tuple[list[list[Piece]], list[float]]:
    room = stage.room
    pieces, space = measured(
        stage.words,
        stage.face(100.0, 900),
        setter=stage.setter,
        language=stage.language,
        widest=1e9,
    )
    tall = (0.9 if stage.squares else 0.74) * 1.0
    gap = stage.share(34)
    cap = stage.share(300)
    best: tuple[float, list[list[Piece]], list[float]] | None = None
    total = width_of(pieces, space)
    for count in range(1, min(9, len(pieces)) + 1):
        lines = balanced(pieces, space=space, widest=total / count * 1.35 + 1, most=count)
        if lines is None:
            continue
        sizes = [min(cap, 100.0 * room.width * 0.985 / width_of(line, space)) for line in lines]
        height = sum(sizes) * tall + gap * (len(lines) - 1)
        miss = abs(height / room.height - 0.72) + (10 if height > room.height else 0)
        if best is None or miss < best[0]:
            best = (miss, lines, sizes)
    if best is None or best[0] > 5:
        fitted = fit(stage, stage.words, room, largest=120, weight=900)
        return fitted.lines, [fitted.face.size] * len(fitted.lines)
    return best[1], best[2]
