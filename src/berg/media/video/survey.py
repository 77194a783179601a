"""What a clip is about, and where in it to begin: glimpses of it, judged together.

One crop is chosen for the whole shot, so that nothing jitters. Not here: rendering the shot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import cv2
import numpy as np

from berg.errors import MediaError
from berg.media.image.framing import Framing, frame_subject
from berg.media.image.photo import Pixels
from berg.media.image.subject import subject_over_time
from berg.media.probe.opening import opened
from berg.media.video.deinterlace import TimedFrame
from berg.media.video.pixels import to_rgb
from berg.media.video.read import ClipReader, Renderer

MOST_GLIMPSES = 24
_JUDGED = 9
"""Glimpses in which the subject is looked for: a tenth of a second each."""
_SIDE = 384
"""Longest side of a glimpse, pixels."""
_ALL_FRAMES = 480
"""A clip of up to this many frames is decoded through; a longer one is looked into by seeking."""
_SHOT = Fraction(6)
"""Seconds that a shot may need after its start, where the clip is that long."""
_DARK = 22.0
"""Mean brightness (0-255) below which a picture is a fade or a black lead-in."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """One picture out of a clip."""

    time: Fraction
    """Seconds after the clip's first picture."""
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class ClipSurvey:
    """How to show a clip."""

    framing: Framing
    start: Fraction
    """Seconds after the clip's first picture."""


def survey(
    path: Path,
    *,
    upright: tuple[int, int],
    frames: int,
    duration: Fraction,
    output: tuple[int, int],
    start: Fraction | None,
) -> ClipSurvey:
    """One framing for the whole shot, and its start if none is given.

    `upright`, `frames` and `duration` are the clip's probed facts. Raises MediaError.
    """
    cv2.setNumThreads(1)
    glimpses = look_into(path, upright=upright, frames=frames, duration=duration)
    begin = choose_start(glimpses, duration) if start is None else start
    shown = [g for g in glimpses if begin <= g.time <= begin + 2 * _SHOT]
    judged = shown if len(shown) >= 3 else glimpses
    step = -(-len(judged) // _JUDGED)
    subject = subject_over_time([g.pixels for g in judged[::step]])
    return ClipSurvey(frame_subject(subject, picture=upright, output=output), begin)


def look_into(
    path: Path, *, upright: tuple[int, int], frames: int, duration: Fraction
) -> list[Glimpse]:
    """Up to `MOST_GLIMPSES` small pictures, evenly spread. Raises MediaError if there are none."""
    scale = Fraction(_SIDE, max(upright))
    size = (max(16, 2 * round(upright[0] * scale / 2)), max(16, 2 * round(upright[1] * scale / 2)))
    with opened(path) as container:
        clip = ClipReader(container)
        render = Renderer(clip.aspect, None, size, backdrop=False)
        if frames <= _ALL_FRAMES:
            step = max(1, -(-frames // MOST_GLIMPSES))
            found: Iterator[TimedFrame] = islice(clip.frames(Fraction(0)), 0, None, step)
        else:
            found = _keyframes_near(clip, duration)
        glimpses = [Glimpse(time, to_rgb(render(frame))) for time, frame in found]
    if not glimpses:
        raise MediaError(f"{path.name}: has no frame that can be decoded", where=path.name)
    return glimpses


def _keyframes_near(clip: ClipReader, duration: Fraction) -> Iterator[TimedFrame]:
    last = Fraction(-1)
    for number in range(MOST_GLIMPSES):
        found = clip.snapshot(duration * (2 * number + 1) / (2 * MOST_GLIMPSES))
        if found is not None and found[0] > last:
            last = found[0]
            yield found


def choose_start(glimpses: Sequence[Glimpse], duration: Fraction) -> Fraction:
    """Where a shot should begin: after any black lead-in, in the steadiest, clearest stretch.

    At least six seconds, or three fifths of a shorter clip, follow it. Earlier wins a tie.
    """
    room = min(_SHOT, duration * 3 / 5)
    worth = [_clarity(g.pixels) for g in glimpses]
    changes = [0.0] + [_change(a.pixels, b.pixels) for a, b in pairwise(glimpses)]
    best, start = -np.inf, Fraction(0)
    for first, glimpse in enumerate(glimpses):
        if first and glimpse.time > duration - room:
            break
        stretch = [
            i for i, g in enumerate(glimpses) if glimpse.time <= g.time <= glimpse.time + room
        ]
        score = float(np.mean([worth[i] for i in stretch]))
        score -= float(np.mean([changes[i] for i in stretch if i != first] or [0.0]))
        score -= 2.0 * (glimpse.pixels.mean() < _DARK)
        if score > best + 0.02:
            best, start = score, glimpse.time
    return start


def _clarity(picture: Pixels) -> float:
    """0 (black, empty or out of focus) to 1."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if grey.mean() < _DARK:
        return 0.0
    detail = float(cv2.Laplacian(grey, cv2.CV_64F).std())
    return min(1.0, detail / 24) * 0.6 + min(1.0, float(grey.std()) / 60) * 0.4


def _change(a: Pixels, b: Pixels) -> float:
    """How different two glimpses are, 0 to 1; a cut or a swinging camera is near 1."""
    small = [cv2.resize(p, (24, 24), interpolation=cv2.INTER_AREA).astype(float) for p in (a, b)]
    return min(1.0, float(np.abs(small[0] - small[1]).mean()) / 48)
