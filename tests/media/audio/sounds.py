"""Sounds made for the tests: speech-like bursts, chords, clicks."""

import wave
from pathlib import Path
from typing import Any

import numpy as np

Samples = Any

VOICE_RATE = 24_000


def speech(seconds: float, *, seed: int, rate: int = VOICE_RATE) -> Samples:
    """Syllables: harmonics of a gliding pitch and noise, shaped; mono, peak about 0.5."""
    rng = np.random.default_rng(seed)
    at = np.arange(int(seconds * rate)) / rate
    phase = 2 * np.pi * np.cumsum(120 + 20 * np.sin(2 * np.pi * 0.7 * at + seed)) / rate
    tone = sum(np.sin(k * phase) / k for k in range(1, 16))
    shape = np.clip(np.sin(2 * np.pi * 3.3 * at + seed), 0, 1) ** 0.7
    sound = shape * (tone + 0.3 * rng.standard_normal(len(at)))
    return 0.5 * sound / max(np.abs(sound).max(), 1e-9)


def chords(seconds: float, *, rate: int = 44_100, channels: int = 2) -> Samples:
    """Slow chords, shape (n, channels), peak below 0.5."""
    at = np.arange(int(seconds * rate)) / rate
    notes = (110.0, 220.0, 277.2, 329.6, 440.0)
    sound = sum(np.sin(2 * np.pi * f * at + i) for i, f in enumerate(notes))
    return np.stack([np.roll(sound, 37 * c) for c in range(channels)], axis=1) * 0.08


def write_wav(path: Path, samples: Samples, *, rate: int = VOICE_RATE) -> Path:
    """16-bit WAV of mono (n,) or (n, channels) samples."""
    frames = samples.reshape(len(samples), -1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(frames.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(frames, -1, 1) * 32767).astype("<i2").tobytes())
    return path
