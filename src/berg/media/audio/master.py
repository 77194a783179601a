"""Mastering: a raw mix made into AAC of a set loudness, judged by what it decodes to.

An encoder moves peaks, and a limiter takes loudness, neither by an amount that can be known
beforehand. So gain is found by measuring the limited sound, the file is decoded and measured, and
gain and ceiling are corrected if it is out of bounds: a few rounds, the same for the same sound.

The file is AAC-LC in MP4, 48 kHz stereo, by FFmpeg's own encoder. Its 1,024 samples of priming are
declared in an edit list, so that players start at the first real sample. The file holds no date
and no encoder's name: same samples, same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from berg.media.audio.limiter import cell_peaks, limited
from berg.media.audio.meter import SILENCE, Level, measure
from berg.media.audio.mixing import linear
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Block, Scratch
from berg.media.audio.watch import OnProgress, part, watched

TARGET_LUFS = -14.0
TOLERANCE_LU = 0.25
"""Allowed is 0.5; half of it is left to other people's meters."""
PEAK_DBTP = -1.0
CEILING_DBTP = -1.8
"""The limiter's ceiling in the first round: AAC at 192 kb/s adds up to 0.7 dB to a peak."""
_PEAK_MARGIN = 0.05
_CLOSE_LU = 0.05
_MORE_DB = 12.0
"""Most that gain makes up for what the limiter takes; past that it would be distortion."""
_TRIES, _ROUNDS = 5, 4

BIT_RATE = 192_000
"""Bits per second. At such rates FFmpeg's `fast` coder is its better one (and half the time)."""


@dataclass(kw_only=True, slots=True)
class _Setting:
    """What a round is made with."""

    gain: float
    """dB."""
    ceiling: float
    """dBTP."""


def master(
    mix: Scratch, peaks: Scratch, out: Path, *, headroom: float, progress: OnProgress
) -> Level:
    """Write `mix` as AAC at `out`; returns what it decodes to. `peaks` is room to work in.

    Its true peak is at most -1 dBTP, and its loudness -14 ± 0.5 LUFS, unless that would take more
    than `headroom` dB of gain or more limiting than music bears: then it stays quieter.
    """
    cell_peaks(mix, peaks, progress=part(progress, 0.0, 0.1))
    loudness = measure(mix.blocks(), peak=False).integrated
    silent = loudness <= SILENCE
    most = 0.0 if silent else min(headroom, TARGET_LUFS - loudness + _MORE_DB)
    start = 0.0 if silent else min(TARGET_LUFS - loudness, most)
    setting = _Setting(gain=start, ceiling=CEILING_DBTP)
    aim = TARGET_LUFS
    for _ in range(_ROUNDS):
        _settle(mix, peaks, setting, aim=aim, most=most, progress=part(progress, 0.1, 0.3))
        sound = _sound(mix, peaks, setting)
        write_aac(out, watched(sound, mix.samples, part(progress, 0.3, 0.8)))
        decoded = stereo_blocks(out, what="the mix", limit=mix.samples)
        level = measure(watched(decoded, mix.samples, part(progress, 0.8, 1.0)))
        off = TARGET_LUFS - level.integrated
        over = level.true_peak - PEAK_DBTP
        quiet_for_a_reason = off > 0 and setting.gain >= most
        if over <= 0 and (abs(off) <= TOLERANCE_LU or quiet_for_a_reason):
            break
        setting.ceiling -= over + _PEAK_MARGIN if over > 0 else 0.0
        aim += off
    return level


def _settle(
    mix: Scratch,
    peaks: Scratch,
    setting: _Setting,
    *,
    aim: float,
    most: float,
    progress: OnProgress,
) -> None:
    """Find the gain at which the limited sound has the loudness `aim`, by secants."""
    last: tuple[float, float] | None = None
    for _ in range(_TRIES):
        sound = watched(_sound(mix, peaks, setting), mix.samples, progress)
        got = measure(sound, peak=False).integrated
        if abs(aim - got) <= _CLOSE_LU or got <= SILENCE:
            return
        slope = 1.0
        if last is not None and setting.gain != last[0]:
            slope = (got - last[1]) / (setting.gain - last[0])
        last = (setting.gain, got)
        wanted = setting.gain + (aim - got) / min(max(slope, 0.2), 1.0)
        setting.gain = min(wanted, most)
        if setting.gain == last[0]:
            return


def _sound(mix: Scratch, peaks: Scratch, setting: _Setting) -> Iterator[Block]:
    return limited(mix, peaks, gain=linear(setting.gain), ceiling=linear(setting.ceiling))


def write_aac(path: Path, blocks: Iterable[Block]) -> int:
    """Encode a 48 kHz stereo stream into an audio MP4; returns how many samples went in.

    Values are held to full scale: AAC has no other.
    """
    # movie_timescale: the default, milliseconds, would round the length of the edit list
    options = {"fflags": "+bitexact", "movflags": "+faststart", "movie_timescale": str(RATE)}
    samples = 0
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo", bit_rate=BIT_RATE)
        stream.options = {"flags": "+bitexact", "aac_coder": "fast"}
        stream.time_base = Fraction(1, RATE)
        for block in blocks:
            for packet in stream.encode(_frame(block, samples)):
                container.mux(packet)
            samples += len(block)
        for packet in stream.encode(None):
            container.mux(packet)
    return samples


def _frame(block: Block, pts: int) -> av.AudioFrame:
    planes: Any = np.ascontiguousarray(block.T.clip(-1.0, 1.0), np.float32)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    frame.sample_rate = RATE
    frame.time_base = Fraction(1, RATE)
    frame.pts = pts
    return frame
