from fractions import Fraction

import pytest

from berg.lines.short.ask import ShortAsk
from berg.steps.text.write_storyboard.tempo import (
    END_SECONDS,
    board_too_long,
    choose_speed,
    misfit,
    too_long,
    too_short,
    total_seconds,
)
from tests.steps.text.board_parts import ask_for, board_of

SENTENCE = "Before the harbour wakes, we roast coffee."
TEXTS = [SENTENCE] * 20
SCRIPT = "\n".join(TEXTS)


def needed(ask: ShortAsk) -> Fraction:
    return total_seconds(TEXTS, language="en", ask=ask, speed=Fraction(1))


def at(share: Fraction) -> ShortAsk:
    """An ask whose target is such that the shots at tempo 1 fill this share of it."""
    ask = ask_for({"en": SCRIPT})
    return ask.model_copy(update={"seconds": round(needed(ask) / share)})


def test_a_script_that_fits_is_spoken_at_its_own_tempo() -> None:
    for share in (Fraction(80, 100), Fraction(85, 100), Fraction(90, 100)):
        assert choose_speed(TEXTS, language="en", ask=at(share)) == 1


def test_a_long_script_is_sped_just_as_much_as_it_needs_and_never_beyond() -> None:
    speeds = [choose_speed(TEXTS, language="en", ask=at(Fraction(n, 100))) for n in range(90, 140)]
    assert speeds == sorted(speeds)
    assert speeds[-1] == Fraction(23, 20)
    ask = at(Fraction(98, 100))
    speed = choose_speed(TEXTS, language="en", ask=ask)
    assert 1 < speed < Fraction(23, 20)
    assert total_seconds(TEXTS, language="en", ask=ask, speed=speed) + END_SECONDS <= ask.seconds


def test_a_short_script_is_slowed_but_not_below_nine_tenths() -> None:
    assert choose_speed(TEXTS, language="en", ask=at(Fraction(73, 100))) == Fraction(19, 20)
    assert choose_speed(TEXTS, language="en", ask=at(Fraction(40, 100))) == Fraction(9, 10)


def test_changing_one_word_hardly_ever_changes_the_tempo() -> None:
    changed = 0
    for seconds in range(50, 90):
        ask = ask_for({"en": SCRIPT}, seconds=seconds)
        edited = [SENTENCE.replace("coffee", "espresso"), *TEXTS[1:]]
        changed += choose_speed(TEXTS, language="en", ask=ask) != choose_speed(
            edited, language="en", ask=ask
        )
    assert changed <= 3


def test_what_fits_is_no_misfit() -> None:
    ask = at(Fraction(80, 100))
    assert misfit(board_of(ask), ask) == {}
    assert too_long(ask) == []
    assert too_short(board_of(ask), ask) == []


def test_a_script_that_is_much_too_long_says_how_much_to_cut() -> None:
    ask = at(Fraction(160, 100))
    board = board_of(ask)
    assert misfit(board, ask)["en"] > Fraction(1, 10)
    (fault,) = too_long(ask)
    assert fault.path == "script.en"
    assert "tempo 1.15" in fault.message
    assert "words, or set seconds:" in fault.message
    assert board_too_long(board, ask) == [fault]


def test_following_the_advice_makes_it_fit() -> None:
    ask = at(Fraction(160, 100))
    (fault,) = too_long(ask)
    longer = int(fault.message.rpartition(": ")[2])
    assert too_long(ask.model_copy(update={"seconds": longer})) == []


def test_chinese_is_told_in_characters() -> None:
    ask = ask_for({"zh": "港口醒来之前，我们已经开始烘焙咖啡了。" * 8}, seconds=10)
    (fault,) = too_long(ask)
    assert "characters" in fault.message


def test_a_film_that_would_be_mostly_end_card_is_a_warning_only() -> None:
    ask = ask_for({"en": SENTENCE}, seconds=60)
    assert too_long(ask) == []
    (warning,) = too_short(board_of(ask), ask)
    assert "end card" in warning
    assert misfit(board_of(ask), ask)["en"] < Fraction(-1, 2)


@pytest.mark.parametrize("voice", ["af_heart", "none"])
def test_silent_films_are_fitted_too(voice: str) -> None:
    ask = ask_for({"en": SCRIPT}, seconds=10).model_copy(update={"voice": {"en": voice}})
    assert board_of(ask).speed == {"en": Fraction(23, 20)}
    assert too_long(ask)
