"""Subtitle files from cues: SubRip and WebVTT, in UTF-8, times to the millisecond.

WebVTT: https://www.w3.org/TR/webvtt1/ . SubRip has no standard; this is what players agree on.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

SubtitleLine = tuple[str, int, int]
"""Text, first frame of the film, frame in which it has gone."""


LABEL_SECONDS = 2
"""For how long a label is seen at least, if there is room (GB 45438-2025, of films)."""


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
