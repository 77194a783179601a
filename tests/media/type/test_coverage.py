from pathlib import Path

import pytest

from berg.errors import MediaError
from berg.media.type.coverage import coverage, missing_glyphs, settable

Fonts = tuple[Path, ...]


def test_latin_greek_cyrillic_and_han_are_covered(fonts: Fonts) -> None:
    assert missing_glyphs("Zürich, Ελλάδα, Привет, 港口醒来 12 % €5", fonts) == ""


def test_letters_of_other_scripts_are_named_once_in_order(fonts: Fonts) -> None:
    assert missing_glyphs("שלום שלום", fonts) == "שלום"


def test_one_font_alone_lacks_han(fonts: Fonts) -> None:
    assert missing_glyphs("a港", fonts[:1]) == "港"


def test_pictographs_are_not_missing_but_left_out(fonts: Fonts) -> None:
    text = "Party 🎉 at 👩‍👩‍👧‍👦’s 🇩🇪 1️⃣ ❤️‍🔥 👍🏽"
    assert missing_glyphs(text, fonts) == ""
    assert settable(text, coverage(fonts)) == "Party at ’s 1"


def test_overrides_of_direction_and_control_characters_go(fonts: Fonts) -> None:
    assert settable("a\u202eb\u202c\u0000c\td", coverage(fonts)) == "abc d"


def test_what_is_no_font_is_refused(tmp_path: Path) -> None:
    lying = tmp_path / "font.ttf"
    lying.write_bytes(b"\x00\x01\x00\x00\x00\x20" + b"nonsense" * 9)
    with pytest.raises(MediaError, match=r"font\.ttf"):
        missing_glyphs("a", (lying,))
