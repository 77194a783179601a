"""Subtitle files from cues: SubRip and WebVTT, in UTF-8, times to the millisecond.

WebVTT: https://www.w3.org/TR/webvtt1/ . SubRip has no standard; this is what players agree on.
"""

from collections.abc import Iterable
from fractions import Fraction

Line = tuple[str, int, int]
"""Text, first frame of the film, frame in which it has gone."""


def to_srt(cues: Iterable[Line], *, fps: Fraction) -> str:
    """SubRip: numbered cues, comma before the milliseconds."""
    blocks = [
        f"{number}\n{_clock(first, fps, ',')} --> {_clock(end, fps, ',')}\n{text}\n"
        for number, (text, first, end) in enumerate(cues, 1)
    ]
    return "\n".join(blocks)


def to_vtt(cues: Iterable[Line], *, fps: Fraction) -> str:
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
