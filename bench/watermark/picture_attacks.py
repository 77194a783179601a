"""What is done to pictures: each a function of the picture and its own chance."""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from PIL import Image

from bench.watermark.statistics import Pixels

Chance = np.random.Generator


@dataclass(frozen=True, kw_only=True)
class Attack:
    """A row of the table."""

    name: str
    words: str
    """What the page calls it."""
    bar: float | None
    """Share of identifiers that must be recovered; None: for information."""
    do: Callable[[Pixels, Chance], Pixels]


def _coded(picture: Pixels, _: Chance, *, form: str, quality: int) -> Pixels:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, form, quality=quality)
    return np.asarray(Image.open(held).convert("RGB"))


def _scaled(picture: Pixels, chance: Chance, *, by: float) -> Pixels:
    """By one of the usual filters, of which all but one smooth before they make smaller."""
    tall, wide = picture.shape[:2]
    size = (max(1, round(wide * by)), max(1, round(tall * by)))
    filters = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)
    way = filters[int(chance.integers(len(filters)))]
    return np.asarray(Image.fromarray(picture).resize(size, way))


def _cut(picture: Pixels, chance: Chance, *, share: float) -> Pixels:
    """A part of the area, of a random shape, at a random place."""
    tall, wide = picture.shape[:2]
    across = math.exp(chance.uniform(math.log(share / 0.95), math.log(0.95)))
    width, height = round(wide * across), round(tall * share / across)
    left = int(chance.integers(wide - width + 1))
    top = int(chance.integers(tall - height + 1))
    return np.ascontiguousarray(picture[top : top + height, left : left + width])


def _blurred(picture: Pixels, _: Chance, *, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


def _noisy(picture: Pixels, chance: Chance, *, sigma: float) -> Pixels:
    noise = chance.standard_normal(picture.shape, np.float32) * np.float32(sigma)
    return _bytes(picture + noise)


def _toned(picture: Pixels, _: Chance, *, gain: float = 1, middle: float = 0) -> Pixels:
    return _bytes((picture.astype(np.float32) - middle) * gain + middle)


def _gamma(picture: Pixels, _: Chance, *, power: float) -> Pixels:
    return np.asarray(_bytes(255 * (np.arange(256) / 255) ** power)[picture], np.uint8)


def _logo(picture: Pixels, chance: Chance) -> Pixels:
    """A plate with letters over 10 % of the area."""
    tall, wide = picture.shape[:2]
    shape = chance.uniform(0.6, 1.8)
    height = min(tall, round(math.sqrt(0.1 * tall * wide / shape)))
    width = min(wide, round(0.1 * tall * wide / height))
    left = int(chance.integers(wide - width + 1))
    top = int(chance.integers(tall - height + 1))
    pasted = picture.copy()
    ground, ink = ([int(c) for c in chance.integers(0, 256, 3)] for _ in range(2))
    pasted[top : top + height, left : left + width] = ground
    place, size = (left + width // 10, top + height * 2 // 3), width / 160
    cv2.putText(pasted, "ACME TV", place, cv2.FONT_HERSHEY_DUPLEX, size, ink, max(1, width // 60))
    return pasted


def _turned(picture: Pixels, chance: Chance, *, degrees: float, cut: bool) -> Pixels:
    """Either way; the corners black, or cut away with the rest of the border."""
    tall, wide = picture.shape[:2]
    angle = degrees * (1 if chance.random() < 0.5 else -1)
    matrix = cv2.getRotationMatrix2D(((wide - 1) / 2, (tall - 1) / 2), angle, 1)
    turned = cv2.warpAffine(picture, matrix, (wide, tall), flags=cv2.INTER_CUBIC)
    if cut:
        lost = math.sin(math.radians(degrees))
        dx, dy = math.ceil(tall * lost / 2) + 1, math.ceil(wide * lost / 2) + 1
        turned = turned[dy : tall - dy, dx : wide - dx]
    return np.ascontiguousarray(turned, np.uint8)


def _screenshot(picture: Pixels, chance: Chance) -> Pixels:
    """Shown at four fifths, cut out by hand, sent as JPEG 70."""
    shown = _scaled(picture, chance, by=0.8)
    return _coded(_cut(shown, chance, share=0.8), chance, form="JPEG", quality=70)


def _flipped(picture: Pixels, _: Chance) -> Pixels:
    return np.ascontiguousarray(picture[:, ::-1])


def _leaning(picture: Pixels, chance: Chance) -> Pixels:
    """Corners moved by up to 3 % of the sides, softened, JPEG 70: held up to a camera."""
    tall, wide = picture.shape[:2]
    corners = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    moved = corners + chance.uniform(0, 0.03, (4, 2)) * [wide, tall] * np.array(
        [[1, 1], [-1, 1], [-1, -1], [1, -1]]
    )
    matrix = cv2.getPerspectiveTransform(moved.astype(np.float32), corners)
    seen = cv2.warpPerspective(picture, matrix, (wide, tall), flags=cv2.INTER_LINEAR)
    return _coded(_blurred(np.asarray(seen, np.uint8), chance, sigma=0.7), chance,
                  form="JPEG", quality=70)  # fmt: skip


def _same(picture: Pixels, _: Chance) -> Pixels:
    return picture


def _bytes(values: object) -> Pixels:
    return np.clip(np.rint(np.asarray(values)), 0, 255).astype(np.uint8)


def _list() -> tuple[Attack, ...]:
    most, much = 0.99, 0.95

    def row(
        name: str, words: str, bar: float | None, do: Callable[..., Any], **how: object
    ) -> Attack:
        return Attack(name=name, words=words, bar=bar, do=partial(do, **how))

    return (
        row("none", "none", most, _same),
        row("jpeg90", "JPEG 90", most, _coded, form="JPEG", quality=90),
        row("jpeg70", "JPEG 70", most, _coded, form="JPEG", quality=70),
        row("jpeg50", "JPEG 50", most, _coded, form="JPEG", quality=50),
        row("jpeg30", "JPEG 30", much, _coded, form="JPEG", quality=30),
        row("webp70", "WebP 70", most, _coded, form="WEBP", quality=70),
        row("resize0.5", "resize 0.5×", most, _scaled, by=0.5),
        row("resize0.75", "resize 0.75×", most, _scaled, by=0.75),
        row("resize1.5", "resize 1.5×", most, _scaled, by=1.5),
        row("resize2", "resize 2×", most, _scaled, by=2.0),
        row("crop50", "crop to 50 % of the area", most, _cut, share=0.5),
        row("blur1", "blur σ = 1", most, _blurred, sigma=1.0),
        row("blur2", "blur σ = 2", most, _blurred, sigma=2.0),
        row("noise5", "noise σ = 5", most, _noisy, sigma=5.0),
        row("noise10", "noise σ = 10", most, _noisy, sigma=10.0),
        row("bright+20", "brightness +20 %", most, _toned, gain=1.2),
        row("bright-20", "brightness −20 %", most, _toned, gain=0.8),
        row("gamma0.7", "gamma 0.7", most, _gamma, power=0.7),
        row("gamma1.4", "gamma 1.4", most, _gamma, power=1.4),
        row("logo", "logo over 10 %", most, _logo),
        row("turn2cut", "rotation ±2°, cut back", much, _turned, degrees=2.0, cut=True),
        row("turn2", "rotation ±2°, black corners", much, _turned, degrees=2.0, cut=False),
        row("turn1cut", "rotation ±1°, cut back", much, _turned, degrees=1.0, cut=True),
        row("turn1", "rotation ±1°, black corners", much, _turned, degrees=1.0, cut=False),
        row("contrast0.7", "contrast 0.7", None, _toned, gain=0.7, middle=128.0),
        row("contrast1.3", "contrast 1.3", None, _toned, gain=1.3, middle=128.0),
        row("screenshot", "0.8×, crop to 80 %, JPEG 70", None, _screenshot),
        row("resize0.33", "resize 0.33×", None, _scaled, by=1 / 3),
        row("flip", "flipped left to right", None, _flipped),
        row("leaning", "perspective to 3 %, blur, JPEG 70", None, _leaning),
    )


ATTACKS = _list()
