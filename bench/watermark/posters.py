"""Flat posters: type and plain colour, set by Typst as berg sets its cards. Hard to mark unseen."""

import io
from fractions import Fraction
from functools import cache

import numpy as np
from PIL import Image

from bench.watermark.rows import BUILD
from bench.watermark.statistics import Pixels
from berg.home import default_home
from berg.media.type.cards import set_card
from berg.media.type.setter import Setter
from berg.media.type.words import TimedWord
from berg.schema.layer import Layer
from berg.weights import Weights

FPS = Fraction(25)
PALETTES = (
    ("#0B3954", "#FF6663", "#FFF4E0"),
    ("#FFFFFF", "#111111", "#E4572E"),
    ("#101014", "#F5D547", "#F7F7F2"),
    ("#2E7D4F", "#FFFFFF", "#FFC145"),
    ("#F7EFE5", "#6F1D1B", "#BB9457"),
)
TEXTS = (
    ("en", "Roasted at dawn, on your doorstep tomorrow"),
    ("en", "Sale: all lamps 30 % off until Sunday"),
    ("zh", "清晨 出炉， 第二天 就到 你家 门口"),
    ("en", "Open studios, 12 to 14 June, harbour side, free entry"),
)
POSTERS = tuple(f"poster{n}" for n in range(10))


def spoken(text: str, language: str, *, each: int = 6) -> tuple[TimedWord, ...]:
    """A text's words, said one after the other."""
    return tuple(
        TimedWord(text=word, space=language != "zh", first=2 + each * n, end=2 + each * (n + 1))
        for n, word in enumerate(text.split())
    )


@cache
def setter() -> Setter:
    """The typesetter, with the example's fonts."""
    weights = Weights(default_home())
    return Setter([weights.path("inter"), weights.path("noto-sans-cjk-sc")])


def card(
    number: int, size: tuple[int, int], *, frames: int = 100
) -> tuple[tuple[str, str], bytes, tuple[Layer, ...], int]:
    """The n-th poster as a card: ground, sheet, layers, and when all is there."""
    language, text = TEXTS[number % len(TEXTS)]
    return set_card(
        spoken(text, language),
        seed=number,
        language=language,
        family="Inter",
        palette=PALETTES[number % len(PALETTES)],
        brand="Tidewater",
        width=size[0],
        height=size[1],
        fps=FPS,
        frames=frames,
        setter=setter(),
    )


def poster(name: str, size: tuple[int, int]) -> Pixels:
    """A poster as RGB; kept as PNG, so that it is set only once."""
    kept = BUILD / "posters" / f"{name}-{size[0]}x{size[1]}.png"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(_set(int(name.removeprefix("poster")), size)).save(kept)
    return np.asarray(Image.open(kept).convert("RGB"))


def _set(number: int, size: tuple[int, int]) -> Pixels:
    """One colour all over for every even poster, a blend of two for the others."""
    (top, bottom), sheet, layers, settled = card(number, size)
    ends = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (top, bottom)], float)
    down = np.linspace(0, number % 2, size[1])[:, None]
    ground = np.rint(ends[0] + (ends[1] - ends[0]) * down).astype(np.uint8)
    picture = Image.fromarray(np.repeat(ground[:, None], size[0], axis=1)).convert("RGBA")
    image = Image.open(io.BytesIO(sheet)).convert("RGBA")
    for layer in layers:
        if layer.first <= settled and (layer.end is None or settled < layer.end):
            box = (layer.x, layer.y, layer.x + layer.width, layer.y + layer.height)
            picture.alpha_composite(image.crop(box), (layer.left, layer.top))
    return np.asarray(picture.convert("RGB"))
