"""Ducking and fades: closed curves of time, whatever the blocks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.audio.curves import ATTACK, BRIDGE, DUCK_DB, RELEASE, bridge, ducking, fade
from tests.media.audio.sounds import Samples

RATE = 48_000
SPANS = st.lists(
    st.tuples(st.integers(0, 9 * RATE), st.integers(1, 3 * RATE)).map(lambda s: (s[0], sum(s))),
    max_size=6,
)


def whole(spans: list[tuple[int, int]], seconds: int = 13) -> Samples:
    return 20 * np.log10(ducking(bridge(spans), 0, seconds * RATE)[:, 0])


@settings(max_examples=10, deadline=None)
@given(SPANS)
def test_music_is_down_whenever_someone_speaks_and_up_when_nobody_does(
    spans: list[tuple[int, int]],
) -> None:
    gain = whole(spans)
    far = np.ones(len(gain), bool)
    for first, end in bridge(spans):
        assert np.allclose(gain[first:end], -DUCK_DB, atol=0.01)
        far[max(first - ATTACK, 0) : end + RELEASE] = False
    assert np.allclose(gain[far], 0.0, atol=0.01)


@settings(max_examples=10, deadline=None)
@given(SPANS)
def test_music_never_jumps(spans: list[tuple[int, int]]) -> None:
    assert np.abs(np.diff(whole(spans))).max() < 0.003


def test_music_does_not_pump_between_close_sentences() -> None:
    gain = whole([(RATE, 2 * RATE), (2 * RATE + BRIDGE - 1, 4 * RATE)])

    assert gain[RATE : 4 * RATE].max() == pytest.approx(-DUCK_DB, abs=0.01)


def test_blocks_join_into_the_same_curve() -> None:
    spans = bridge([(RATE, 2 * RATE), (5 * RATE, 6 * RATE)])

    pieces = [ducking(spans, start, 999) for start in range(0, 7 * RATE - 999, 999)]

    joined = np.concatenate(pieces)
    assert np.allclose(joined, ducking(spans, 0, len(joined)), atol=1e-6)


def test_a_fade_begins_and_ends_where_it_says() -> None:
    rising = fade(0, 200, first=10, last=110)[:, 0]
    falling = fade(0, 200, first=110, last=10)[:, 0]

    assert rising[:11].max() == 0
    assert rising[110:].min() == 1
    assert rising + falling == pytest.approx(1.0, abs=1e-6)
