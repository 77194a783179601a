"""The audible label: what is heard before a sound that stands alone, to say that it is generated.

GB 45438-2025, 4.3, allows either: words spoken at normal speed, or the rhythm short-long,
short-short, which is Morse code (ITU-R M.1677-1) for "AI". Both stand at the start, as loud as the
sound that follows a short pause later. Not here: what is said, and who says it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from berg.errors import MediaError
from berg.media.audio.curves import ease
from berg.media.audio.film import Filter, pass_through
from berg.media.audio.master import master
from berg.media.audio.meter import SILENCE, Level, measure
from berg.media.audio.mixing import EDGE, MAX_GAIN_DB, VOICE_LUFS, linear
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Block, Scratch
from berg.media.audio.watch import OnProgress, part, rising, watched

PAUSE = RATE // 2
"""Silence between the label and the sound: 0.5 s."""
LONGEST_LABEL_S, LONGEST_S = 20, 6 * 3600
"""More than these is no label, or more than is labelled at once."""
UNIT = RATE // 8
"""A short tone, and the gap between tones: 125 ms. A long tone is three, as the gap between
letters is."""
TONE_HZ = 660.0
"""High enough for a telephone's loudspeaker, low enough not to hurt."""
_MORSE = (".-", "..")
_LOUDEST_TONE = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """A labelled sound."""

    samples: int
    """Length of the whole in samples, at 48 kHz."""
    start: int
    """Sample at which the sound itself begins."""
    level: Level
    """What the file decodes to."""


def announce(
    sound: Path,
    out: Path,
    *,
    label: Path | None,
    scratch: Path,
    progress: OnProgress,
    mark: Filter | None = None,
) -> Announced:
    """Put a spoken label (or, without one, the rhythm) before `sound`; AAC in MP4 at `out`.

    Mastered as a mix is: -14 ± 0.5 LUFS and at most -1 dBTP as it decodes. Needs room in the
    folder `scratch` (which is left as it was): 0.8 MB for each second. Raises MediaError for a
    sound that can't be read or is too long. The whole passes through `mark`, the label too: a
    short sound alone would leave its finder too little.
    """
    paths = [scratch / name for name in ("said.f32", "mix.f32", "peaks.f32")]
    tell = rising(progress)
    try:
        with (
            Scratch(paths[0]) as said,
            Scratch(paths[1]) as mix,
            Scratch(paths[2], channels=1) as peaks,
        ):
            _say(label, said)
            mix.write(said.samples + PAUSE - 1, np.zeros((1, 2), np.float32))
            start = mix.samples
            _copy(sound, mix, most_s=LONGEST_S, what="the sound")
            gain = _label_gain(said, mix, start, progress=part(tell, 0.1, 0.2))
            _lay(said, mix, gain)
            if mark is not None:
                pass_through(mix, mark)
            told = part(tell, 0.2, 1.0)
            level = master(mix, peaks, out, headroom=MAX_GAIN_DB, progress=told)
            tell(1.0)
            return Announced(samples=mix.samples, start=start, level=level)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def rhythm() -> Block:
    """Short-long, short-short: a tone's samples at 48 kHz, (n, 2)."""
    letters = [[_tone(3 if sign == "-" else 1) for sign in letter] for letter in _MORSE]
    words = [_joined(tones, gap=1) for tones in letters]
    mono = _joined(words, gap=3)
    return np.repeat(mono[:, None], 2, axis=1)


def _tone(units: int) -> Block:
    at = np.arange(units * UNIT)
    edges = np.minimum(at + 1, units * UNIT - at) / EDGE
    tone: Block = (np.sin(2 * np.pi * TONE_HZ / RATE * at) * ease(edges)).astype(np.float32)
    return tone * np.float32(_LOUDEST_TONE)


def _joined(sounds: list[Block], *, gap: int) -> Block:
    silence = np.zeros(gap * UNIT, np.float32)
    pieces = [piece for sound in sounds for piece in (silence, sound)]
    return np.concatenate(pieces[1:])


def _say(label: Path | None, said: Scratch) -> None:
    if label is None:
        said.append(rhythm())
    else:
        _copy(label, said, most_s=LONGEST_LABEL_S, what="the spoken label")


def _copy(path: Path, into: Scratch, *, most_s: int, what: str) -> None:
    """Append a file's sound. Raises MediaError for one that is longer than it may be."""
    most = most_s * RATE
    first = into.samples
    for block in stereo_blocks(path, what=what, limit=most + 1):
        into.append(block)
    if into.samples - first > most:
        raise MediaError(f"{what} is longer than {most_s} seconds; give a shorter one", where=what)


def _label_gain(said: Scratch, mix: Scratch, start: int, *, progress: OnProgress) -> float:
    """Gain (dB) that makes the label as loud as the sound, or as a voice is before silence."""
    here = measure(said.blocks(), peak=False).integrated
    if here <= SILENCE:
        raise MediaError("the spoken label is silent; give one that can be heard")
    sound = (mix.read(at, min(RATE, mix.samples - at)) for at in range(start, mix.samples, RATE))
    there = measure(watched(sound, mix.samples - start, progress), peak=False).integrated
    wanted = VOICE_LUFS if there <= SILENCE else there
    return min(wanted - here, MAX_GAIN_DB)


def _lay(said: Scratch, mix: Scratch, gain: float) -> None:
    factor = np.float32(linear(gain))
    for at in range(0, said.samples, RATE):
        mix.write(at, said.read(at, min(RATE, said.samples - at)) * factor)
