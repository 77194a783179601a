"""The music bed: cut or looped to length."""

from pathlib import Path

import numpy as np
import pytest

from berg.media.audio.music import CROSSFADE, FADE_IN, FADE_OUT, Bed
from berg.media.audio.scratch import Scratch
from tests.media.audio.sounds import Samples, chords

RATE = 48_000


def bed_of(folder: Path, sound: Samples, *, length: int, end_card: int) -> Samples:
    with Scratch(folder / "m") as scratch:
        scratch.append(sound.astype(np.float32))
        bed = Bed(scratch, length=length, end_card=end_card)
        size = 777 * 11
        return np.concatenate(
            [bed.read(at, min(size, length - at)) for at in range(0, length, size)]
        )


def test_long_music_is_faded_in_and_out_over_the_end_card(tmp_path: Path) -> None:
    out = bed_of(tmp_path, np.ones((9 * RATE, 2)), length=8 * RATE, end_card=6 * RATE)[:, 0]

    assert out[0] == 0
    assert np.allclose(out[FADE_IN : 6 * RATE], 1.0)
    assert np.all(np.diff(out[6 * RATE :]) <= 0)
    assert out[-1] == 0


def test_a_long_end_card_has_music_until_the_last_seconds(tmp_path: Path) -> None:
    out = bed_of(tmp_path, np.ones((20 * RATE, 2)), length=20 * RATE, end_card=2 * RATE)[:, 0]

    assert out[20 * RATE - FADE_OUT - 1] == 1


def test_short_music_comes_round_without_a_hole_or_a_step(tmp_path: Path) -> None:
    tune = chords(2.0, rate=RATE)

    out = bed_of(tmp_path, tune, length=12 * RATE, end_card=11 * RATE)

    middle = out[RATE : 10 * RATE, 0]
    assert np.abs(np.diff(middle)).max() <= np.abs(np.diff(tune[:, 0])).max() * 1.1
    loudness = np.abs(middle[: len(middle) // 4_800 * 4_800].reshape(-1, 4_800)).max(axis=1)
    assert loudness.min() > 0.05
    period = 2 * RATE - CROSSFADE
    assert np.allclose(out[period + CROSSFADE : 2 * period], tune[CROSSFADE:period], atol=1e-6)


@pytest.mark.parametrize("samples", [1, 100, 20_000])
def test_a_sting_is_played_once_and_dies_away(tmp_path: Path, samples: int) -> None:
    out = bed_of(tmp_path, np.ones((samples, 2)), length=3 * RATE, end_card=2 * RATE)

    assert not out[samples:].any()
    assert np.abs(np.diff(out[:, 0])).max() < 0.01
