from hypothesis import given, settings
from hypothesis import strategies as st

from berg.lines.posters.design.lines import settings_of
from berg.lines.posters.design.tokens import tokens_of
from berg.media.type.breaks import NO_END, NO_START
from berg.media.type.text import clean, is_wide


def broken(text: str, language: str = "en") -> list[tuple[str, ...]]:
    tokens = tokens_of(text, language=language)
    widths = [sum(2 if is_wide(c) else 1 for c in t.text) for t in tokens]
    return [s.lines for s in settings_of(tokens, widths, space=0.5)]


def test_lines_break_after_sentences_and_clauses_first() -> None:
    assert ("Cold water.", "Warm coffee.") in broken("Cold water. Warm coffee.")
    assert ("Roasted at dawn,", "and on your doorstep tomorrow.") in broken(
        "Roasted at dawn, and on your doorstep tomorrow."
    )


def test_chinese_breaks_between_words_and_leaves_no_character_alone() -> None:
    found = broken("清晨出炉，第二天就到你家门口。", "zh")
    assert ("清晨出炉，", "第二天就到", "你家门口。") in found
    assert not any("家门" in line and "口" not in line for lines in found for line in lines)


def test_a_long_address_breaks_after_its_slashes_and_dots() -> None:
    two = broken("https://tidewater.example/spring/launch")[1]
    assert two[0].endswith(("/", "."))
    assert "".join(two) == "https://tidewater.example/spring/launch"


def test_a_word_is_never_broken() -> None:
    assert broken("Donaudampf") == [("Donaudampf",)]


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(
        st.sampled_from("abcde fghij. klm, 咖啡港口，。！“”（）《》3%$—"), min_size=1, max_size=140
    ),
    language=st.sampled_from(["en", "zh"]),
)
def test_every_setting_holds_the_whole_text_and_keeps_the_rules(text: str, language: str) -> None:
    wanted = clean(text)
    if not wanted:
        return
    widest = float("inf")
    tokens = tokens_of(wanted, language=language)
    widths = [float(len(t.text)) for t in tokens]
    for setting in settings_of(tokens, widths, space=1.0):
        assert "".join(setting.lines).replace(" ", "") == wanted.replace(" ", "")
        assert setting.widest < widest
        widest = setting.widest
        for before, after in zip(setting.lines, setting.lines[1:], strict=False):
            assert before[-1] not in NO_END
            assert after[0] not in NO_START
