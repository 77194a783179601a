import io
from fractions import Fraction
from itertools import product
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from berg.brief.profiles import own_profile
from berg.errors import StepError
from berg.media.type import cards, endcard
from berg.media.type.captions import CaptionStyle, set_pages
from berg.media.type.colour import READABLE
from berg.media.type.label import set_label
from berg.media.type.label_room import clear_of, em_of, ems_of, fits, plate_height
from berg.media.type.layouts import LAYOUTS
from berg.media.type.safe import Box, safe_box
from berg.media.type.setter import Setter, Typeface
from berg.media.type.sheet import Cut, make_sheet
from berg.media.video.layers import Deck
from berg.media.video.yuv import empty_planes
from berg.schema.layer import Clear, Layer

from .stagehand import EN, PALETTE, ZH, length, luminances, over, spoken

SIZES = [(270, 480), (360, 360), (480, 270), (480, 384), (160, 640), (640, 160)]
PLACES = ("top-left", "top-right", "bottom-left", "bottom-right")
TALLEST = 70
"""Of type, thousandths: more than any of berg's own."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20z"/></svg>'

Rect = tuple[int, int, int, int]


def label(
    setter: Setter, size: tuple[int, int], *, language: str = "en", text: str = "",
    place: str = "top-left", height: int = 54,
) -> tuple[bytes, Layer]:  # fmt: skip
    image, (layer,) = set_label(
        text or own_profile("both").texts[language], language=language, family="Inter",
        place=place, height_thousandths=height, width=size[0], height=size[1], setter=setter,
    )  # type: ignore[arg-type]  # fmt: skip
    return image, layer


def rect_of(layer: Layer) -> Rect:
    return layer.left, layer.top, layer.left + layer.width, layer.top + layer.height


def meet(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def grounds(width: int, height: int) -> dict[str, np.ndarray]:
    noise = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    stripes = np.where(np.indices((height, width)).sum(0)[..., None] // 4 % 2, 255, 0)
    return {
        "noise": noise,
        "stripes": np.broadcast_to(stripes, (height, width, 3)).astype(np.uint8),
        **{
            name: np.full((height, width, 3), value, np.uint8)
            for name, value in (("white", 255), ("black", 0), ("grey", 128), ("light", 200))
        },
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("ground", ["white", "black", "grey", "light", "noise", "stripes"])
def test_the_label_reads_on_every_ground(typesetter: Setter, language: str, ground: str) -> None:
    image, layer = label(typesetter, (1080, 1080), language=language)
    seen = luminances(over(grounds(1080, 1080)[ground], image, [layer], 0))
    left, top, right, bottom = rect_of(layer)
    inside = seen[top + 8 : bottom - 8, left + 8 : right - 8]
    ink = inside >= 0.9
    near = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert ink.mean() > 0.08
    # what the letters are read against: the lightest of the plate's pixels, but for soft edges
    plate = np.quantile(inside[~near], 0.999)
    assert (np.median(inside[ink]) + 0.05) / (plate + 0.05) >= READABLE


@pytest.mark.parametrize("ground", ["white", "black", "grey", "light", "noise", "stripes"])
def test_it_reads_as_the_films_compositor_lays_it(
    typesetter: Setter, tmp_path: Path, ground: str
) -> None:
    image, layer = label(typesetter, (540, 960))
    (tmp_path / "sheet.png").write_bytes(image)
    grey = 16 + grounds(540, 960)[ground][..., 0] * (219 / 255)
    planes = empty_planes(540, 960)
    planes.y[:] = np.round(grey)
    Deck(tmp_path / "sheet.png", [layer]).blend(0, planes)
    shown = np.clip((planes.y.astype(float) - 16) * (255 / 219), 0, 255).round().astype(np.uint8)
    seen = luminances(np.repeat(shown[..., None], 3, axis=2))
    left, top, right, bottom = rect_of(layer)
    inside = seen[top + 6 : bottom - 6, left + 6 : right - 6]
    ink = inside >= 0.9
    near = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    plate = np.quantile(inside[~near], 0.999)
    assert (np.median(inside[ink]) + 0.05) / (plate + 0.05) >= READABLE


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", PLACES)
def test_it_stands_in_its_corner_of_the_safe_box(
    typesetter: Setter, size: tuple[int, int], place: str
) -> None:
    _, layer = label(typesetter, size, place=place)
    safe = safe_box(*size)
    left, top, right, bottom = rect_of(layer)
    assert safe.left - 1 <= left < right <= safe.right
    assert safe.top - 1 <= top < bottom <= safe.bottom
    assert (left - safe.left <= 1) if "left" in place else (safe.right - right <= 1)
    assert (top - safe.top <= 1) if "top" in place else (safe.bottom - bottom <= 1)
    assert left % 2 == top % 2 == 0


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (1920, 1080), (270, 480)])
def test_what_is_seen_of_chinas_words_is_5_percent_of_the_shorter_side(
    typesetter: Setter, size: tuple[int, int]
) -> None:
    image, _ = label(typesetter, size, language="zh", text="生成")
    sheet = np.asarray(Image.open(io.BytesIO(image)).convert("RGBA")).astype(int)
    rows = np.flatnonzero((sheet[..., :3].min(axis=2) > 90).any(axis=1))
    assert (rows[-1] - rows[0] + 1) >= 0.05 * min(size)


def test_it_is_seen_from_the_first_frame_to_the_last(typesetter: Setter) -> None:
    _, layer = label(typesetter, (270, 480))
    assert (layer.first, layer.end, layer.fade_in, layer.fade_out, layer.rise) == (0, None, 0, 0, 0)


def test_letters_stand_in_the_middle_of_the_plate(typesetter: Setter) -> None:
    for language, text in (("zh", "生成"), ("en", "AI")):
        image, layer = label(typesetter, (1080, 1080), language=language, text=text)
        sheet = np.asarray(Image.open(io.BytesIO(image)).convert("RGBA")).astype(int)
        ink = sheet[..., :3].min(axis=2) > 128
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        assert abs(rows[0] + rows[-1] - layer.height) <= 3
        assert abs(columns[0] + columns[-1] - layer.width) <= 5


def test_same_label_same_bytes(typesetter: Setter) -> None:
    assert label(typesetter, (270, 480)) == label(typesetter, (270, 480))


@pytest.mark.parametrize(
    ("text", "says"),
    [("AI 𓀀", "no font"), ("\u200d", "no font"), ("AI-generated, " * 4, "wider than the picture")],
)
def test_what_cant_be_set_is_an_error_not_a_box(typesetter: Setter, text: str, says: str) -> None:
    with pytest.raises(StepError, match=says):
        label(typesetter, (270, 480), text=text)


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(
        st.one_of(st.characters(codec="ascii", exclude_categories=("C",)),
                  st.sampled_from("生成合成语音人工智能·，。—…éüÅŒæßЖЩΩ")),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_no_text_is_wider_than_its_bound(typesetter: Setter, text: str) -> None:
    face = Typeface(family="Inter", size=100, weight=600, tracking=0.4)
    (width,) = typesetter.widths([text], face, language="zh")
    assert width <= 100 * ems_of(text) + 1


@pytest.mark.parametrize("size", [*SIZES, (64, 4096), (4096, 64), (1080, 1920)])
def test_what_fits_by_its_bound_can_be_set(typesetter: Setter, size: tuple[int, int]) -> None:
    for text, height in (("M" * 12, 56), ("生" * 12, 58), ("AI-generated · AI生成", 54)):
        assert fits(text, height=height)
        label(typesetter, size, text=text, height=height)


class Watched:
    """Stands in for `make_sheet`: draws what holds type or a logo as one piece, and keeps it.

    Grounds and shapes may lie under a label; type and logos may not.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.image, self.layers = b"", ()
        for module in (cards, endcard):
            monkeypatch.setattr(module, "make_sheet", self)

    def __call__(self, cuts, *, width, height, **rest):  # type: ignore[no-untyped-def]
        kept = [c.items for c in cuts if any(i["kind"] in ("text", "image") for i in c.items)]
        whole = Box(left=0, top=0, width=width, height=height)
        one = Cut(box=whole, items=[item for items in kept for item in items])
        made = make_sheet([one], width=width, height=height, **rest)
        self.image, self.layers = made
        return made

    def inked(self, box: Rect) -> bool:
        """Whether any of it lies in a box of the picture."""
        (layer,) = self.layers
        alpha = np.asarray(Image.open(io.BytesIO(self.image)).convert("RGBA"))[..., 3]
        left, top = max(0, box[0] - layer.left), max(0, box[1] - layer.top)
        right, bottom = max(0, box[2] - layer.left), max(0, box[3] - layer.top)
        return bool((alpha[top:bottom, left:right] > 1).any())


def clear_and_label(
    setter: Setter, size: tuple[int, int], place: str, language: str
) -> tuple[Clear, Rect]:
    clear = clear_of(place=place, height_thousandths=TALLEST, width=size[0], height=size[1])  # type: ignore[arg-type]
    text = {"en": "AI-generated AI生", "zh": "AI生成"}[language]
    _, layer = label(setter, size, language=language, place=place, height=TALLEST, text=text)
    return clear, rect_of(layer)


ACCENTED = "Élan: Ångström, Ünïcödé Éclairs every morning at the pier."
SAID = {"en": (f"{EN} {EN} {EN}", ACCENTED), "zh": (ZH * 3, ("咖啡。",))}
SHAPES, ODD = SIZES[:3], SIZES[3:]
CARDS = [
    *((size, language, "top-left", SAID[language]) for size in SHAPES for language in SAID),
    *((size, "en", "bottom-left", SAID["en"][:1]) for size in SHAPES),
    *((size, "zh", "top-left", SAID["zh"][:1]) for size in ODD),
]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card[0][0]}x{card[0][1]}-{card[1]}")
def test_cards_keep_their_type_clear_of_it(
    typesetter: Setter, monkeypatch: pytest.MonkeyPatch, card: tuple
) -> None:
    watched = Watched(monkeypatch)
    size, language, place, texts = card
    clear, box = clear_and_label(typesetter, size, place, language)
    for said, seed in product(texts, range(len(LAYOUTS))):
        words = spoken(said, each=3)
        cards.set_card(
            words, seed=seed, language=language, family="Inter", palette=PALETTE,
            brand="Tidewater & Söhne", width=size[0], height=size[1], fps=Fraction(30),
            frames=length(words), setter=typesetter, clear=clear,
        )  # fmt: skip
        assert watched.inked((0, 0, *size))
        assert not watched.inked(box)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", ["top-left", "bottom-right"])
def test_end_cards_keep_logo_name_and_line_clear_of_it(
    typesetter: Setter,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    place: str,
    tmp_path: Path,
) -> None:
    watched = Watched(monkeypatch)
    drawn = tmp_path / "logo.svg"
    drawn.write_text(LOGO)
    clear, box = clear_and_label(typesetter, size, place, "en")
    names = ("Tidewater", "Tidewater & Söhne International Coffee Roasters")
    lines = (None, f"{EN} {EN}"[:80])
    for brand, line, logo in product(names, lines, (None, drawn)):
        endcard.set_end_card(
            brand=brand, line=line, logo=logo, language="en", family="Inter", palette=PALETTE,
            width=size[0], height=size[1], fps=Fraction(30), setter=typesetter, scratch=tmp_path,
            clear=clear,
        )  # fmt: skip
        assert watched.inked((0, 0, *size))
        assert not watched.inked(box)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", ["plate", "outline"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_captions_keep_clear_of_it(
    typesetter: Setter, size: tuple[int, int], look: str, language: str
) -> None:
    words = spoken(SAID[language][0], each=3)
    for place, mode in product(PLACES, ("word", "sentence")):
        clear, box = clear_and_label(typesetter, size, place, language)
        style = CaptionStyle(
            mode=mode, look=look, language=language, family="Inter", palette=PALETTE,
            width=size[0], height=size[1], fps=Fraction(30), clear=clear,
        )  # type: ignore[arg-type]  # fmt: skip
        made = set_pages(words, style=style, frames=length(words), setter=typesetter)
        assert made is not None
        assert not [layer for layer in made[1] if meet(rect_of(layer), box)]


def test_the_em_is_what_was_asked_for_and_the_plate_holds_it() -> None:
    for short, height in product((64, 270, 1079, 1080), (44, 50, 54)):
        em = em_of(height=height, picture=(short, 1920))
        assert em * 1000 == pytest.approx(short * height)
        assert plate_height(em) >= 1.5 * em
