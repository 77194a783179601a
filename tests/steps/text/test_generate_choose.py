"""Which of a model's lines become headlines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.steps.text.generate.choose import ChosenHeadlines, alike, tidy
from berg.steps.text.generate.declare import WriteHeadlines
from berg.steps.text.generate.prompt import question


def call(**told: object) -> WriteHeadlines:
    plain = {
        "language": "en",
        "count": 3,
        "least": 12,
        "most": 40,
        "brand": "Tidewater",
        "title": "Spring launch",
        "body": "Before the harbour wakes, we roast. Every batch is small, and slow.",
        "model": "smollm2",
    }
    return WriteHeadlines(**{**plain, **told})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- Wake up with the harbour.", None),
        ("- Slow mornings. Small batches.", None),
        ("- Roast slow and begin slow.", "unfinished"),
        ("- The harbour wakes to the", "unfinished"),
        ("- Before of the harbour.", "unfinished"),
        ("- Roast it.", "too short"),
        ("- " + "slow small " * 5, "too long"),
        ("- Here is the harbour morning.", "prompt"),
        ("- **Harbour** morning light", "script"),
        ("- Harbour morning light ☕", "script"),
        ('- "Harbour morning light"', "script"),
        ("- 港口 harbour morning", "script"),
        ("- Before the harbour wakes, we roast.", "copied"),
        ("- Morning light for you.", "off the subject"),
        ("- A harbour for 3 mornings", "number"),
        ("- Small batch by Friday", "date"),
        ("- Harbour of Paris wakes", "name"),
    ],
)
def test_each_line_is_kept_or_refused_for_a_reason(line: str, reason: str | None) -> None:
    chosen = ChosenHeadlines(call=call())
    chosen.consider(line, likely=-1.0)
    assert dict(chosen.rejected) == ({reason: 1} if reason else {})
    assert len(chosen.found) == (reason is None)


def test_the_same_said_twice_counts_once() -> None:
    chosen = ChosenHeadlines(call=call())
    for line in ("Wake up with the harbour.", "wake up with the HARBOUR", "Wake with a harbour"):
        chosen.consider(line, likely=-1.0)
    assert [*chosen.found] == ["Wake up with the harbour"]
    assert chosen.rejected["repeated"] == 2


def test_the_brand_is_written_as_it_writes_itself() -> None:
    chosen = ChosenHeadlines(call=call())
    chosen.consider("Wake up with tidewater", likely=-1.0)
    assert [*chosen.found] == ["Wake up with Tidewater"]


def test_the_likeliest_are_taken_in_the_order_in_which_they_came() -> None:
    chosen = ChosenHeadlines(call=call())
    for line, likely in (
        ("Roast slow at dawn.", -2.0),
        ("Small batch, big morning.", -3.0),
        ("Wake with the harbour.", -1.0),
    ):
        chosen.consider(line, likely=likely)
    assert chosen.best(2) == ("Roast slow at dawn", "Wake with the harbour")


def test_chinese_is_judged_as_chinese() -> None:
    chosen = ChosenHeadlines(
        call=call(language="zh", least=4, most=14, title="潮水咖啡", body="清晨烘焙，随潮而来。")
    )
    for line in ("- 随潮而来的清晨。", "- 最好的咖啡在清晨", "- good morning", "- 清晨的烘焙的"):
        chosen.consider(line, likely=-1.0)
    assert [*chosen.found] == ["随潮而来的清晨"]
    assert dict(chosen.rejected) == {"superlative": 1, "script": 1, "unfinished": 1}


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_any_line_is_judged_and_what_is_kept_is_within_length(line: str, language: str) -> None:
    chosen = ChosenHeadlines(call=call(language=language))
    chosen.consider(line, likely=0.0)
    assert len(chosen.found) + chosen.rejected.total() == 1
    assert all(12 <= len(text) <= 40 for text in chosen.found)


@given(st.text(max_size=30))
def test_a_text_is_like_itself_and_tidying_twice_changes_nothing(text: str) -> None:
    assert alike(text, text)
    once = tidy(text, "en")
    assert tidy(once, "en") == once


@given(
    st.text(max_size=200), st.text(max_size=40), st.sampled_from(["en", "zh"]), st.integers(0, 99)
)
def test_no_text_of_a_brief_gets_out_of_its_string_in_the_grammar(
    body: str, brand: str, language: str, attempt: int
) -> None:
    asked = question(call(body=body, brand=brand, language=language), seed=1, attempt=attempt)
    root = asked.grammar.split("\n", 1)[0]
    assert root.count('"') == 4 * len(asked.openings)
    assert "\\" not in root.replace('"\\n"', "")
    assert asked == question(
        call(body=body, brand=brand, language=language), seed=1, attempt=attempt
    )
