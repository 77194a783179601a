from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.type.breaks import NO_END, NO_START, Unbreakable, balanced, paginate, width_of

HARBOUR = "Before the harbour wakes, we roast every bean by hand."
SMALL = "we roast it in very small careful batches today"
CARRIED = "we carried the coffee to the harbour"


def pieces(texts: list[str], *, space: bool) -> list[Unbreakable]:
    return [
        Unbreakable(text=t, space=space, width=float(len(t)), word=i) for i, t in enumerate(texts)
    ]


def texts_of(lines: list[list[Unbreakable]]) -> list[str]:
    return ["".join(p.text + " " * p.space for p in line).strip() for line in lines]


def pages_of(found: list[Unbreakable], widest: float, each: int = 9) -> list[list[str]]:
    lasts = [each * (i + 1) for i in range(len(found))]
    pages = paginate(found, space=1.0, widest=widest, most=2, lasts=lasts, shortest=20)
    return [texts_of(page) for page in pages]


def test_a_page_ends_at_punctuation_rather_than_where_the_line_is_full() -> None:
    found = pieces(
        ["Before", "the", "harbour", "wakes,", "we", "roast", "every", "bean", "by", "hand."],
        space=True,
    )
    assert pages_of(found, 16.0) == [
        ["Before the", "harbour wakes,"],
        ["we roast every", "bean by hand."],
    ]


def test_no_page_is_left_with_one_short_word() -> None:
    found = pieces(SMALL.split(), space=True)
    assert all(len(" ".join(page).split()) > 1 for page in pages_of(found, 20.0))


def test_a_line_does_not_end_on_an_article() -> None:
    found = pieces(CARRIED.split(), space=True)
    lines = balanced(found, space=1.0, widest=22.0, most=2)
    assert lines is not None
    assert not texts_of(lines)[0].endswith("the")


def test_what_does_not_fit_is_not_set() -> None:
    assert balanced(pieces(["aaaa", "bbbb"], space=True), space=1.0, widest=3.0, most=2) is None


HAN = st.text("港口醒来之前我们已经开始烘焙每一颗豆子", min_size=1, max_size=4)
CLOSED = st.builds(lambda a, b: a + b, HAN, st.sampled_from(["", "，", "。", "」", "！", "……"]))
OPENED = st.builds(lambda a, b: a + b, st.sampled_from(["", "「", "（", "《"]), CLOSED)


@settings(max_examples=120, deadline=None)
@given(st.lists(OPENED, min_size=1, max_size=16), st.integers(9, 20))
def test_no_han_line_begins_with_closing_or_ends_with_opening_punctuation(
    texts: list[str], widest: int
) -> None:
    found = pieces(texts, space=False)
    lasts = [9 * (i + 1) for i in range(len(found))]
    pages = paginate(found, space=0.0, widest=float(widest), most=2, lasts=lasts, shortest=20)
    lines = [line for page in pages for line in page]
    assert "".join(p.text for line in lines for p in line) == "".join(texts)
    assert all(line[0].text[0] not in NO_START for line in lines)
    assert all(line[-1].text[-1] not in NO_END for line in lines)
    assert all(width_of(line, 0.0) <= widest for line in lines)
