"""`posters:` of a brief: what is meant, and every fault with line and column."""

from pathlib import Path

import pytest

from berg.lines.posters.ask import PostersAsk
from tests.brief.parts import faults, furnish, read

POSTERS = """\
berg: 1
title: Tidewater
make:
  - posters:
      headline: Cold water.
      sizes: [1080x1350]
"""


def posters_with(*lines: str) -> str:
    """`POSTERS` with more keys; the first is on line 7."""
    return POSTERS + "".join(f"      {line}\n" for line in lines)


def test_the_smallest_posters_are_completed(tmp_path: Path) -> None:
    (ask,) = read(tmp_path, POSTERS).make
    assert isinstance(ask, PostersAsk)
    assert ask.headlines == {"en": ("Cold water.",)}
    assert [layout.name for layout in ask.layouts] == [
        *("hero", "split", "type", "badge", "grid", "frame"),
    ]
    assert (ask.schemes, ask.variants, ask.formats) == (("dark", "light", "accent"), 12, ("jpeg",))
    assert (ask.name, ask.pictures, ask.each) == ("posters", (), None)


def test_whole_posters_say_what_was_meant(tmp_path: Path) -> None:
    furnish(tmp_path)
    (tmp_path / "own.typ").write_text("#import")
    text = """\
berg: 1
title: Tidewater
languages: [en, zh]
make:
  - posters:
      name: spring
      headlines: {en: [One, Two], zh: [一, 二, 三]}
      body: {en: Small batches, zh: 小批量}
      cta: {en: Order, zh: 订购}
      pictures: [photos/harbour.jpg, photos/farm.png]
      sizes: [1080x1350, A3]
      layouts: [hero, own.typ]
      schemes: [light]
      variants: 40
      formats: [png, webp]
"""
    (ask,) = read(tmp_path, text).make
    assert isinstance(ask, PostersAsk)
    assert ask.headlines["zh"] == ("一", "二", "三")
    assert [source.name for source in ask.pictures] == ["photos/harbour.jpg", "photos/farm.png"]
    assert [(s.name, s.width, s.height, s.paper_mm) for s in ask.sizes] == [
        ("1080x1350", 1080, 1350, None),
        ("A3", 3508, 4961, (297, 420)),
    ]
    assert [layout.template is not None for layout in ask.layouts] == [False, True]
    assert (ask.variants, ask.formats, ask.schemes) == (40, ("png", "webp"), ("light",))


@pytest.mark.parametrize(
    ("line", "at", "message"),
    [
        ("sises: [A3]", "7:7", 'unknown key "sises"; did you mean sizes?'),
        ("variants: 0", "7:17", "a whole number from 1 to 1000"),
        ("variants: 1001", "7:17", "a whole number from 1 to 1000"),
        ("layouts: [hreo]", "7:17", "did you mean hero?"),
        ("layouts: [none.typ]", "7:17", "none.typ"),
        ("layouts: []", "7:16", "0 given; write 1 to 12"),
        ("schemes: [darkk]", "7:17", "did you mean dark?"),
        ("formats: [gif]", "7:17", "jpeg, png or webp"),
        ("pictures: nowhere/", "7:17", "nowhere"),
        ("headlines: 6", "5:7", "write either headlines: or headline:"),
        ("model: smollm2", "7:14", "goes with headlines: and a number"),
        ("cta: " + "x" * 49, "7:12", "49 characters; at most 48"),
        ('body: "a\\u202eb"', "7:13", "direction override U+202E"),
        ("name: My Posters", "7:13", "small letters, digits and hyphens"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_do(
    tmp_path: Path, line: str, at: str, message: str
) -> None:
    (found,) = faults(tmp_path, posters_with(line))
    assert found.startswith(f"{at}: ")
    assert message in found
    assert len(found) < 400


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ("[]", "0 given; write 1 to 12"),
        ("[1080]", "(240 to 8192 a side, 25 megapixels at most), or paper: A6"),
        ("[A1]", "(240 to 8192 a side, 25 megapixels at most), or paper: A6"),
        ("[200x200]", "240 to 8192 pixels a side"),
        ("[8192x8192]", "25 megapixels at most"),
        ("[240x1000]", "a shape no longer than 4 to 1"),
        ("[A4, a4]", "a size is given twice"),
    ],
)
def test_sizes_that_cannot_be_made_are_refused(tmp_path: Path, sizes: str, message: str) -> None:
    (found,) = faults(tmp_path, POSTERS.replace("[1080x1350]", sizes))
    assert found.startswith("6:")
    assert message in found


def test_the_same_headline_twice_is_a_fault(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, POSTERS.replace("headline: Cold water.", "headlines: {en: [A, A]}"))
    assert "the same headline twice" in found


def test_a_column_that_the_table_has_not_is_a_fault_of_the_brief(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\na,Anna\n")
    text = POSTERS.replace("Cold water.", '"{nmae}, come"') + "      each: people.csv\n"
    (found,) = faults(tmp_path, text)
    assert found.startswith("5:17: ")
    assert "nmae" in found
