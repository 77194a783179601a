"""The sound itself: finding where speech begins and ends, soft edges, 16 bits, WAV.

Not here: loudness, which is the mix's.
"""

import io
import wave

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 24_000
"""Hz."""
BEFORE = 480
"""Samples (20 ms) kept before the onset, so that a soft consonant is not bitten off."""
AFTER = 1_200
"""Samples (50 ms) kept after the last sound, for the room to fall silent."""
FADE = 120
"""Samples (5 ms) over which the edges rise and fall: no click."""
_FLOOR = 0.01
"""Share of the loudest window's level (-40 dB) below which a window counts as silence."""
_WINDOW = 120

Samples = NDArray[np.float32]
"""[samples], -1 to 1."""
Pcm = NDArray[np.int16]
"""[samples], 16-bit."""


def speech_bounds(sound: Samples) -> tuple[int, int]:
    """First sample to keep and the one after the last; (0, 0) for silence."""
    count = len(sound) // _WINDOW
    if count == 0:
        return 0, 0
    levels = np.sqrt(np.mean(sound[: count * _WINDOW].reshape(count, _WINDOW) ** 2, axis=1))
    loud = np.flatnonzero(levels > _FLOOR * levels.max())
    if len(loud) == 0:
        return 0, 0
    start = max(0, int(loud[0]) * _WINDOW - BEFORE)
    return start, min(len(sound), (int(loud[-1]) + 1) * _WINDOW + AFTER)


def soften(sound: Samples) -> Samples:
    """The sound with edges that rise and fall, so that neither end clicks."""
    edge = min(FADE, len(sound) // 2)
    shaped = sound.copy()
    ramp = np.arange(edge, dtype=np.float32) / max(edge, 1)
    shaped[:edge] *= ramp
    shaped[len(shaped) - edge :] *= ramp[::-1]
    return shaped


def to_pcm(sound: Samples) -> Pcm:
    """16-bit samples; turned down, never clipped, where the model overshoots."""
    peak = float(np.abs(sound).max(initial=0.0))
    return np.rint(sound.astype(np.float64) * (32_767 / max(1.0, peak))).astype(np.int16)


def to_wav(pcm: Pcm) -> bytes:
    """A 24 kHz mono 16-bit WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.astype("<i2").tobytes())
    return out.getvalue()
