import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.sentences import clauses, ends_sentence, join, paragraphs, sentences

CASES = """
We roast. We wait. | We roast. / We wait.
No end at all | No end at all
Dr. Hale came. | Dr. Hale came.
Mr. and Mrs. Okoye sat down. They ate. | Mr. and Mrs. Okoye sat down. / They ate.
Prof. J. R. R. Tolkien wrote it. | Prof. J. R. R. Tolkien wrote it.
It cost $3.50 a cup. Then more. | It cost $3.50 a cup. / Then more.
Version 2.0.1 is out. Get it. | Version 2.0.1 is out. / Get it.
Use tools, e.g. a hammer. Done. | Use tools, e.g. a hammer. / Done.
Some, i.e. Two, stayed. | Some, i.e. Two, stayed.
We open at 7 a.m. every day. | We open at 7 a.m. every day.
We open at 7 a.m. Come early. | We open at 7 a.m. / Come early.
We open at 7 a.m. Monday. | We open at 7 a.m. Monday.
The U.S. Navy came. | The U.S. Navy came.
It began in the U.S. The rest followed. | It began in the U.S. / The rest followed.
Acme Inc. Press was sold. | Acme Inc. Press was sold.
We are Acme Inc. We make bread. | We are Acme Inc. / We make bread.
See No. 5 on the list. | See No. 5 on the list.
No. We roast our own. | No. / We roast our own.
Fig. 3 shows it. Look. | Fig. 3 shows it. / Look.
On Jan. 5 we open. Come. | On Jan. 5 we open. / Come.
Bread, milk, etc. The rest is yours. | Bread, milk, etc. / The rest is yours.
Bread, milk, etc. and more. | Bread, milk, etc. and more.
Red vs. Blue is on. | Red vs. Blue is on.
St. Ives is near. Go there. | St. Ives is near. / Go there.
Wait... what was that? | Wait... what was that?
Wait... Then it came. | Wait... / Then it came.
I thought… Well. It was fine. | I thought… / Well. / It was fine.
Really?! Yes. | Really?! / Yes.
Stop!!! Now listen. | Stop!!! / Now listen.
What? No! Yes. | What? / No! / Yes.
"Stop!" he said. | "Stop!" he said.
"Stop." He left. | "Stop." / He left.
“Stop.” He left. | “Stop.” / He left.
He said, “Stop.” Then he left. | He said, “Stop.” / Then he left.
She asked, "Why?" We knew. | She asked, "Why?" / We knew.
(We know.) It is late. | (We know.) / It is late.
It works (mostly.) Fine. | It works (mostly.) / Fine.
She said "coffee is patience." Taste it. | She said "coffee is patience." / Taste it.
Visit tidewater.example today. Or call. | Visit tidewater.example today. / Or call.
Visit tidewater.example. Then call. | Visit tidewater.example. / Then call.
Write to hi@tidewater.example. Now. | Write to hi@tidewater.example. / Now.
See https://a.example/x?y=1.html for it. Go. | See https://a.example/x?y=1.html for it. / Go.
We like Yahoo! as a name. | We like Yahoo! as a name.
It was I. Then he came. | It was I. / Then he came.
Plan B. Then plan C. | Plan B. / Then plan C.
She holds a Ph.D. in physics. Really. | She holds a Ph.D. in physics. / Really.
It grew by 5 %. Then it fell. | It grew by 5 %. / Then it fell.
It was 1999. Then came 2000. | It was 1999. / Then came 2000.
Main St. Bakery is open. | Main St. Bakery is open.
1. Roast it. | 1. Roast it.
«Bonjour.» He smiled. | «Bonjour.» / He smiled.
The end.) Then. | The end.) / Then.
Hello.你好。 | Hello. / 你好。
你好。再见。 | 你好。 / 再见。
你好！真的吗？是的。 | 你好！ / 真的吗？ / 是的。
他说：“走吧。”我们走了。 | 他说：“走吧。” / 我们走了。
“走吧！”他说。我们走了。 | “走吧！”他说。 / 我们走了。
“走吧！”他笑着说。 | “走吧！”他笑着说。
「港口醒了。」我們出發。 | 「港口醒了。」 / 我們出發。
（我们知道。）天黑了。 | （我们知道。） / 天黑了。
我想……算了。 | 我想…… / 算了。
春天来了；花开了。 | 春天来了； / 花开了。
真的吗？！是的。 | 真的吗？！ / 是的。
价格是3.5元。很便宜。 | 价格是3.5元。 / 很便宜。
我们用Kokoro 2.0。很好。 | 我们用Kokoro 2.0。 / 很好。
访问 tidewater.example 了解更多。谢谢。 | 访问 tidewater.example 了解更多。 / 谢谢。
早上7点开门!欢迎。 | 早上7点开门! / 欢迎。
没有句号 | 没有句号
他说"走吧。"然后走了。 | 他说"走吧。" / 然后走了。
品尝。”味道好。 | 品尝。” / 味道好。
😀 Yes! 🎉 Party. | 😀 Yes! / 🎉 Party.
שלום. מה שלומך? | שלום. / מה שלומך?
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_sentences_end_where_a_reader_would_end_them(case: str) -> None:
    text, expected = case.split(" | ")
    assert sentences([text]) == expected.split(" / ")


def test_there_are_at_least_sixty_fixed_cases() -> None:
    assert len(CASES.strip().splitlines()) >= 60


def test_a_broken_line_is_white_space_but_a_bullet_begins_anew() -> None:
    assert sentences(["We roast", "every day. We", "wait."]) == ["We roast every day.", "We wait."]
    assert sentences(["港口醒来", "之前。"]) == ["港口醒来之前。"]
    assert sentences(["We sell", "- bread", "- milk"]) == ["We sell", "- bread", "- milk"]


def test_a_blank_line_parts_paragraphs() -> None:
    assert paragraphs("\n a  b \nc\n\n\n \nd\n") == [["a b", "c"], ["d"]]


def test_a_line_ends_a_sentence_with_its_stop_and_what_closes_after_it() -> None:
    assert ends_sentence('He said "go."')
    assert ends_sentence("走吧！”")
    assert not ends_sentence("We roast,")


def test_long_sentences_are_cut_evenly_after_commas_but_not_inside_numbers() -> None:
    text = "In spring, when 1,000 gulls return, the whole harbour, every street of it, smells."
    assert clauses(text, 2) == [
        "In spring, when 1,000 gulls return,",
        "the whole harbour, every street of it, smells.",
    ]
    assert clauses("No comma here at all.", 2) is None
    assert clauses("春天，海鸥回来，整个港口都醒了。", 3) == [
        "春天，",
        "海鸥回来，",
        "整个港口都醒了。",
    ]


ANY_TEXT = st.text(alphabet=st.sampled_from("aB .!?…\"'“”()，。！？；」1\n-港口说 Dr"), max_size=80)


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT)
def test_no_text_is_lost_between_sentences(text: str) -> None:
    found = [s for lines in paragraphs(text) for s in sentences(lines)]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(found)


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT, st.integers(2, 5))
def test_no_text_is_lost_between_clauses(text: str, count: int) -> None:
    line = " ".join(text.split())
    pieces = clauses(line, count)
    if pieces is not None:
        assert len(pieces) == count
        assert "".join("".join(pieces).split()) == "".join(line.split())


def test_chinese_is_joined_without_a_space_and_latin_with_one() -> None:
    assert join("We roast.", "We wait.") == "We roast. We wait."
    assert join("走吧。", "再见。") == "走吧。再见。"
