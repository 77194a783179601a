from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.lines.short.ask import ShortAsk
from berg.schema.choices import PACES
from berg.steps.speech import LEAD_FRAMES, tail_frames
from berg.steps.text.write_storyboard.tempo import (
    END_SECONDS,
    OVER,
    board_too_long,
    choose_speed,
    said_of,
    too_long,
    too_short,
    total_seconds,
)
from tests.steps.text.board_parts import ask_for, board_of

SENTENCE = "Before the harbour wakes, we roast coffee."
TEXTS = [SENTENCE] * 20
SAID = said_of(TEXTS, [False] * 20)
SCRIPT = "\n".join(TEXTS)


def needed(ask: ShortAsk) -> Fraction:
    return total_seconds(SAID, language="en", ask=ask, speed=Fraction(1))


def at(share: Fraction) -> ShortAsk:
    """An ask whose target is such that the shots at tempo 1 fill this share of it."""
    ask = ask_for({"en": SCRIPT})
    return ask.model_copy(update={"seconds": round(needed(ask) / share)})


def test_without_a_target_the_pace_alone_decides() -> None:
    for pace in PACES:
        ask = ask_for({"en": SCRIPT}).model_copy(update={"seconds": None, "pace": pace})
        assert too_long(ask) == []
        assert too_short(board_of(ask), ask) == []
        assert Fraction(9, 10) < choose_speed(SAID, language="en", ask=ask) < Fraction(11, 10)


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(30), Fraction(60), Fraction(30000, 1001)])
def test_pauses_are_as_long_as_the_pace_says_at_any_rate(fps: Fraction) -> None:
    for ends, low, high in ((False, 0.2, 0.35), (True, 0.45, 0.7)):
        frames = LEAD_FRAMES + tail_frames("natural", fps, ends_paragraph=ends)
        assert low <= frames / fps <= high
    lengths = [tail_frames(pace, fps, ends_paragraph=False) for pace in PACES]
    assert lengths == sorted(set(lengths))


def test_a_script_that_fits_is_spoken_at_its_own_tempo() -> None:
    for share in (Fraction(94, 100), Fraction(95, 100)):
        assert choose_speed(SAID, language="en", ask=at(share)) == 1


def test_a_long_script_is_sped_just_as_much_as_it_needs_and_never_beyond() -> None:
    speeds = [choose_speed(SAID, language="en", ask=at(Fraction(n, 100))) for n in range(92, 140)]
    assert speeds == sorted(speeds)
    assert speeds[-1] == Fraction(28, 25)
    ask = at(Fraction(100, 100))
    speed = choose_speed(SAID, language="en", ask=ask)
    assert 1 < speed < Fraction(28, 25)
    assert ask.seconds is not None
    assert total_seconds(SAID, language="en", ask=ask, speed=speed) + END_SECONDS <= ask.seconds


def test_a_short_script_is_slowed_where_that_fills_the_film_and_never_below_092() -> None:
    assert choose_speed(SAID, language="en", ask=at(Fraction(90, 100))) == Fraction(24, 25)
    assert choose_speed(SAID, language="en", ask=at(Fraction(40, 100))) == 1


def test_changing_one_word_hardly_ever_changes_the_tempo() -> None:
    changed = 0
    for seconds in range(50, 90):
        ask = ask_for({"en": SCRIPT}, seconds=seconds)
        edited = said_of([SENTENCE.replace("coffee", "espresso"), *TEXTS[1:]], [False] * 20)
        changed += choose_speed(SAID, language="en", ask=ask) != choose_speed(
            edited, language="en", ask=ask
        )
    assert changed <= 3


def test_what_fits_is_told_nothing() -> None:
    ask = at(Fraction(93, 100))
    assert too_long(ask) == []
    assert too_short(board_of(ask), ask) == []


def test_a_script_that_is_much_too_long_says_how_much_to_cut() -> None:
    ask = at(Fraction(160, 100))
    board = board_of(ask)
    (fault,) = too_long(ask)
    assert fault.path == "script.en"
    assert "tempo 1.12" in fault.message
    assert "words, or set seconds:" in fault.message
    assert board_too_long(board, ask) == [fault]


WORDS = st.lists(
    st.sampled_from(["harbour", "we", "roast", "by", "£3.50", "slowly", "1999", "and", "a"]),
    min_size=2,
    max_size=14,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=2, max_size=12), st.integers(2, 60), st.sampled_from(PACES))
def test_following_the_advice_makes_it_fit(
    sentences: list[list[str]], seconds: int, pace: str
) -> None:
    script = "\n".join(" ".join(words).capitalize() + "." for words in sentences)
    ask = ask_for({"en": script}, seconds=seconds).model_copy(update={"pace": pace})
    told = [fault.message for fault in too_long(ask)] or too_short(board_of(ask), ask)
    for message in told:
        advised = int(
            message.rpartition("seconds: auto")[0].rpartition("set seconds: ")[2].split(",")[0]
        )
        better = ask.model_copy(update={"seconds": advised})
        assert too_long(better) == []
        assert too_short(board_of(better), better) == []
        speed = board_of(better).speed["en"]
        shots = board_of(better).shots
        total = sum(shot.seconds["en"] for shot in shots)
        assert abs(total + END_SECONDS - advised) <= 1 + OVER
        assert Fraction(9, 10) <= speed <= Fraction(28, 25)


def test_chinese_is_told_in_characters() -> None:
    ask = ask_for({"zh": "港口醒来之前，我们已经开始烘焙咖啡了。" * 8}, seconds=10)
    (fault,) = too_long(ask)
    assert "characters" in fault.message


def test_a_film_with_a_long_end_card_is_a_warning_only() -> None:
    ask = ask_for({"en": SENTENCE}, seconds=60)
    assert too_long(ask) == []
    (warning,) = too_short(board_of(ask), ask)
    assert "end card" in warning


@pytest.mark.parametrize("voice", ["af_heart", "none"])
def test_silent_films_are_fitted_too(voice: str) -> None:
    ask = ask_for({"en": SCRIPT}, seconds=10).model_copy(update={"voice": {"en": voice}})
    assert board_of(ask).speed == {"en": Fraction(28, 25)}
    assert too_long(ask)
