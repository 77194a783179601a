"""The whole way: a score made into AAC, judged by what it decodes to."""

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.audio.film import make_sound
from berg.media.audio.inspect import integrated_loudness, steps_at, true_peak
from berg.media.audio.meter import Level
from berg.media.audio.mixing import PlacedVoice, Score
from berg.media.audio.read import stereo_blocks
from berg.units import frames_to_samples
from tests.media.audio.sounds import Samples, chords, speech, write_wav

RATE = 48_000


def made(folder: Path, score: Score) -> tuple[Path, Level]:
    out = folder / "sound.mp4"
    return out, make_sound(score, out, scratch=folder, progress=lambda done: None)


def decoded(path: Path, limit: int | None = None) -> Samples:
    return np.concatenate(list(stereo_blocks(path, what=path.name, limit=limit)))


def voices_every(folder: Path, seconds: float, *, count: int) -> list[PlacedVoice]:
    return [
        PlacedVoice(
            path=write_wav(folder / f"{i}.wav", speech(seconds - 0.7, seed=i)),
            start=round((0.1 + i * seconds) * RATE),
        )
        for i in range(count)
    ]


def lag_of(sound: Samples, voice: Samples, start: int) -> int:
    """By how many samples a 24 kHz voice is heard later than at `start`, by correlation."""
    reach = 480
    at = np.arange(2 * len(voice)) / 2
    wanted = np.interp(at, np.arange(len(voice)), voice)
    heard = sound[start - reach : start + len(wanted) + reach]
    size = 1 << (len(heard) + len(wanted)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: 2 * reach])) - reach


@pytest.mark.parametrize(("voices", "music"), [(True, True), (True, False), (False, True)], ids=str)
def test_the_decoded_sound_has_the_loudness_and_peaks_promised(
    tmp_path: Path, voices: bool, music: bool
) -> None:
    placed = voices_every(tmp_path, 3.0, count=2) if voices else []
    tune = write_wav(tmp_path / "m.wav", chords(3.0), rate=44_100) if music else None
    score = Score(voices=placed, music=tune, length=8 * RATE + 77, end_card=6 * RATE)

    out, level = made(tmp_path, score)

    assert integrated_loudness(out) == pytest.approx(-14.0, abs=0.5)
    assert true_peak(out) <= -1.0
    assert level.integrated == pytest.approx(integrated_loudness(out), abs=0.1)


def test_spiky_voices_stay_below_the_ceiling(tmp_path: Path) -> None:
    spiky = speech(3.0, seed=5) * 0.2
    spiky[::6_000] = 1.0
    voice = write_wav(tmp_path / "v.wav", spiky)
    score = Score(
        voices=[PlacedVoice(path=voice, start=100)], music=None, length=4 * RATE, end_card=3 * RATE
    )

    out, _ = made(tmp_path, score)

    assert true_peak(out) <= -1.0
    assert integrated_loudness(out) == pytest.approx(-14.0, abs=0.5)


def test_a_whisper_of_noise_is_not_blown_up(tmp_path: Path) -> None:
    hiss = np.random.default_rng(0).standard_normal(3 * 24_000) * 4e-4
    voice = write_wav(tmp_path / "v.wav", hiss)
    before = integrated_loudness(voice)
    score = Score(
        voices=[PlacedVoice(path=voice, start=0)],
        music=None,
        length=3 * RATE,
        end_card=3 * RATE - 1,
    )

    out, _ = made(tmp_path, score)

    assert integrated_loudness(out) <= before + 30.5
    assert integrated_loudness(out) < -20


def test_silence_stays_silent(tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "v.wav", np.zeros(24_000))
    score = Score(
        voices=[PlacedVoice(path=voice, start=0)], music=None, length=RATE, end_card=RATE // 2
    )

    out, level = made(tmp_path, score)

    assert level.integrated == -70.0
    assert not decoded(out).any()


@pytest.mark.parametrize("length", [RATE // 5, RATE, 93 * 1024 - 1, 93 * 1024 + 1])
def test_the_sound_is_as_long_as_the_film_to_the_sample(tmp_path: Path, length: int) -> None:
    voice = write_wav(tmp_path / "v.wav", speech(2.5, seed=1))
    score = Score(
        voices=[PlacedVoice(path=voice, start=0)], music=None, length=length, end_card=length // 2
    )

    out, level = made(tmp_path, score)

    with av.open(str(out)) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.duration * stream.time_base == Fraction(length, RATE)
    assert level.samples == length
    assert 0 <= len(decoded(out)) - length < 1024


def test_a_click_is_heard_when_it_was_placed(tmp_path: Path) -> None:
    click = np.zeros(24_000)
    click[12_000] = 0.9
    voice = write_wav(tmp_path / "v.wav", click)
    start = frames_to_samples(37, Fraction(30_000, 1001), RATE)
    score = Score(
        voices=[PlacedVoice(path=voice, start=start)],
        music=None,
        length=3 * RATE,
        end_card=2 * RATE,
    )

    out, _ = made(tmp_path, score)

    heard = int(np.abs(decoded(out)[:, 0]).argmax())
    assert abs(heard - (start + RATE // 2)) <= RATE // 1000


def test_no_cut_steps_out_of_the_rest(tmp_path: Path) -> None:
    # GIVEN voices that begin and end in full cry, and music that loops three times
    placed = [
        PlacedVoice(
            path=write_wav(tmp_path / f"{i}.wav", 0.5 * np.cos(np.arange(30_000) * 0.06 + i)),
            start=round((0.2 + 2.0 * i) * RATE),
        )
        for i in range(3)
    ]
    tune = write_wav(tmp_path / "m.wav", chords(2.3) + 0.05, rate=44_100)
    score = Score(voices=placed, music=tune, length=7 * RATE, end_card=6 * RATE)

    out, _ = made(tmp_path, score)

    period = 2.3 - 0.5
    cuts = [0.0, *(v.start / RATE for v in placed), *(v.start / RATE + 1.25 for v in placed)]
    loops = [k * period + offset for k in (1, 2, 3) for offset in (0.0, 0.5)]
    steps = steps_at(out, [*cuts, *loops, 7.0])
    assert max(steps.at) <= steps.usual


def test_the_same_score_gives_the_same_bytes(tmp_path: Path) -> None:
    placed = voices_every(tmp_path, 1.5, count=1)
    tune = write_wav(tmp_path / "m.wav", chords(1.2), rate=44_100)
    score = Score(voices=placed, music=tune, length=2 * RATE, end_card=RATE)

    first = made(tmp_path, score)[0].read_bytes()

    assert made(tmp_path, score)[0].read_bytes() == first
    assert b"Lav" not in first


def test_nothing_is_left_in_the_scratch_folder(tmp_path: Path) -> None:
    placed = voices_every(tmp_path, 1.5, count=1)
    score = Score(voices=placed, music=None, length=2 * RATE, end_card=RATE)

    made(tmp_path, score)

    assert {path.name for path in tmp_path.iterdir()} == {"0.wav", "sound.mp4"}


@settings(max_examples=5, deadline=None)
@given(
    gaps=st.lists(st.integers(0, 2 * RATE), min_size=1, max_size=4),
    music=st.booleans(),
    loud=st.floats(0.06, 1.0),
)
def test_any_placement_keeps_sync_and_loudness(gaps: list[int], music: bool, loud: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sounds = [speech(1.0, seed=i) * 2 * loud for i in range(len(gaps))]
        placed, at = [], 600
        for i, (gap, sound) in enumerate(zip(gaps, sounds, strict=True)):
            at += gap
            placed.append(PlacedVoice(path=write_wav(folder / f"{i}.wav", sound), start=at))
            at += RATE
        tune = write_wav(folder / "m.wav", chords(1.5), rate=44_100) if music else None
        score = Score(voices=placed, music=tune, length=at + RATE, end_card=at)

        out, _ = made(folder, score)

        heard = decoded(out)[:, 0]
        for voice, sound in zip(placed, sounds, strict=True):
            assert abs(lag_of(heard, sound, voice.start)) <= 4
        assert integrated_loudness(out) == pytest.approx(-14.0, abs=0.5)
        assert true_peak(out) <= -1.0
