"""Edges, silence, and 16 bits."""

import io
import wave

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.runtimes.kokoro.sound import SAMPLE_RATE, soften, speech_bounds, to_pcm, to_wav


def tone_in_silence(before: int, tone: int, after: int) -> np.ndarray:
    wave_ = 0.5 * np.sin(np.arange(tone) / 20).astype(np.float32)
    return np.concatenate([np.zeros(before), wave_, np.zeros(after)]).astype(np.float32)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 20_000), st.integers(2_000, 20_000), st.integers(0, 20_000))
def test_at_most_30_ms_of_silence_stay_before_the_sound(before: int, tone: int, after: int) -> None:
    start, end = speech_bounds(tone_in_silence(before, tone, after))
    assert 0 <= before - start <= 0.03 * SAMPLE_RATE
    assert end >= min(before + tone, before + tone + after)
    assert end - before - tone <= 0.06 * SAMPLE_RATE


def test_silence_has_no_bounds() -> None:
    assert speech_bounds(np.zeros(5_000, np.float32)) == (0, 0)
    assert speech_bounds(np.zeros(0, np.float32)) == (0, 0)


def test_edges_begin_and_end_at_nothing_within_10_ms() -> None:
    soft = soften(np.ones(5_000, np.float32))
    assert soft[0] == 0 == soft[-1]
    inside = soft[240:-240]
    assert (inside == 1).all()
    assert np.abs(np.diff(soft)).max() < 0.02


def test_what_overshoots_is_turned_down_not_clipped() -> None:
    loud = np.array([0.0, 1.0, 2.0, -2.0], np.float32)
    assert to_pcm(loud).tolist() == [0, 16384, 32767, -32767]


def test_a_wav_says_24_khz_mono_16_bit() -> None:
    with wave.open(io.BytesIO(to_wav(to_pcm(np.zeros(240, np.float32))))) as file:
        assert file.getframerate() == SAMPLE_RATE
        assert (file.getnchannels(), file.getsampwidth(), file.getnframes()) == (1, 2, 240)
