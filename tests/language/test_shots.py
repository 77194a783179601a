import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.shots import Draft, Uneven, rough_seconds, shot_id, shots_of


def texts(script: dict[str, str], language: str) -> list[str]:
    shots = shots_of(script)
    assert not isinstance(shots, Uneven)
    return [shot.text[language] for shot in shots]


def test_languages_are_matched_sentence_by_sentence() -> None:
    shots = shots_of(
        {
            "en": "The harbour sleeps tonight. We roast in the dark.\n\nTaste what it brings.",
            "zh": "今夜港口睡着了。我们在黑暗里烘焙。\n\n尝尝潮水带来的味道。",
        }
    )
    assert shots == [
        Draft({"en": "The harbour sleeps tonight.", "zh": "今夜港口睡着了。"}, opens=True),
        Draft({"en": "We roast in the dark.", "zh": "我们在黑暗里烘焙。"}, opens=False),
        Draft({"en": "Taste what it brings.", "zh": "尝尝潮水带来的味道。"}, opens=True),
    ]


def test_uneven_languages_say_how_many_and_where_they_part() -> None:
    shots = shots_of(
        {
            "en": "The harbour sleeps tonight. We roast. Slowly and in the dark. Taste the tide.",
            "zh": "今夜港口睡着了。我们在黑暗里慢慢烘焙。尝尝潮水的味道。",
        }
    )
    assert isinstance(shots, Uneven)
    assert shots.counts == {"en": 4, "zh": 3}
    message = shots.explain(repr)
    assert "4 in en, 3 in zh" in message
    assert "We roast." in message
    assert "one sentence per line" in message


def test_paragraphs_may_differ_as_long_as_the_sentences_match() -> None:
    shots = shots_of(
        {
            "en": "The harbour sleeps tonight.\n\nWe roast in the dark.",
            "zh": "今夜港口睡着了。我们在黑暗里烘焙。",
        }
    )
    assert not isinstance(shots, Uneven)
    assert [shot.opens for shot in shots] == [True, True]
    lines = {"en": "We wait. We roast.\n\nCome.", "zh": "我们等待并且烘焙。\n来吧。"}
    assert texts(lines, "en") == ["We wait. We roast.", "Come."]


def test_lines_decide_where_every_line_ends_a_sentence() -> None:
    script = {
        "en": "We roast. We wait. We pour.\nCome and taste it.",
        "zh": "我们烘焙，等待，然后倒出。\n来尝尝吧",
    }
    assert texts(script, "en") == ["We roast. We wait. We pour.", "Come and taste it."]


def test_a_wrapped_paragraph_is_not_cut_at_its_line_ends() -> None:
    script = {"en": "We roast in small\nbatches every day. We wait for\nthe tide to turn."}
    assert texts(script, "en") == [
        "We roast in small batches every day.",
        "We wait for the tide to turn.",
    ]


def test_a_long_sentence_is_cut_at_its_commas_in_all_languages_or_none() -> None:
    long_en = (
        "When the last boats have come in and the nets hang to dry along the wall, we light the "
        "roaster in the old sail loft, and the whole street knows that it is Thursday again."
    )
    zh = "最后的船回来，渔网挂在墙上晾干时，我们点燃老帆布阁楼里的烘焙机，整条街都知道又是星期四。"
    assert len(texts({"en": long_en}, "en")) == 2
    assert len(texts({"en": long_en, "zh": zh}, "zh")) == 2
    assert texts({"en": long_en, "zh": "整条街都知道又是星期四了。"}, "en") == [long_en]


def test_a_very_short_sentence_joins_its_neighbour_but_not_across_paragraphs() -> None:
    assert texts({"en": "Yes. We roast at night again."}, "en") == ["Yes. We roast at night again."]
    assert texts({"en": "We roast at night again. Yes."}, "en") == ["We roast at night again. Yes."]
    apart = texts({"en": "Yes.\n\nWe roast at night again."}, "en")
    assert apart == ["Yes.", "We roast at night again."]


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.sampled_from("abC .,!?\n，。港口"), max_size=300).filter(str.strip))
def test_shots_hold_all_of_the_script(script: str) -> None:
    joined = "".join(texts({"en": script}, "en"))
    assert "".join(joined.split()) == "".join(script.split())


def test_ids_hang_on_text_and_occurrence_alone() -> None:
    assert shot_id("We  roast.", 0) == shot_id("We roast.", 0) == "bb4b6195"
    assert shot_id("We roast.", 1) != shot_id("We roast.", 0)


def test_chinese_takes_about_a_quarter_of_a_second_a_character() -> None:
    assert rough_seconds("港口港口") == 1


UNITS = (
    "! ",
    "a. ",
    "Mr. ",
    "a, ",
    "。",
    "港，",
    '港。"',
    "...",
    "\n- a",
    "a\n",
    "a.\n",
    "“",
    "1.",
    "a.a",
)


@pytest.mark.parametrize("unit", UNITS)
def test_the_longest_script_of_anything_is_cut_soon(unit: str) -> None:
    begun = time.process_time()
    shots_of({"en": unit * (20_000 // len(unit)), "zh": "港口。" * 6000})
    shots_of({"en": "a" + unit * (19_999 // len(unit))})
    assert time.process_time() - begun < 10, "a search that is not linear takes minutes here"
