import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.type.subtitles import (
    HAN,
    LABEL_SECONDS,
    LATIN,
    portions,
    to_srt,
    to_vtt,
    with_label,
)
from berg.media.type.words import TimedWord

from .stagehand import EN, ZH, length, spoken

FPS = Fraction(30)
CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)[.,](\d{3}) --> (\d\d):(\d\d):(\d\d)[.,](\d{3})")


def test_cues_have_at_most_two_lines_of_42_or_18_characters() -> None:
    for words, most in ((spoken(EN * 3), LATIN), (spoken(ZH * 4), HAN)):
        cues = portions(words, frames=length(words), fps=FPS)
        assert cues
        for text, _, _ in cues:
            lines = text.split("\n")
            assert len(lines) <= 2
            assert all(len(line) <= most for line in lines)


def test_cues_hold_every_word_in_order() -> None:
    words = spoken(EN)
    cues = portions(words, frames=length(words), fps=FPS)
    assert " ".join(" ".join(text.split()) for text, _, _ in cues) == EN


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=60), st.integers(1, 30)), max_size=25),
    st.booleans(),
)
def test_cues_never_overlap_and_stay_in_the_shot(said: list[tuple[str, int]], space: bool) -> None:
    words, at = [], 3
    for text, lasts in said:
        words.append(TimedWord(text=text, space=space, first=at, end=at + lasts))
        at += lasts
    cues = portions(words, frames=at + 12, fps=FPS)
    assert all(first < end <= at + 12 for _, first, end in cues)
    assert all(a[2] <= b[1] for a, b in pairwise(cues))


def _millis(found: tuple[str, ...]) -> tuple[int, int]:
    h, m, s, ms, h2, m2, s2, ms2 = map(int, found)
    return ((h * 60 + m) * 60 + s) * 1000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2


@pytest.mark.parametrize("fps", [Fraction(30), Fraction(30000, 1001), Fraction(25)])
def test_times_read_back_are_the_frames_times(fps: Fraction) -> None:
    cues = [("one\ntwo", 0, 40), ("three", 40, 3 * 30 * 3600 + 7)]
    for text in (to_srt(cues, fps=fps), to_vtt(cues, fps=fps)):
        times = [_millis(found) for found in CLOCK.findall(text)]
        assert times == [
            (round(Fraction(a) / fps * 1000), round(Fraction(b) / fps * 1000)) for _, a, b in cues
        ]


def test_files_have_the_shape_that_players_read() -> None:
    cues = [("a < b & c > d --> e", 3, 30)]
    assert to_srt(cues, fps=FPS) == "1\n00:00:00,100 --> 00:00:01,000\na < b & c > d --> e\n"
    assert to_vtt(cues, fps=FPS) == (
        "WEBVTT\n\n00:00:00.100 --> 00:00:01.000\na &lt; b &amp; c &gt; d --&gt; e\n"
    )
    assert to_srt([], fps=FPS) == ""
    assert to_vtt([], fps=FPS) == "WEBVTT\n"


SAYS = "AI-generated"


def test_a_label_lies_over_the_end_card() -> None:
    cues = [("one", 3, 30), ("two", 60, 110)]
    found = with_label(cues, SAYS, end_start=120, frames=195, fps=FPS)
    assert found == (*cues, (SAYS, 120, 195))


def test_a_label_begins_earlier_where_the_end_card_is_short() -> None:
    found = with_label([("one", 3, 100)], SAYS, end_start=140, frames=180, fps=FPS)
    assert found[-1] == (SAYS, 120, 180)


def test_a_label_lies_at_the_start_where_the_end_has_no_room() -> None:
    found = with_label([("one", 90, 175)], SAYS, end_start=170, frames=180, fps=FPS)
    assert found[0] == (SAYS, 0, 60)


def test_a_label_without_any_room_is_the_first_line_of_the_first_cue() -> None:
    found = with_label([("one", 0, 90), ("two", 90, 180)], SAYS, end_start=180, frames=180, fps=FPS)
    assert found == ((f"{SAYS}\none", 0, 90), ("two", 90, 180))


def test_a_silent_film_without_cues_has_its_label() -> None:
    assert with_label([], SAYS, end_start=0, frames=45, fps=FPS) == ((SAYS, 0, 45),)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 90)), max_size=8),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_a_label_is_there_once_overlaps_nothing_and_takes_the_room_there_is(
    gaps: list[tuple[int, int]], still: int, end: int
) -> None:
    cues, at = [], 0
    for gap, lasts in gaps:
        cues.append(("cue", at + gap, at + gap + lasts))
        at += gap + lasts
    end_start = at + still
    frames = max(1, end_start + end)
    found = with_label(cues, SAYS, end_start=end_start, frames=frames, fps=FPS)
    assert sum(SAYS in text for text, _, _ in found) == 1
    assert all(a[2] <= b[1] for a, b in pairwise(found))
    assert all(0 <= first < last <= frames for _, first, last in found)
    (seen,) = [last - first for text, first, last in found if SAYS in text]
    room = max(frames - at, cues[0][1] if cues else 0)
    assert seen >= min(LABEL_SECONDS * FPS, room)
