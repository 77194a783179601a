"""Sounds to mark, and what happens to them on their way."""

import io
from typing import Any

import av
import numpy as np

from berg.carriers.watermark.found import MarkKey
from tests.media.audio.sounds import speech

Samples = Any
RATE = 48_000
KEY, OTHER = MarkKey.of(b"k" * 32), MarkKey.of(b"o" * 32)
IDENTIFIER = "0123456789"


def talk(seconds: float, *, seed: int = 0, rate: int = RATE) -> Samples:
    """Syllables with pauses over a breath of noise, stereo float32."""
    said = speech(seconds, seed=seed, rate=rate)
    at = np.arange(len(said)) / rate
    said *= np.clip(4 * np.sin(2 * np.pi * at / 3.1 + seed) + 2.4, 0, 1)
    said += np.random.default_rng(seed).standard_normal(len(said)) * 1e-3
    return np.stack([said, 0.8 * said], axis=1).astype(np.float32)


def band(seconds: float, *, seed: int = 0) -> Samples:
    """Plucked notes and brushed drums, stereo float32."""
    rng = np.random.default_rng(seed)
    out = np.zeros((int((seconds + 2) * RATE), 2))
    at = np.arange(RATE) / RATE
    for beat in range(int(seconds * 4)):
        pitch = 110 * 2 ** (rng.integers(0, 24) / 12)
        note = sum(
            np.sin(2 * np.pi * pitch * k * at) / k * np.exp(-at * (2 + k)) for k in range(1, 30)
        )
        brush = rng.standard_normal(RATE) * np.exp(-at * 40) * 0.3
        first = beat * RATE // 4
        out[first : first + RATE] += np.outer(note, [1, 0.7]) + np.outer(brush, [0.5, 1])
    return (out[: int(seconds * RATE)] / np.abs(out).max() * 0.6).astype(np.float32)


def coded(sound: Samples, codec: str, *, bit_rate: int) -> Samples:
    """Through a codec and back, with its delay; 48 kHz stereo."""
    file = io.BytesIO()
    with av.open(file, "w", format={"libmp3lame": "mp3", "aac": "adts"}[codec]) as container:
        stream = container.add_stream(codec, rate=RATE, layout="stereo", bit_rate=bit_rate)
        for first in range(0, len(sound), 1152):
            planes = np.ascontiguousarray(sound[first : first + 1152].T.clip(-1, 1))
            frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as container:
        return np.concatenate([frame.to_ndarray().T for frame in container.decode(audio=0)])


def resampled(sound: Samples, rate: int, to: int) -> Samples:
    """At another rate; stereo."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=to)
    planes = np.ascontiguousarray(sound.T, np.float32)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    frame.sample_rate = rate
    out = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([piece.to_ndarray().T for piece in out])


def faster(sound: Samples, factor: float) -> Samples:
    """Played faster by a factor: pitch rises with it."""
    return resampled(sound, round(RATE * factor), RATE)


def segmental_snr(plain: Samples, marked: Samples) -> float:
    """Mean of the ratios (dB) of 20 ms pieces in which there is sound."""
    size = RATE // 50
    count = len(plain) // size * size
    power = np.square(plain[:count]).reshape(-1, size * plain.shape[1]).sum(axis=1)
    error = np.square((marked - plain)[:count]).reshape(-1, size * plain.shape[1]).sum(axis=1)
    loud = power > 1e-6 * size
    return float(np.mean(10 * np.log10(power[loud] / (error[loud] + 1e-12))))
