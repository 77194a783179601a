import time
from pathlib import Path

import pytest

from berg.brief.faults import Faults
from berg.brief.yaml_tree import parse
from tests.brief.parts import SMALL, faults, read

BOMB = "a: &a [x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "1:1: the file is empty"),
        (b"# nothing\n", "1:1: the file is empty"),
        (SMALL + "---\nberg: 1\n", "6:1: a second document begins here; keep one"),
        (SMALL + "title: again\n", '6:1: "title" is given twice, first on line 2'),
        (SMALL.replace("Tidewater", "&a x"), "2:8: &a: anchors are not read; delete it"),
        (SMALL.replace("Tidewater", "*a"), "2:8: *a: no aliases here; repeat it"),
        (SMALL.replace("Tidewater", "!!python/object:os.system x"), "tags are not read"),
        (SMALL.replace("Tidewater", "!local x"), "2:8: !local: tags are not read"),
        (SMALL + "{a: 1}: 2\n", "6:1: a key must be a plain word"),
        (SMALL + "<<: {a: 1}\n", '6:1: unknown key "<<"'),
        (SMALL + "x:\n\t- 1\n", "a tab is used to indent; YAML wants spaces"),
        (SMALL + "x: 'open\n", "not YAML: found unexpected end of stream"),
        (SMALL.replace("Tidewater", "a: b"), "2:9: a second ': ' on this line"),
        (SMALL.encode() + b"x: \xff\n", "6:4: byte 0xFF is not UTF-8"),
        (SMALL.encode("utf-16"), "the file is UTF-16; save it as UTF-8"),
        (SMALL.encode() + b"x: \xed\xa0\x80\n", "is not UTF-8"),
        (SMALL.replace("Tide", "Ti\x07de"), "2:10: control character U+0007"),
        (SMALL.replace("Tide", "Ti\x00de"), "2:10: control character U+0000"),
        (SMALL.replace("Tide", "Ti\u202ede"), "2:10: direction override U+202E"),
        (SMALL.replace("Tide", "Ti\u2028de"), "2:10: line separator U+2028"),
        (SMALL.replace("Tide", "Ti\ufeffde"), "2:10: character U+FEFF"),
        (SMALL.replace("Tidewater", '"\\ud800"'), "invalid Unicode character escape"),
        ("[" * 100_000, "nested more than 16 deep"),
        ("- " * 100_000, "nested more than 16 deep"),
        ("{a: " * 100_000, "nested more than 16 deep"),
        ("- a\n" * 30_000, "more than 20,000 values"),
        ("x" * (1 << 20) + "y", "larger than 1 MiB"),
        (BOMB, "anchors are not read"),
    ],
)
def test_what_is_not_read_is_told_with_its_place(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    begun = time.process_time()
    found = faults(tmp_path, text)
    assert any(message in fault for fault in found), found
    assert time.process_time() - begun < 30, "it hangs"


def test_a_byte_order_mark_and_foreign_line_ends_are_harmless(tmp_path: Path) -> None:
    plain = read(tmp_path, SMALL)
    assert read(tmp_path, b"\xef\xbb\xbf" + SMALL.encode()) == plain
    assert read(tmp_path, SMALL.replace("\n", "\r\n")) == plain


def test_all_strange_characters_are_told_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    text = SMALL.replace("Tide", "\x07Ti\x08de") + "sead: 1\n"
    found = faults(tmp_path, text)
    assert [fault.split(": ")[0] for fault in found] == ["2:8", "2:11", "6:1"]


def test_a_thousand_faults_are_counted_not_listed(tmp_path: Path) -> None:
    found = faults(tmp_path, SMALL + "".join(f"k{n}: 1\n" for n in range(1000)))
    assert len(found) == 101
    assert found[-1].endswith("and 900 more faults")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("script: We are #1 in town.\n", (1, 16)),
        ("a: b\nscript: Ask for  #42 now\n", (2, 18)),
        ("- one\n- two #3\n", (2, 7)),
        ("a: b\npalette: [#000,\n  red]\n", (2, 11)),
        ("palette: [red, #000,\n  blue]\n", (1, 16)),
    ],
)
def test_a_comment_that_is_hardly_meant_is_told_at_its_place(
    text: str, place: tuple[int, int]
) -> None:
    heard: list[tuple[int, int]] = []
    parse(text.encode(), Faults("x"), lambda at, said: heard.append((at.line, at.column)))
    assert heard == [place]


@pytest.mark.parametrize(
    "text",
    ['script: "We are #1 in town."\n', "a: b # a remark\n", "a: [b] #note\n", "a: |\n  we #1\n"],
)
def test_other_comments_are_let_be(text: str) -> None:
    heard: list[str] = []
    parse(text.encode(), Faults("x"), lambda at, said: heard.append(said))
    assert heard == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("brand: {palette: [navy, #fff]}\nmake:\n  - short: {}\n", (1, 25)),
        ("a: b\npalette: [navy, #000]\nc: d\n", (2, 17)),
    ],
)
def test_a_comment_that_hides_the_end_of_a_list_is_the_fault(
    text: str, place: tuple[int, int]
) -> None:
    faults = Faults("x")
    assert parse(text.encode(), faults) is None
    (fault,) = faults.error().faults
    assert (fault.line, fault.column) == place
    assert "a comment begins here" in fault.message
