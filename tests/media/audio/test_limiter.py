"""The limiter holds peaks, and leaves alone what needs no holding."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.audio.limiter import cell_peaks, limited
from berg.media.audio.meter import measure
from berg.media.audio.scratch import Scratch
from tests.media.audio.sounds import Samples


def held(folder: Path, sound: Samples, *, gain: float, ceiling: float) -> Samples:
    with Scratch(folder / "m") as mix, Scratch(folder / "p", channels=1) as peaks:
        mix.append(sound)
        cell_peaks(mix, peaks, progress=lambda done: None)
        return np.concatenate(list(limited(mix, peaks, gain=gain, ceiling=ceiling)))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 99), gain=st.floats(0.5, 20), low=st.booleans())
def test_no_true_peak_passes_the_ceiling(
    tmp_path_factory: pytest.TempPathFactory, seed: int, gain: float, low: bool
) -> None:
    rng = np.random.default_rng(seed)
    sound = rng.standard_normal((70_000, 2)).astype(np.float32) * 0.2
    if low:
        sound = (np.cumsum(sound, axis=0) / 40).astype(np.float32)
    sound[rng.integers(0, 70_000, 9)] *= 9
    sound[30_000:40_000] *= 0.01

    out = held(tmp_path_factory.mktemp("limiter"), sound, gain=gain, ceiling=0.8)

    assert len(out) == len(sound)
    assert measure([out]).true_peak <= 20 * np.log10(0.8) + 0.25


def test_a_peak_between_samples_is_seen(tmp_path: Path) -> None:
    at = np.arange(48_000)
    tone = np.sin(np.pi / 2 * at + np.pi / 4)[:, None].repeat(2, axis=1).astype(np.float32)
    assert np.abs(tone).max() < 0.71

    out = held(tmp_path, tone, gain=1.0, ceiling=0.8)

    assert np.abs(out[1_000:-1_000]).max() == pytest.approx(0.8 / np.sqrt(2), rel=0.02)


def test_what_stays_below_is_only_amplified(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).uniform(-0.2, 0.2, (100_000, 2)).astype(np.float32)

    out = held(tmp_path, sound, gain=2.0, ceiling=0.9)

    assert np.allclose(out, sound * 2, atol=1e-6)


def test_gain_moves_without_steps(tmp_path: Path) -> None:
    sound = np.full((96_000, 2), 0.1, np.float32)
    sound[48_000] = 1.0

    out = held(tmp_path, sound, gain=1.0, ceiling=0.5)[:, 0] / 0.1

    assert np.abs(np.diff(np.delete(out, 48_000))).max() < 0.005
    assert np.allclose(out[:47_600], 1.0, atol=1e-3)
    assert out[-1] == pytest.approx(1.0, abs=1e-2)
