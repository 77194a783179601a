"""What clients wrote and heard wrongly, each with its kind; and the laws that hold for any text."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.english.normalise import normalise
from berg.language.english.read import EnglishReader
from berg.language.wording import join, tidy

CASES = [
    ("Dear Ms. Lee, Mx. Jones is here.", "Dear Miz Lee, Mix Jones is here."),
    ("in his 60s", "in his sixties"),
    ("it took 60s", "it took sixty seconds"),
    ("in her mid-30s", "in her mid thirties"),
    ("the 1960s-80s", "the nineteen sixties to eighties"),
    ("2h 15m", "two hours fifteen minutes"),
    ("1h30 and 4m 20s", "one hour thirty minutes and four minutes twenty seconds"),
    ("$1.50/lb, 5 GB/day", "one dollar fifty per pound, five gigabytes per day"),
    ("€12/person", "twelve euros per person"),
    ("open 9am-5pm, Mon-Fri", "open nine A M to five P M, Monday to Friday"),
    ("9:30–11 a.m. sharp", "nine thirty to eleven A M sharp"),
    ("Sat – Sun", "Saturday to Sunday"),
    ("-$40 and ±5", "minus forty dollars and plus or minus five"),
    ("US$5 or CHF 20", "five U S dollars or twenty Swiss francs"),
    ("a $2 million deal", "a two million dollar deal"),
    ("written in C# and Node.js", "written in C sharp and Node dot J S"),
    ("C++ and .NET", "C plus plus and dot net"),
    ("order at tidewater.example", "order at tidewater dot example"),
    ("Dial 911", "Dial nine one one"),
    ("NY 10001", "New York one zero zero zero one"),
    ("SW1A 1AA", "S W one A one A A"),
    ("1428 Elm St. is shut", "fourteen twenty-eight Elm Street is shut"),
    ("Room 302", "Room three oh two"),
    ("Your code is 8042", "Your code is eight zero four two"),
    ("Version 2.10", "Version two point ten"),
    ("Python 3.12", "Python three point twelve"),
    ("A $5 bill in a 30 mph zone", "A five dollar bill in a thirty mile per hour zone"),
    ("R.S.V.P. by 5/6", "R S V P by May sixth"),
    ("add 5/6 cup", "add five sixths cup"),
    ("25 sept. 2020", "the twenty-fifth of September twenty twenty"),
    ("June 5-7, 2026", "June fifth to seventh, twenty twenty-six"),
    ("44 BC", "forty-four B C"),
    ("#SpringLaunch2026", "hashtag Spring Launch twenty twenty-six"),
    ("10^6 and 10²³ m", "ten to the sixth and ten to the twenty-third metres"),
    (
        "E = mc²; H₀ is 67.4 km/s/Mpc",
        "E equals m c squared; H zero is sixty-seven point four kilometres per second per "
        "megaparsec",
    ),
    ("H₂O and CO₂", "H two O and C O two"),
    ("5'10\" tall", "five foot ten tall"),
    ("the XIX century", "the nineteenth century"),
    ("Apollo XI", "Apollo eleven"),
    ("won 3:2", "won three to two"),
    ("Order 250 cups", "Order two hundred fifty cups"),
    ("order 12345.", "order one two three four five."),
    ("in Austin, TX.", "in Austin, Texas."),
    ("Fine, OK.", "Fine, OK."),
    ("flight BA 2490", "flight B A twenty-four ninety"),
    ("5 May–7 June", "the fifth of May to the seventh of June"),
    ("revenue in 2Q22", "revenue in the second quarter of twenty-two"),
    ("Call 999 or 112", "Call nine nine nine or one one two"),
    ("PM2.5", "P M two point five"),
    ("rated 4.8/5", "rated four point eight out of five"),
    ("Мир", "meer"),
    ("tea, etc and so on", "tea, et cetera and so on"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), CASES)
def test_what_a_client_writes_is_said_as_people_say_it(written: str, said: str) -> None:
    assert normalise(written).spoken == said


@pytest.fixture(scope="module")
def american(weights: Callable[[str], Path]) -> EnglishReader:
    paths = [weights(name) for name in ("misaki-us-gold", "misaki-us-silver", "g2p-en")]
    return EnglishReader.open(*paths, british=False)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Hello MARY JANE KIM", "Hello Mary Jane Kim"),
        ("IT IS WHO WE ARE", "it is who we are"),
        ("José and Łukasz", "hoʊzay and wookash"),
    ],
)
def test_capitals_and_accents_are_words(american: EnglishReader, text: str, like: str) -> None:
    plain = str.maketrans("", "", "ˈˌ")
    said = american.read(text).symbols.translate(plain)
    if text.startswith("J"):
        assert said == "hOzA ænd wukɑʃ"
    else:
        assert said == american.read(like).symbols.translate(plain)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("THE FBI IS HERE NOW", "ˌɛfbˌiˈI"),
        ("a USB cable", "jˌuˌɛsbˈi"),
        ("NASA, USB and FBI", "nˈæsə"),
        ("the US IT market", "jˌuˈɛs ˌItˈi"),
    ],
)
def test_initialisms_stay_what_they_are(american: EnglishReader, text: str, heard: str) -> None:
    assert heard in american.read(text).symbols


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Have you read this?", "ɹˈɛd"),
        ("Did you read this?", "ɹˈid"),
        ("I've never read it", "ɹˈɛd"),
    ],
)
def test_read_is_red_after_have(american: EnglishReader, text: str, heard: str) -> None:
    assert heard in american.read(text).symbols


_PIECES = st.sampled_from(
    ["$", "€", "12", "1,250", "3.5", "0", "60s", "kg", "/", "-", "–", "²", "₂", "^", "½", "#", "@",
     "a.m.", "9", ":", "05", "May", "Mon", "NY", "10001", "St.", "Dr.", "José", "Ω", "я", "咖啡",
     "٣", "Ⅳ", "①", ".", ",", " ", " ", " ", "C", "XIV", "911", "v2.1", "%", "°C", "'",
     "9" * 20, "https://", "file:///", "read",
     "the", "USB", "x", "=", "±", "+", "(", ")", "e.g.", "www.", "ſ", "ﬁ",
     "ا", "ㄱ", "カ"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=14).map("".join))


@settings(max_examples=600, deadline=None)
@given(_TEXTS)
def test_nothing_written_is_silent(text: str) -> None:
    said = normalise(text)
    assert join(said.written) == tidy(text)
    spoken = {token.at for token in said.tokens if token.kind != "punctuation"}
    for index, word in enumerate(said.written):
        if any(c.isalnum() for c in word.text):
            assert index in spoken
    places = [token.at for token in said.tokens if token.kind != "punctuation"]
    assert places == sorted(places)


@settings(max_examples=300, deadline=None)
@given(st.characters().filter(str.isalnum))
def test_every_letter_and_numeral_has_something_to_say(character: str) -> None:
    assert any(token.kind != "punctuation" for token in normalise(character).tokens)


@settings(max_examples=200, deadline=None)
@given(text=_TEXTS)
def test_whatever_is_spoken_is_heard(american: EnglishReader, text: str) -> None:
    reading = american.read(text)
    heard = {phone.word for phone in reading.line}
    for index, word in enumerate(reading.written):
        if any(c.isalnum() for c in word.text):
            assert index in heard


def test_a_sentence_is_read_in_an_instant() -> None:
    line = "On 5 May 2026 we sold 1,250 cups at $3.50/lb to the FBI, e.g. 3/4 full (see p. 12)."
    normalise(line)
    started = time.process_time()
    for _ in range(20):
        normalise(line)
    assert (time.process_time() - started) / 20 < 0.01
