"""The sound's mark: heard by its key alone, by nobody's ear, after what befalls sound."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.carriers.watermark.sound import SoundMarker, find_in_sound, mark_sound
from tests.carriers.watermark.sounds import (
    IDENTIFIER,
    KEY,
    OTHER,
    RATE,
    Samples,
    band,
    coded,
    faster,
    resampled,
    segmental_snr,
    talk,
)


def marked(sound: Samples, rate: int = RATE) -> Samples:
    return mark_sound(sound, rate=rate, identifier=IDENTIFIER, key=KEY)


@pytest.fixture(scope="module")
def voice() -> Samples:
    return marked(talk(9.0))


def found(sound: Samples, rate: int = RATE, **how: object) -> list[str]:
    keys = how.get("keys", [OTHER, KEY])
    return [mark.identifier for mark in find_in_sound(sound, rate=rate, keys=keys)]  # type: ignore[arg-type]


def crop(sound: Samples, first_s: float = 1.7, seconds: float = 6.0) -> Samples:
    return sound[int(first_s * RATE) : int((first_s + seconds) * RATE)]


def quantised(sound: Samples) -> Samples:
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, sound.shape)
    return (np.round(sound * 1.8 * 127 + noise) / 127).astype(np.float32)


@pytest.mark.parametrize(
    "attack",
    [
        lambda sound: sound,
        lambda sound: coded(sound, "libmp3lame", bit_rate=64_000),
        lambda sound: coded(sound, "aac", bit_rate=64_000),
        lambda sound: resampled(resampled(sound, RATE, 16_000), 16_000, RATE),
        lambda sound: faster(sound, 1.01),
        lambda sound: faster(sound, 0.99),
        lambda sound: sound.mean(axis=1, keepdims=True) * 0.2,
        quantised,
    ],
    ids=["none", "MP3", "AAC", "16 kHz", "+1 %", "-1 %", "mono and soft", "8 bits"],
)
def test_six_seconds_tell_the_identifier_after(
    voice: Samples, attack: Callable[[Samples], Samples]
) -> None:
    assert found(crop(attack(voice))) == [IDENTIFIER]


def test_music_alone_carries_it_too() -> None:
    assert found(crop(coded(marked(band(8.0)), "libmp3lame", bit_rate=64_000))) == [IDENTIFIER]


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100])
def test_sound_is_marked_alike_at_other_rates(rate: int) -> None:
    assert found(marked(talk(7.0, rate=rate), rate), rate) == [IDENTIFIER]


def test_another_key_and_unmarked_sound_give_nothing(voice: Samples) -> None:
    assert found(voice, keys=[OTHER]) == []
    assert found(talk(9.0)) == []


def test_two_films_joined_give_both_identifiers_and_where_they_are() -> None:
    other = mark_sound(band(11.0, seed=3), rate=RATE, identifier="ffffffffff", key=KEY)

    marks = find_in_sound(np.concatenate([marked(talk(11.0)), other]), rate=RATE, keys=[KEY])

    assert [mark.identifier for mark in marks] == [IDENTIFIER, "ffffffffff"]
    assert marks[0].start_s == 0.0
    assert marks[1].end_s == pytest.approx(22.0, abs=0.1)
    assert all(mark.key == KEY.id and mark.score > 8 for mark in marks)


def test_the_change_is_small_and_silence_stays_silent() -> None:
    sound = talk(6.0)
    sound[2 * RATE : 3 * RATE] = 0

    changed = marked(sound)

    assert 20 < segmental_snr(sound, changed) < 40
    assert not changed[2 * RATE + 2000 : 3 * RATE - 2000].any()
    assert changed.shape == sound.shape
    assert changed.dtype == np.float32


def test_every_channel_is_changed_by_the_same_factor() -> None:
    sound = talk(4.0)

    changed = marked(sound)

    assert np.allclose(changed[:, 1], 0.8 * changed[:, 0], atol=1e-5)
    assert np.abs(changed - sound).max() > 1e-3


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 30_000), max_size=6), st.integers(0, 70_000))
def test_the_sizes_of_blocks_change_no_bit(cuts: list[int], length: int) -> None:
    sound = talk(9.0, rate=8_000)[:length]
    marker = SoundMarker(identifier=IDENTIFIER, key=KEY, rate=8_000, channels=2)

    pieces = [marker.feed(piece) for piece in np.split(sound, sorted(cuts))]
    streamed = np.concatenate([*pieces, marker.finish()])

    assert streamed.tobytes() == marked(sound, 8_000).tobytes()
    assert streamed.shape == sound.shape


def test_a_marker_holds_a_few_seconds_at_most() -> None:
    marker = SoundMarker(identifier=IDENTIFIER, key=KEY, rate=8_000, channels=1)
    given_back = 0
    for _ in range(40):
        given_back += len(marker.feed(np.zeros((8_000, 1), np.float32)))
    assert 40 * 8_000 - given_back < 4 * 8_000


@pytest.mark.parametrize(
    ("rate", "channels"), [(7_999, 1), (400_000, 1), (48_000, 0), (48_000, 25)], ids=str
)
def test_what_cannot_be_marked_is_refused(rate: int, channels: int) -> None:
    with pytest.raises(ValueError, match="8000 to 384000 Hz with 1 to 24 channels"):
        SoundMarker(identifier=IDENTIFIER, key=KEY, rate=rate, channels=channels)


@pytest.mark.parametrize("seconds", [0.0, 0.001, 0.02, 1.0])
def test_a_sound_too_short_for_a_mark_passes(seconds: float) -> None:
    sound = talk(1.0)[: int(seconds * RATE)]
    assert marked(sound).shape == sound.shape
    assert found(marked(sound)) == []


def test_samples_that_are_no_numbers_and_silence_give_nothing() -> None:
    assert found(np.full((4 * RATE, 1), np.nan, np.float32)) == []
    assert found(np.zeros((4 * RATE, 1), np.float32)) == []


def tones(seconds: float) -> Samples:
    """A chord that swells: three pure tones, nothing between 700 Hz and the top."""
    at = np.arange(int(seconds * RATE)) / RATE
    chord = sum(np.sin(2 * np.pi * hertz * at) for hertz in (110.0, 220.0, 554.0))
    swell = 0.2 * (1 + 0.5 * np.sin(np.pi * at))
    return np.repeat((chord * swell)[:, None], 2, axis=1).astype(np.float32)


@pytest.mark.parametrize("codec", ["libmp3lame", "aac"])
def test_where_nothing_is_to_be_changed_a_breath_of_noise_carries_the_mark(codec: str) -> None:
    plain = tones(9.0)
    sound = marked(plain)
    assert IDENTIFIER in found(coded(sound, codec, bit_rate=64_000))
    hertz = np.fft.rfftfreq(len(plain), 1 / RATE)
    heard, added = (np.abs(np.fft.rfft(one[:, 0])) ** 2 for one in (plain, sound - plain))
    assert 0 < added[hertz > 1_500].sum() < 1e-5 * heard.sum()
