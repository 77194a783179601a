"""Foreseen lengths against the model's own durations."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from berg.steps.speech.pace import seconds_to_say

ONE = Fraction(1)


def seconds(
    text: str, *, language: str = "en", voice: str = "af_heart", speed: Fraction = ONE
) -> Fraction:
    return seconds_to_say(text, language=language, voice=voice, speed=speed)


def test_reading_takes_two_and_a_half_words_a_second_and_at_least_a_moment() -> None:
    assert (
        seconds(
            "one two three four five six seven eight nine ten eleven twelve thirteen", voice="none"
        )
        == 5
    )
    assert seconds("Hi", voice="none") == Fraction(6, 5)
    assert seconds("港口醒来之前我们已", language="zh", voice="none") == 2


def test_what_is_said_counts_not_what_is_written() -> None:
    assert seconds("£1,250,000") > 2 * seconds("millions")
    assert seconds("2026年11月22日", language="zh", voice="zf_xiaoxiao") > Fraction(2)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "zh"]), st.sampled_from(["none", "any"]))
def test_every_text_has_a_length_and_speed_divides_it(text: str, language: str, voice: str) -> None:
    voice = voice if voice == "none" else {"en": "af_heart", "zh": "zf_xiaoxiao"}[language]
    plain = seconds(text, language=language, voice=voice)
    assert 0 < plain < 200
    fast = seconds(text, language=language, voice=voice, speed=Fraction(23, 20))
    assert fast in (plain, plain / Fraction(23, 20))
