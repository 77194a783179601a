"""Layouts of cards: a sentence as bold moving type on the brand's ground.

A layout places words and shapes; the words arrive as they are spoken. Add one by writing a
function `(Stage, keyword) -> list[Cut]` and naming it in `LAYOUTS`.
"""

from collections.abc import Callable
from dataclasses import replace

from berg.media.type.poster import poster
from berg.media.type.safe import Box
from berg.media.type.shapes import footer, rect, ring, shape
from berg.media.type.sheet import Cut
from berg.media.type.stage import CardStage, arrive, fit, line_item, strip, word_cut

CardLayout = Callable[[CardStage, int], list[Cut]]
"""Gets the stage and the index of the word that matters most; gives pieces, back to front."""
_PUNCTUATION = "、。，．！？；：,.!?;:…“”\"'()（）「」《》"


def headline(stage: CardStage, keyword: int) -> list[Cut]:
    """Large, ranged left under a short bar; the keyword set off."""
    room, accent = stage.room, stage.scheme.accent
    bar, gap = stage.share(16), stage.share(54)
    box = replace(room, height=room.height - bar - gap)
    fitted = fit(stage, stage.words, box, largest=128 if stage.wide else 146)
    top = room.top + (box.height - fitted.height) * 0.46
    line = rect(room.left, top, stage.share(150), bar, accent)
    base = top + bar + gap + fitted.rise
    return [
        shape(stage, line, over_ms=270),
        *arrive(stage, fitted, stage.words, x=room.left, baseline=base, keyword=keyword),
        *footer(stage, fill=stage.scheme.ink, square=accent),
    ]


def split(stage: CardStage, keyword: int) -> list[Cut]:
    """A panel of the accent over most of the picture; the words stand at its foot."""
    room, colours = stage.room, stage.scheme
    pad, bar = stage.share(64), stage.share(70)
    width = round(stage.width * 0.72) if stage.wide else stage.width
    foot = stage.height if stage.wide else room.bottom - stage.share(36)
    lowest = room.bottom - stage.share(16) if stage.wide else foot - pad
    box = Box(
        left=room.left,
        top=room.top + bar,
        width=min(room.right, width - pad) - room.left,
        height=lowest - room.top - bar,
    )
    fitted = fit(stage, stage.words, box, largest=128)
    base = box.bottom - fitted.height + fitted.rise
    line = rect(room.left, base - fitted.rise - bar * 0.75, bar * 1.6, bar / 7, colours.on_accent)
    ink = colours.on_accent
    name, square = (ink, ink) if stage.wide else (colours.ink, colours.accent)
    return [
        shape(stage, rect(0, 0, width, foot, colours.accent), over_ms=330),
        shape(stage, line, first_ms=130, over_ms=270),
        *arrive(stage, fitted, stage.words, x=room.left, baseline=base, fill=ink),
        *footer(stage, fill=name, square=square),
    ]


def giant(stage: CardStage, keyword: int) -> list[Cut]:
    """The keyword as large as the picture allows, first as a ghost; the sentence small below."""
    room, colours = stage.room, stage.scheme
    word = stage.words[keyword]
    alone = replace(word, text=word.text.strip(_PUNCTUATION) or word.text, space=False)
    large = fit(
        stage, (alone,), replace(room, height=round(room.height * 0.42)), largest=340, weight=900
    )
    below = large.face.size * (0.12 if stage.squares else 0.18) + stage.share(56)
    left = min(room.height // 2, round(room.height - large.height - below))
    small = fit(stage, stage.words, replace(room, height=left), largest=80, weight=700)
    top = room.top + (room.height - large.height - small.height - below) * 0.46
    base = top + large.rise
    ghosts, cuts = [], []
    for row, line in enumerate(large.lines):
        y = base + row * large.leading
        box = strip(stage, y, large.face.size)
        ghost = line_item(stage, large.face, line, x=room.left, y=y, fill=colours.ink + "24")
        ghosts.append(Cut(box=box, items=[ghost], fade_in=stage.frames(400)))
        item = line_item(stage, large.face, line, x=room.left, y=y, fill=colours.accent)
        cuts.append(word_cut(stage, item, word, (0, stage.width)))
    base += large.leading * (len(large.lines) - 1) + below + small.rise
    return [
        *ghosts,
        *cuts,
        *arrive(stage, small, stage.words, x=room.left, baseline=base, keyword=keyword),
        *footer(stage, fill=colours.ink, square=colours.accent),
    ]


def orbit(stage: CardStage, keyword: int) -> list[Cut]:
    """A great disc of the accent rises at the edge; the words stand free beside or below it."""
    room, colours = stage.room, stage.scheme
    x, y, radius = _disc(stage)
    if stage.wide:
        box = replace(room, width=round(x - radius * 1.2) - room.left)
    else:
        top = max(room.top, round(y + radius * 1.12 + stage.share(44)))
        box = replace(room, top=top, height=room.bottom - top)
    fitted = fit(stage, stage.words, box, largest=124)
    free = box.height - fitted.height
    base = box.top + free * (0.5 if stage.wide else 0.8) + fitted.rise
    line = max(2.0, stage.short * 0.004)
    rise = stage.share(70)
    halo = ring(x, y, radius * 1.12, fill=None, line=colours.ink + "50", stroke=line)
    disc = ring(x, y, radius * 0.94, fill=colours.accent)
    return [
        shape(stage, halo, over_ms=600, rise=rise // 2),
        shape(stage, disc, over_ms=600, rise=rise),
        *arrive(stage, fitted, stage.words, x=room.left, baseline=base, keyword=keyword),
        *footer(stage, fill=colours.ink, square=colours.accent),
    ]


def _disc(stage: CardStage) -> tuple[float, float, int]:
    """Centre and radius."""
    if stage.wide:
        return stage.width * 0.86, stage.height * 0.46, stage.share(360)
    if stage.height * 3 > stage.width * 4:
        return stage.width * 0.72, stage.height * 0.19, stage.share(400)
    return stage.width * 0.84, stage.height * 0.10, stage.share(270)


LAYOUTS: tuple[CardLayout, ...] = (headline, poster, split, giant, orbit)
