import io
from fractions import Fraction
from typing import Literal

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from berg.errors import StepError
from berg.media.type.arrival import KEEP_CLEAR
from berg.media.type.captions import CaptionStyle, set_pages
from berg.media.type.colour import READABLE
from berg.media.type.safe import safe_box
from berg.media.type.setter import Setter
from berg.media.type.words import TimedWord

from .stagehand import EN, PALETTE, ZH, length, luminances, over, spoken

SHAPES = [(270, 480), (360, 360), (480, 270)]


def style(
    *,
    mode: Literal["sentence", "word"] = "word",
    look: Literal["plate", "outline"] = "outline",
    language: str = "en",
    size: tuple[int, int] = (270, 480),
    palette: tuple[str, ...] = PALETTE,
) -> CaptionStyle:
    return CaptionStyle(
        mode=mode, look=look, language=language, family="Inter", palette=palette,
        width=size[0], height=size[1], fps=Fraction(30),
    )  # fmt: skip


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("look", ["outline", "plate"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_layers_lie_inside_the_safe_box_and_inside_the_sheet(
    typesetter: Setter, size: tuple[int, int], look: Literal["plate", "outline"], language: str
) -> None:
    words = spoken(EN if language == "en" else ZH)
    made = set_pages(
        words,
        style=style(look=look, language=language, size=size),
        frames=length(words),
        setter=typesetter,
    )
    assert made is not None
    safe = safe_box(*size)
    wide, tall = Image.open(io.BytesIO(made[0])).size
    for layer in made[1]:
        assert safe.left <= layer.left
        assert layer.left + layer.width <= safe.right
        assert safe.top <= layer.top
        assert layer.top + layer.height <= safe.bottom
        assert layer.x + layer.width <= wide
        assert layer.y + layer.height <= tall


def test_a_word_is_highlighted_from_the_frame_in_which_it_sounds(typesetter: Setter) -> None:
    words = spoken(EN, each=11)
    made = set_pages(words, style=style(), frames=length(words), setter=typesetter)
    assert made is not None
    starts = {layer.first for layer in made[1]}
    assert {word.first for word in words} <= starts


def test_no_caption_is_seen_in_the_last_ten_frames_of_a_shot(typesetter: Setter) -> None:
    words = spoken(EN)
    frames = words[-1].end + 1
    made = set_pages(words, style=style(), frames=frames, setter=typesetter)
    assert made is not None
    assert max(layer.end or 10**9 for layer in made[1]) <= frames - KEEP_CLEAR


def test_without_words_or_with_pictographs_alone_there_is_no_sheet(typesetter: Setter) -> None:
    assert set_pages((), style=style(), frames=60, setter=typesetter) is None
    assert set_pages(spoken("🎉 👩‍🚀"), style=style(), frames=60, setter=typesetter) is None


def test_the_same_words_give_the_same_bytes(typesetter: Setter, fonts: tuple) -> None:  # type: ignore[type-arg]
    words = spoken(EN)
    first = set_pages(words, style=style(), frames=length(words), setter=typesetter)
    again = set_pages(words, style=style(), frames=length(words), setter=Setter(fonts))
    assert first == again


@pytest.mark.parametrize("look", ["outline", "plate"])
@pytest.mark.parametrize("accent", ["#FF6663", "#0B3954", "#FFFFFF", "#111111"])
@pytest.mark.parametrize("ground", ["white", "black", "grey", "noise"])
def test_letters_stand_out_from_what_touches_them_on_any_picture(
    typesetter: Setter, look: Literal["plate", "outline"], accent: str, ground: str
) -> None:
    size = (540, 960)
    words = spoken("Roasted slowly")
    look_style = style(look=look, size=size, palette=("#0B3954", accent, "#FFF4E0"))
    made = set_pages(words, style=look_style, frames=length(words), setter=typesetter)
    assert made is not None
    picture = over(_ground(ground, size), made[0], made[1], words[0].first + 4)
    letters = _letters(made, words[0].first + 4, size)
    light = luminances(picture)
    for region in letters:
        ring = _beside(region)
        low, high = sorted((float(np.median(light[region])), float(np.median(light[ring]))))
        assert (high + 0.05) / (low + 0.05) >= READABLE


def _ground(kind: str, size: tuple[int, int]) -> np.ndarray:
    shape = (size[1], size[0], 3)
    if kind == "noise":
        return np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    return np.full(shape, {"white": 255, "black": 0, "grey": 119}[kind], np.uint8)


def _letters(made: tuple, frame: int, size: tuple[int, int]) -> list[np.ndarray]:  # type: ignore[type-arg]
    """Masks of plain and of spoken letters: what is the same over white and over black and has
    one of the two colours most seen in the sheet's letters."""
    on_white = over(_ground("white", size), made[0], made[1], frame).astype(int)
    on_black = over(_ground("black", size), made[0], made[1], frame).astype(int)
    opaque = (np.abs(on_white - on_black).max(axis=2) <= 1).astype(np.uint8)
    flat = on_white[..., 0] << 16 | on_white[..., 1] << 8 | on_white[..., 2]
    found = []
    if opaque.sum() == 0:
        return found
    colours, counts = np.unique(flat[opaque == 1], return_counts=True)
    for colour in colours[np.argsort(-counts)][:3]:
        mask = (flat == colour) & (opaque == 1)
        parts, _ = cv2.connectedComponents(mask.astype(np.uint8))
        if parts > 4 and luminances(on_white[mask][:1].astype(np.uint8))[0] > 0.05:
            found.append(cv2.erode(mask.astype(np.uint8), np.ones((2, 2), np.uint8)) == 1)
    assert found
    return found


def _beside(letters: np.ndarray) -> np.ndarray:
    """The rim just outside a letter's blurred edge."""
    mask = letters.astype(np.uint8)
    near = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    return (cv2.dilate(mask, np.ones((7, 7), np.uint8)) == 1) & (near == 0)


def test_a_letter_that_no_font_has_is_refused_and_named(typesetter: Setter) -> None:
    with pytest.raises(StepError, match="ษ"):
        set_pages(spoken("ภาษา ไทย"), style=style(), frames=60, setter=typesetter)


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") $x^2$ *bold* _it_ \\n \\u{41} `raw` <label> @ref // no /* no */ "q" ~ --',
        "a\u0000b \u202eevil\u202c \u2066x\u2069 tab\there",
        "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3,
        "https://example.com/a/very/long/path?with=queries&and=more#fragment",
        "party 🎉 time 👩‍👩‍👧‍👦 flag 🇩🇪 keycap 1️⃣ heart ❤️‍🔥",
    ],
)
def test_whatever_is_written_is_only_ever_text(typesetter: Setter, text: str) -> None:
    words = spoken(text)
    for look in ("outline", "plate"):
        made = set_pages(words, style=style(look=look), frames=length(words), setter=typesetter)  # type: ignore[arg-type]
        assert made is not None
        safe = safe_box(270, 480)
        assert all(safe.left <= layer.left for layer in made[1])
        assert all(layer.left + layer.width <= safe.right for layer in made[1])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(st.characters(max_codepoint=0xFF), min_size=1, max_size=12), max_size=14),
    st.integers(1, 20),
)
def test_any_latin_text_gives_pages_that_do_not_overlap(
    typesetter: Setter, texts: list[str], each: int
) -> None:
    words = tuple(
        TimedWord(text=text, space=True, first=3 + each * i, end=3 + each * (i + 1))
        for i, text in enumerate(texts)
    )
    frames = 15 + each * len(texts)
    made = set_pages(words, style=style(mode="sentence"), frames=frames, setter=typesetter)
    pages = made[1] if made else ()
    ends = [layer.end or 0 for layer in pages]
    assert all(end <= after.first for end, after in zip(ends, pages[1:], strict=False))
    assert all(layer.first < (layer.end or 0) <= frames - KEEP_CLEAR for layer in pages)


def test_every_part_of_a_word_wider_than_a_page_is_seen_in_its_turn(typesetter: Setter) -> None:
    words = spoken("see https://example.com/" + "a-long-path/" * 8, each=60)
    made = set_pages(words, style=style(mode="sentence"), frames=length(words), setter=typesetter)
    assert made is not None
    firsts = [layer.first for layer in made[1]]
    assert len(firsts) >= 3
    assert firsts == sorted(set(firsts))
