"""Words, and pictures composed as the compositor does, for the tests of type."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from berg.media.type.colour import luminance
from berg.media.type.words import TimedWord
from berg.schema.layer import Layer

PALETTE = ("#0B3954", "#FF6663", "#FFF4E0")
EN = "Before the harbour wakes, we roast every bean by hand, in small batches."
ZH = (
    "港口",
    "醒来",
    "之前，",
    "我们",
    "已经",
    "开始",
    "烘焙，",
    "每",
    "一颗",
    "豆子",
    "都",
    "经过",
    "手工",
    "挑选。",
)


def spoken(texts: Sequence[str] | str, *, each: int = 8) -> tuple[TimedWord, ...]:
    """Words of a sentence (or as given), each spoken for `each` frames from frame 3."""
    space = isinstance(texts, str)
    parts = texts.split() if isinstance(texts, str) else list(texts)
    return tuple(
        TimedWord(text=part, space=space, first=3 + each * i, end=3 + each * (i + 1))
        for i, part in enumerate(parts)
    )


def length(words: Sequence[TimedWord]) -> int:
    return max(word.end for word in words) + 12


def over(ground: np.ndarray, image: bytes, layers: Sequence[Layer], frame: int) -> np.ndarray:
    """RGB of a settled frame: every layer seen in it at full strength."""
    sheet = Image.open(io.BytesIO(image)).convert("RGBA")
    picture = Image.fromarray(ground).convert("RGBA")
    for layer in layers:
        if layer.first <= frame and (layer.end is None or frame < layer.end):
            box = (layer.x, layer.y, layer.x + layer.width, layer.y + layer.height)
            picture.alpha_composite(sheet.crop(box), (layer.left, layer.top))
    return np.asarray(picture.convert("RGB"))


def luminances(pixels: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG) of RGB pixels."""
    table = np.array([luminance(f"#{v:02X}{v:02X}{v:02X}") for v in range(256)])
    return table[pixels] @ np.array([0.2126, 0.7152, 0.0722])
