"""Pronunciations that people write: IPA and respellings, and the signs that aren't either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.language.english.say import SayError, phonemes_of_say
from berg.language.phones import NUMBERS


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("hoh-ZAY", "hOzˈA"),
        ("/hoʊˈzeɪ/", "hOzˈA"),
        ("hoʊˈzeɪ", "hOzˈA"),
        ("[ˈwukaʃ]", "wˈukɑʃ"),
        ("WOO-kash", "wˈukæʃ"),
        ("TIDE-waw-ter", "tˈIdwɔtəɹ"),
        ("KEEN-wah", "kˈinwɑ"),
        ("NY-kee", "nˈIki"),
        ("uh-BOWT", "əbˈWt"),
        ("joh", "ʤˈO"),
        ("ER-win", "ˈɜɹwɪn"),
        ("/tʃəˈmoʊli/", "ʧəmˈOli"),
    ],
)
def test_a_pronunciation_is_read_as_it_is_written(written: str, phonemes: str) -> None:
    assert phonemes_of_say(written) == phonemes


def test_a_british_voice_has_its_own_vowels() -> None:
    assert phonemes_of_say("hoh-ZAY", british=True) == "hQzˈA"
    assert phonemes_of_say("/ˈwɔːtə/", british=True) == "wˈɔːtə"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("h3l", "“3” (digit three)"),
        ("/ʘa/", "bilabial click"),
        ("", "nothing"),
        ("pst", "no vowel"),
    ],
)
def test_what_is_no_sign_is_named(written: str, named: str) -> None:
    with pytest.raises(SayError) as caught:
        phonemes_of_say(written)
    assert named in caught.value.message


@given(st.one_of(st.text(), st.text("abcdehijklmoruyz-ˈˌːəʃ /ATHEY", max_size=12)))
def test_whatever_is_written_is_said_or_refused(written: str) -> None:
    try:
        said = phonemes_of_say(written)
    except SayError:
        return
    assert said
    assert all(symbol in NUMBERS for symbol in said)
