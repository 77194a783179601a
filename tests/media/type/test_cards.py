from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from berg.errors import MediaError
from berg.media.type.arrival import AHEAD
from berg.media.type.cards import keyword, set_card
from berg.media.type.colour import READABLE, contrast, schemes
from berg.media.type.endcard import set_end_card
from berg.media.type.layouts import LAYOUTS
from berg.media.type.setter import Setter
from berg.schema.layer import Layer

from .stagehand import EN, PALETTE, ZH, length, over, spoken

SHAPES = [(270, 480), (360, 360), (480, 270)]
TEXTS = [
    spoken(EN),
    spoken(ZH),
    spoken("Coffee."),
    spoken("Incomprehensibilities https://example.com/a/very/long/path/that/never/ends"),
    spoken(EN + " " + EN + " " + EN, each=3),
]


def make(setter: Setter, words: tuple, size: tuple[int, int], seed: int, palette=PALETTE):  # type: ignore
    return set_card(
        words, seed=seed, language="zh" if words is TEXTS[1] else "en", family="Inter",
        palette=palette, brand="Tidewater & Söhne", width=size[0], height=size[1],
        fps=Fraction(30), frames=length(words), setter=setter,
    )  # fmt: skip


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_every_layout_sets_every_text_inside_the_picture(
    typesetter: Setter, size: tuple[int, int], layout: int
) -> None:
    for words in TEXTS:
        _, _, layers, entrance = make(typesetter, words, size, layout)
        assert len(layers) >= len(words)
        for layer in layers:
            assert 0 <= layer.left <= layer.left + layer.width <= size[0]
            assert 0 <= layer.top <= layer.top + layer.height <= size[1]
            assert layer.first + layer.fade_in <= entrance


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_words_arrive_as_they_are_spoken(typesetter: Setter, layout: int) -> None:
    words = TEXTS[0]
    _, _, layers, _ = make(typesetter, words, (270, 480), layout)
    starts = {layer.first for layer in layers}
    assert {max(0, word.first - AHEAD) for word in words} <= starts


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_a_finished_card_shows_much_more_than_its_ground(typesetter: Setter, layout: int) -> None:
    ground, image, layers, entrance = make(typesetter, TEXTS[0], (270, 480), layout)
    plain = np.full((480, 270, 3), [int(ground[0][i : i + 2], 16) for i in (1, 3, 5)], np.uint8)
    shown = over(plain, image, layers, entrance)
    assert (np.abs(shown.astype(int) - plain).max(axis=2) > 60).mean() > 0.05


def test_the_seed_chooses_layout_and_ground(typesetter: Setter) -> None:
    made = {make(typesetter, TEXTS[2], (270, 480), seed)[:2] for seed in range(10)}
    assert len(made) == 10
    assert make(typesetter, TEXTS[0], (270, 480), 3) == make(typesetter, TEXTS[0], (270, 480), 3)


@pytest.mark.parametrize(
    "palette",
    [
        PALETTE,
        ("#FFFFFF",),
        ("#000000",),
        ("#808080", "#7F7F7F"),
        ("#FFFF00", "#00FF00", "#00FFFF"),
        (),
    ],
)
def test_every_pair_of_a_scheme_can_be_read(palette: tuple[str, ...]) -> None:
    for scheme in schemes(palette):
        for ground in scheme.ground:
            assert contrast(scheme.ink, ground) >= READABLE
            assert contrast(scheme.accent, ground) >= READABLE
        assert contrast(scheme.on_accent, scheme.accent) >= READABLE


def test_the_keyword_is_the_longest_word_that_carries_meaning() -> None:
    words = spoken("Before everybody would, we roast coffee.")
    assert words[keyword(words)].text == "everybody"
    assert ZH[keyword(spoken(ZH))] in ("手工", "挑选。", "烘焙，", "豆子", "经过", "醒来", "港口")


def end_card(
    setter: Setter, folder: Path, **changes: object
) -> tuple[tuple[str, str], bytes, tuple[Layer, ...], int]:
    told: dict = {  # type: ignore[type-arg]
        "brand": "Tidewater", "line": "Order at tidewater.example", "logo": None, "language": "en",
        "family": "Inter", "palette": PALETTE, "width": 270, "height": 480, "fps": Fraction(30),
        "setter": setter, "scratch": folder,
    }  # fmt: skip
    return set_end_card(**(told | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("line", [None, "Order at tidewater.example", "Fresh every morning " * 4])
def test_an_end_card_stands_when_its_entrance_is_over(
    typesetter: Setter, tmp_path: Path, size: tuple[int, int], line: str | None
) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (300, 100), (255, 90, 80, 255)).save(logo)
    _, _, layers, entrance = end_card(
        typesetter, tmp_path, line=line, logo=logo, width=size[0], height=size[1]
    )
    assert 20 <= entrance <= 30
    assert len(layers) == 5 + (line is not None)
    for layer in layers:
        assert layer.first + layer.fade_in <= entrance
        assert 0 <= layer.left <= layer.left + layer.width <= size[0]
        assert 0 <= layer.top <= layer.top + layer.height <= size[1]


def test_a_logo_of_the_grounds_colour_gets_another_ground(
    typesetter: Setter, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<circle r="4" cx="4" cy="4" fill="#0B3954"/></svg>'
    )
    assert end_card(typesetter, tmp_path, logo=logo)[0][0] != PALETTE[0]


HOSTILE = {
    "an entity": '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a file": '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
    "a network picture": '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x.example/a.png"/></svg>',
    "a script": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "many copies": '<svg xmlns="http://www.w3.org/2000/svg">' + '<use href="#a"/>' * 600 + "</svg>",
    "no picture": "hello",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_logo_is_refused(typesetter: Setter, tmp_path: Path, kind: str) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(HOSTILE[kind])
    with pytest.raises(MediaError, match="logo"):
        end_card(typesetter, tmp_path, logo=logo)
