"""Subtitles: a shot's sentence as cues at the times at which it is read, and files of such cues.

Cues are pure and light: a declaration foresees with them exactly. At most two lines of 42 Latin or
18 Han characters, as broadcasters' guides have it (BBC subtitle guidelines; Netflix timed-text
style). Files are SubRip, which has no standard (this is what players agree on), and WebVTT
(https://www.w3.org/TR/webvtt1/), both in UTF-8 with times to the millisecond.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from berg.media.type.breaks import Unbreakable, paginate, times_of
from berg.media.type.text import clusters, is_wide
from berg.media.type.words import TimedWord, cleaned

LATIN, HAN = 42, 18
"""Most characters in a line."""
_LINE = float(LATIN * HAN)
LINGER_MS = 400
"""Milliseconds for which a cue stays after its last word, if there is room."""
GAP_MS = 125
"""A gap shorter than this would flicker, so the cue stays through it. And so a sentence spoken
anew in as many frames is seen as long as before, whatever fraction of a frame it ends at."""

Portion = tuple[str, int, int]
"""Text (lines parted by a line feed), first frame, frame in which it has gone."""

SubtitleLine = tuple[str, int, int]
"""Text, first frame of the film, frame in which it has gone."""
LABEL_SECONDS = 2
"""For how long a label is seen at least, if there is room (GB 45438-2025, of films)."""


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


def with_label(
    cues: Sequence[SubtitleLine], label: str, *, end_start: int, frames: int, fps: Fraction
) -> tuple[SubtitleLine, ...]:
    """The cues of a film of `frames` frames, and one more that says how it was made.

    It lies over the end card, which begins at `end_start`, or from the last cue's end on if the
    end card is shorter than `LABEL_SECONDS`. It never overlaps another cue: where more room is at
    the start than at the end, and the end has too little, it lies there; where there is none at
    all, it is the first line of the first cue.
    """
    wanted = math.ceil(LABEL_SECONDS * fps)
    free_from = max((end for _, _, end in cues), default=0)
    free_until = min((first for _, first, _ in cues), default=0)
    start = max(free_from, min(end_start, frames - wanted))
    if frames - start >= min(wanted, max(1, free_until)):
        return (*cues, (label, start, frames))
    if free_until > 0:
        return ((label, 0, min(wanted, free_until)), *cues)
    (text, first, end), *rest = cues
    return ((f"{label}\n{text}", first, end), *rest)


def to_srt(cues: Iterable[SubtitleLine], *, fps: Fraction) -> str:
    """SubRip: numbered cues, comma before the milliseconds."""
    blocks = [
        f"{number}\n{_clock(first, fps, ',')} --> {_clock(end, fps, ',')}\n{text}\n"
        for number, (text, first, end) in enumerate(cues, 1)
    ]
    return "\n".join(blocks)


def to_vtt(cues: Iterable[SubtitleLine], *, fps: Fraction) -> str:
    """WebVTT, with `&`, `<` and `>` escaped."""
    blocks = [
        f"{_clock(first, fps, '.')} --> {_clock(end, fps, '.')}\n{_escaped(text)}\n"
        for text, first, end in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(frame: int, fps: Fraction, point: str) -> str:
    millis = round(Fraction(frame) / fps * 1000)
    seconds, millis = divmod(millis, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{millis:03}"
