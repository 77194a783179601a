"""What a headline may not claim, unless the brief does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.language.claims import said_in, unfounded
from berg.language.plain import STEMS, WORDS
from berg.language.words import stem

BRIEF = (
    "Tidewater",
    "Every batch is small, and slow. Two for £5.00 on Sundays in Hull. 1,000 cups. Best in May.",
)
BRIEF_ZH = ("潮水咖啡", "随潮而来。两杯三十元，五月一日起。Hull 分店。")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Slow, small batches", None),
        ("Two for the morning", None),
        ("2 for you", None),
        ("£5 for two", None),
        ("1000 cups of calm", None),
        ("Sundays in Hull", None),
        ("Best on Sundays", None),
        ("Tidewater's morning", None),
        ("May we wake you", None),
        ("I wake to Tidewater", None),
        ("Three for the morning", "number"),
        ("3 for the morning", "number"),
        ("Half a batch", "number"),
        ("The first batch", "number"),
        ("٣ cups", "number"),
        ("On Monday we wait", "date"),
        ("Wake up in March", "date"),
        ("Here today", "date"),
        ("$5 for two", "price"),
        ("Free batches", "price"),
        ("Small price", "price"),
        ("5% slow", "percentage"),
        ("The finest batch", "superlative"),
        ("The slowest batch", "superlative"),
        ("Guaranteed slow", "superlative"),
        ("Never slow", "superlative"),
        ("Small batches from Paris", "name"),
        ("Slow with Anna", "name"),
        ("Salted batches", "word"),
        ("Paris is small", "word"),
        ("A batch of thecake", "word"),
    ],
)
def test_english(text: str, claim: str | None) -> None:
    assert unfounded(text, said_in(BRIEF), language="en") == claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("随潮而来的咖啡", None),
        ("两杯咖啡", None),
        ("一杯咖啡", None),
        ("Hull的咖啡", None),
        ("三杯咖啡", "number"),
        ("3杯咖啡", "number"),
        ("九折咖啡", "price"),
        ("￥20的咖啡", "price"),
        ("免费咖啡", "price"),
        ("最好的咖啡", "superlative"),
        ("第一咖啡", "superlative"),
        ("周一见", "date"),
        ("今天喝咖啡", "date"),
        ("巴黎Paris咖啡", "name"),
    ],
)
def test_chinese(text: str, claim: str | None) -> None:
    assert unfounded(text, said_in(BRIEF_ZH), language="zh") == claim


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=6))
def test_plain_words_alone_claim_nothing(words: list[str]) -> None:
    assert unfounded(" ".join(words), said_in(()), language="en") is None


@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_what_the_brief_says_may_be_said(text: str, language: str) -> None:
    assert unfounded(text, said_in([text]), language=language) is None


def test_stems_are_those_of_the_words() -> None:
    assert {stem(word) for word in WORDS} == STEMS
