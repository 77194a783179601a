"""The raw mix: voices at their samples, music under them; levels set, peaks not yet held.

Mastering to a loudness, and encoding, come after (`berg.media.audio.master`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from berg.media.audio.curves import bridge, ducking, fade
from berg.media.audio.meter import SILENCE, measure
from berg.media.audio.music import Bed, read_music
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Block, Scratch
from berg.media.audio.watch import OnProgress, part, watched
from berg.units import SampleRange

VOICE_LUFS = -17.0
"""Where voices lie in the raw mix; the loudness of the whole is set afterwards."""
MUSIC_LUFS = VOICE_LUFS - 3.0
"""Music by itself; ducked by 10 dB it lies 13 dB under the voice."""
MAX_GAIN_DB = 30.0
"""Most that anything is amplified: what is quieter than that is noise, and stays quiet."""
EDGE = RATE // 200
"""Fade at both ends of every voice: 5 ms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedVoice:
    """A voice, and the sample of the film at which it begins."""

    path: Path
    start: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """All that is heard in a film."""

    voices: Sequence[PlacedVoice]
    music: Path | None
    length: int
    """Samples of the whole film."""
    end_card: int
    """Sample at which the end card starts."""


def mix_raw(score: Score, mix: Scratch, music: Scratch, *, progress: OnProgress) -> float:
    """Write the film's sound into `mix`; `music` is room to work in.

    Returns by how much (dB) the result may still be amplified. Raises MediaError for a sound
    that can't be read.
    """
    mix.write(score.length - 1, np.zeros((1, 2), np.float32))
    spans = []
    for number, voice in enumerate(score.voices):
        if voice.start < score.length:
            spans.append(_place(voice, mix, limit=score.length - voice.start))
        progress(0.3 * (number + 1) / len(score.voices))
    voice_gain = _gain_db(mix, VOICE_LUFS, part(progress, 0.3, 0.4)) if spans else 0.0
    if score.music is None:
        _scale(mix, voice_gain)
        return MAX_GAIN_DB - voice_gain
    read_music(score.music, music, limit=score.length, progress=part(progress, 0.4, 0.7))
    music_gain = _gain_db(music, MUSIC_LUFS, part(progress, 0.7, 0.8))
    bed = Bed(music, length=score.length, end_card=score.end_card)
    _lay(bed, mix, bridge(spans), voice_gain=voice_gain, music_gain=music_gain)
    return MAX_GAIN_DB - max(voice_gain, music_gain)


def _place(voice: PlacedVoice, mix: Scratch, *, limit: int) -> SampleRange:
    """Mix a voice in, faded at both ends. The last `EDGE` samples wait until the end is known."""
    at, held = voice.start, np.zeros((0, 2), np.float32)
    for block in stereo_blocks(voice.path, what="a voice", limit=limit):
        held = np.concatenate([held, block])
        ready, held = held[: max(len(held) - EDGE, 0)], held[max(len(held) - EDGE, 0) :]
        at = _add_faded(voice, mix, at, ready)
    size = len(held)
    return voice.start, _add_faded(voice, mix, at, held * fade(0, size, first=size, last=0))


def _add_faded(voice: PlacedVoice, mix: Scratch, at: int, block: Block) -> int:
    inside = at - voice.start
    if inside < EDGE:
        block = block * fade(inside, len(block), first=-1, last=EDGE)
    mix.add(at, block)
    return at + len(block)


def _gain_db(sound: Scratch, target: float, progress: OnProgress) -> float:
    """Gain that brings a sound to a loudness; none for silence, `MAX_GAIN_DB` at most."""
    blocks = watched(sound.blocks(), sound.samples, progress)
    loudness = measure(blocks, peak=False).integrated
    return 0.0 if loudness <= SILENCE else min(target - loudness, MAX_GAIN_DB)


def _scale(mix: Scratch, gain_db: float) -> None:
    gain = np.float32(linear(gain_db))
    for start in range(0, mix.samples, RATE):
        mix.write(start, mix.read(start, min(RATE, mix.samples - start)) * gain)


def _lay(
    bed: Bed, mix: Scratch, spans: Sequence[SampleRange], *, voice_gain: float, music_gain: float
) -> None:
    voice, music = np.float32(linear(voice_gain)), np.float32(linear(music_gain))
    for start in range(0, mix.samples, RATE):
        count = min(RATE, mix.samples - start)
        under = bed.read(start, count) * ducking(spans, start, count)
        mix.write(start, mix.read(start, count) * voice + under * music)


def linear(decibels: float) -> float:
    """dB as a factor of amplitude."""
    return math.pow(10.0, decibels / 20)
