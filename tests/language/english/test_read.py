"""English words to phonemes, with the real lexicons."""

from collections.abc import Callable
from pathlib import Path

import pytest

from berg.errors import WeightsError
from berg.language.english.lexicon import Lexicon
from berg.language.english.read import EnglishReader
from berg.language.phones import NUMBERS
from berg.language.wording import join


@pytest.fixture(scope="module")
def american(weights: Callable[[str], Path]) -> EnglishReader:
    paths = [weights(name) for name in ("misaki-us-gold", "misaki-us-silver", "g2p-en")]
    return EnglishReader.open(*paths, british=False)


@pytest.fixture(scope="module")
def british(weights: Callable[[str], Path]) -> EnglishReader:
    paths = [weights(name) for name in ("misaki-gb-gold", "misaki-gb-silver", "g2p-en")]
    return EnglishReader.open(*paths, british=True)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("the sea, the ocean", "ðə sˈi, ði ˈOʃən"),
        ("a cup to open", "ɐ kˈʌp tʊ ˈOpᵊn"),
        ("go to sea", "ɡˌO tə sˈi"),
        ("harbour", "hˈɑɹbəɹ"),
        ("espressos", "ɛspɹˈɛsOz"),
        ("Tidewater's", "tˈIdwˌɔTəɹz"),
        ("GitHub", "ɡˈɪthˈʌb"),
        ("FBI", "ˌɛfbˌiˈI"),
        ("NASA", "nˈæsə"),
        ("the US market", "ðə jˌuˈɛs mˈɑɹkət"),
        ("SALE", "sˈAl"),
        ("CDs", "sˌidˈiz"),
        ("café", "kæfˈA"),
        ("Nguyen", "wˈɪn"),
        ("four minutes", "fˈɔɹ mˈɪnəts"),
    ],
)
def test_words_are_said_as_americans_say_them(
    american: EnglishReader, text: str, symbols: str
) -> None:
    assert american.read(text).symbols == symbols


@pytest.mark.parametrize(
    ("text", "word", "symbols"),
    [
        ("play the record", 2, "ɹˈɛkəɹd"),
        ("to record it", 1, "ɹəkˈɔɹd"),
        ("people live here", 1, "lˈɪv"),
        ("a live show", 1, "lˈIv"),
        ("I read it yesterday", 1, "ɹˈɛd"),
        ("I will read it", 2, "ɹˈid"),
        ("we use it", 1, "jˈuz"),
        ("the use of it", 1, "jˈus"),
        ("we used to roast", 1, "jˈust"),
        ("fresh produce here", 1, "pɹˈOdˌus"),
        ("they produce it", 1, "pɹədˈus"),
        ("close the door", 0, "klˈOz"),
        ("it is close", 2, "klˈOs"),
    ],
)
def test_homographs_are_settled_by_their_neighbours(
    american: EnglishReader, text: str, word: int, symbols: str
) -> None:
    assert american.read(text).symbols.split()[word] == symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("harbour", "hˈɑːbə"),
        ("roasted slowly", "ɹˈQstɪd slˈQli"),
        ("last dance", "lˈɑːst dˈɑːns"),
    ],
)
def test_words_are_said_as_the_british_say_them(
    british: EnglishReader, text: str, symbols: str
) -> None:
    assert british.read(text).symbols == symbols


@pytest.mark.parametrize(
    "word", ["Reykjavik", "zorbitude", "Kowalczyk", "brewtastic", "Xzqwv", "flibbertigibbets"]
)
def test_every_word_of_letters_is_said_somehow(
    american: EnglishReader, british: EnglishReader, word: str
) -> None:
    for reader in (american, british):
        reading = reader.read(word)
        assert len(reading.symbols) >= 3
        assert all(symbol in NUMBERS for symbol in reading.symbols)


def test_chinese_inside_english_is_said_in_pinyin(american: EnglishReader) -> None:
    assert american.read("We love 咖啡.").symbols.endswith("kʰa→fei→.")


def test_all_symbols_of_a_price_belong_to_its_written_word(american: EnglishReader) -> None:
    reading = american.read("It costs £3.50!")
    price = "".join(p.symbol for p in reading.line if p.word == 2)
    assert join(reading.written) == "It costs £3.50!"
    assert price == "θɹˈipˈWndzfˈɪfti"


def test_a_damaged_lexicon_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "us_gold.json"
    bad.write_text("[1]")
    with pytest.raises(WeightsError, match=r"us_gold\.json is not a lexicon"):
        Lexicon.open(bad, bad)
