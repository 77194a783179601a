"""Cues of a shot: the sentence in the portions and at the times at which it is read.

Pure and light: a declaration foresees with it exactly. At most two lines of 42 Latin or 18 Han
characters, as broadcasters' guides have it (BBC subtitle guidelines; Netflix timed-text style).
"""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.breaks import Unbreakable, paginate, times_of
from berg.media.type.text import clusters, is_wide
from berg.media.type.words import TimedWord, cleaned

LATIN, HAN = 42, 18
"""Characters to a line."""
_LINE = float(LATIN * HAN)
LINGER_MS = 400
"""Milliseconds for which a cue stays after its last word, if there is room."""
GAP_MS = 125
"""A gap shorter than this would flicker, so the cue stays through it. And so a sentence spoken
anew in as many frames is seen as long as before, whatever fraction of a frame it ends at."""

Portion = tuple[str, int, int]
"""Text (lines parted by a line feed), first frame, frame in which it has gone."""


def portions(words: Sequence[TimedWord], *, frames: int, fps: Fraction) -> tuple[Portion, ...]:
    """The cues of a shot of `frames` frames; none overlaps, all lie inside the shot."""
    seen = cleaned(tuple(words))
    pieces = [part for index, word in enumerate(seen) for part in _pieces(word, index)]
    if not pieces:
        return ()
    times = times_of(pieces, seen)
    pages = paginate(
        pieces,
        space=float(HAN),
        widest=_LINE,
        most=2,
        lasts=[end for _, end in times],
        shortest=round(fps),
    )
    linger, gap = round(fps * LINGER_MS / 1000), round(fps * GAP_MS / 1000)
    place, made = 0, []
    for page in pages:
        first = times[place][0]
        place += sum(map(len, page))
        following = min(frames, times[place][0] if place < len(times) else frames)
        end = times[place - 1][1] + linger
        end = following if following - end < gap else end
        if end > first:
            made.append(("\n".join(_joined(line) for line in page), first, end))
    return tuple(made)


def _pieces(word: TimedWord, index: int) -> list[Unbreakable]:
    parts, part, width = [], "", 0.0
    for cluster in clusters(word.text):
        wide = float(LATIN if is_wide(cluster[0]) else HAN)
        if width + wide > _LINE:
            parts.append(Unbreakable(text=part, space=False, width=width, word=index))
            part, width = "", 0.0
        part, width = part + cluster, width + wide
    return [*parts, Unbreakable(text=part, space=word.space, width=width, word=index)]


def _joined(line: Sequence[Unbreakable]) -> str:
    return "".join(p.text + (" " if p.space else "") for p in line).strip()
