"""English as written against English as said: a fixed table, and the law of written words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.english.normalise import normalise
from berg.language.wording import join, tidy

CASES = [
    # numbers
    ("We sold 7 cups.", "We sold seven cups."),
    ("1,250 people came.", "one thousand two hundred fifty people came."),
    ("It weighs 3.14 tons.", "It weighs three point one four tons."),
    ("0.5 is .5", "zero point five is point five"),
    ("Agent 007 returned.", "Agent oh oh seven returned."),
    ("1,000,000 stars", "one million stars"),
    ("-5 and +5", "minus five and plus five"),
    ("Add 2 + 2 = 4.", "Add two plus two equals four."),
    # ordinals
    ("Our 1st, 2nd and 3rd shop", "Our first, second and third shop"),
    ("the 21st century", "the twenty-first century"),
    ("On the 100th day", "On the one hundredth day"),
    # years and decades
    ("In 1984 it rained.", "In nineteen eighty-four it rained."),
    ("since 2006", "since two thousand six"),
    ("by 2026", "by twenty twenty-six"),
    ("Around 1900,", "Around nineteen hundred,"),
    ("the 1990s", "the nineteen nineties"),
    ("the '80s", "the eighties"),
    ("2019–2024", "twenty nineteen to twenty twenty-four"),
    ("1914-18", "nineteen fourteen to eighteen"),
    # dates
    ("May 5, 2026", "May fifth, twenty twenty-six"),
    ("on 5 May 2026", "on the fifth of May twenty twenty-six"),
    ("the 3rd of June", "the third of June"),
    ("Nov. 22", "November twenty-second"),
    ("2026-11-22", "November twenty-second, twenty twenty-six"),
    ("11/22/2026", "November twenty-second, twenty twenty-six"),
    ("22.11.2026", "November twenty-second, twenty twenty-six"),
    ("Mon. to Fri.", "Monday to Friday."),
    # times
    ("at 7:30", "at seven thirty"),
    ("9:05 a.m. sharp", "nine oh five A M sharp"),
    ("5pm", "five P M"),
    ("It opens at 5 p.m.", "It opens at five P M."),
    ("at 9:00", "at nine o'clock"),
    ("at 14:00", "at fourteen hundred"),
    # money
    ("It costs £3.50.", "It costs three pounds fifty."),
    ("$1", "one dollar"),
    ("$19.99 only", "nineteen dollars ninety-nine only"),
    ("€2.05", "two euros and five cents"),
    ("$1.2 million in sales", "one point two million dollars in sales"),
    ("£5bn", "five billion pounds"),
    ("$5–10", "five to ten dollars"),
    ("¥500", "five hundred yen"),
    ("99¢", "ninety-nine cents"),
    ("£0.75", "seventy-five pence"),
    ("20 EUR", "twenty euros"),
    ("$20.00", "twenty dollars"),
    # percentages
    ("15% off", "fifteen percent off"),
    ("5–10% more", "five to ten percent more"),
    ("-2.5 %", "minus two point five percent"),
    # units
    ("10 km away", "ten kilometres away"),
    ("1 kg of beans", "one kilogram of beans"),
    ("a 250g bag", "a two hundred fifty gram bag"),
    ("120 km/h", "one hundred twenty kilometres per hour"),
    ("-5°C", "minus five degrees Celsius"),
    ("5-10 kg", "five to ten kilograms"),
    ("1080×1920", "one thousand eighty by one thousand nine hundred twenty"),
    ("10x faster", "ten times faster"),
    ("16 GB of memory", "sixteen gigabytes of memory"),
    ("a 5-min walk", "a five minute walk"),
    # fractions and scores
    ("1/2 cup", "one half cup"),
    ("2 1/2 cups", "two and a half cups"),
    ("3/4 full", "three quarters full"),
    ("½ price", "one half price"),
    ("open 24/7", "open twenty-four seven"),
    ("4/5 stars", "four out of five stars"),
    ("pages 5-7", "pages five to seven"),
    # telephone
    ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
    ("(555) 123-4567", "five five five, one two three, four five six seven"),
    ("020 7946 0958", "zero two zero, seven nine four six, zero nine five eight"),
    # abbreviations
    ("Dr. Smith", "Doctor Smith"),
    ("Elm Dr.", "Elm Drive."),
    ("Main St. is near St. Mary's.", "Main Street is near Saint Mary's."),
    ("Mr. and Mrs. Lee", "Mister and Missus Lee"),
    ("fruit, e.g. plums", "fruit, for example, plums"),
    ("i.e. tomorrow", "that is, tomorrow"),
    ("cups, mugs, etc.", "cups, mugs, et cetera."),
    ("No. 5", "number five"),
    ("us vs. them", "us versus them"),
    ("Tidewater Ltd. opened", "Tidewater Limited opened"),
    ("the U.S. market", "the U S market"),
    ("a Ph.D. in soil", "a P H D in soil"),
    ("R&D", "R and D"),
    ("tea and/or coffee", "tea and or coffee"),
    # names
    ("J. K. Rowling", "J K Rowling"),
    ("J.R.R. Tolkien", "J R R Tolkien"),
    ("John F. Kennedy", "John F Kennedy"),
    # addresses
    ("tidewater.coffee", "tidewater dot coffee"),
    ("https://www.tidewater.co.uk/shop.", "W W W dot tidewater dot co dot U K slash shop."),
    ("hello@tidewater.com", "hello at tidewater dot com"),
    ("#CoffeeTime", "hashtag Coffee Time"),
    ("@tidewater", "at tidewater"),
    ("We're #1!", "We're number one!"),
    # Roman numerals
    ("Louis XIV", "Louis the fourteenth"),
    ("Chapter IV", "Chapter four"),
    ("World War II", "World War two"),
    ("I am VIP", "I am VIP"),
    # versions and codes
    ("v2.0.1 is out", "version two point zero point one is out"),
    ("MP3, B2B and COVID-19", "M P three, B two B and COVID nineteen"),
    ("5G and 4K", "five G and four K"),
    ("1080p", "ten eighty P"),
    # marks, quotes, emoji
    ("Enjoy! 🎉", "Enjoy!"),
    ('"Quiet," she said.', "“Quiet,” she said."),
    ("wait... what?!", "wait… what?"),
    ("the sea -- the salt", "the sea — the salt"),
    ("🎉🎉", ""),
    # mixed
    ("We love 咖啡 here.", "We love 咖啡 here."),
]  # fmt: skip

BRITISH = [
    ("05/11/2026", "the fifth of November, twenty twenty-six"),
    ("1,250 cups", "one thousand two hundred and fifty cups"),
    ("May 5", "May the fifth"),
    ("2,005 pounds", "two thousand and five pounds"),
]


@pytest.mark.parametrize(("written", "said"), CASES)
def test_english_is_said_as_people_say_it(written: str, said: str) -> None:
    assert normalise(written).spoken == said


@pytest.mark.parametrize(("written", "said"), BRITISH)
def test_british_english_says_dates_and_hundreds_its_own_way(written: str, said: str) -> None:
    assert normalise(written, british=True).spoken == said


def test_all_that_is_said_of_a_price_is_one_written_word() -> None:
    wording = normalise("It costs £3.50, really.")
    assert [w.text for w in wording.written] == ["It", "costs", "£3.50,", "really."]
    assert [t.text for t in wording.tokens if t.at == 2] == ["three", "pounds", "fifty", ","]


def test_a_scale_belongs_to_its_own_written_word() -> None:
    wording = normalise("$1.2 million")
    assert [t.text for t in wording.tokens if t.at == 1] == ["million", "dollars"]


def test_what_is_not_said_clings_to_the_word_before() -> None:
    assert [w.text for w in normalise("Enjoy 🎉 now").written] == ["Enjoy 🎉", "now"]


_SPICE = st.text(
    st.sampled_from("ab Z9 0.,:;-–—/%$£€°'’\"“”()!?…#@&+=×½\U0001f389咖啡éß\u202e\t\n")
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_SPICE, st.text()))
def test_written_words_joined_give_the_text(text: str) -> None:
    wording = normalise(text)
    assert join(wording.written) == tidy(text)
    assert all(0 <= token.at < len(wording.written) for token in wording.tokens)


@settings(max_examples=200, deadline=None)
@given(_SPICE)
def test_written_words_are_said_in_their_order(text: str) -> None:
    places = [token.at for token in normalise(text).tokens if token.kind != "punctuation"]
    assert places == sorted(places)
    assert set(places) == set(range(len(normalise(text).written))) or not places
