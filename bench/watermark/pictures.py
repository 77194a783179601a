"""Trials of pictures and posters: mark once, then attack and find, attack by attack."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from bench.watermark.chance import KEYS, chance, identifier, key
from bench.watermark.material import PHOTOGRAPHS, read
from bench.watermark.picture_attacks import ATTACKS
from bench.watermark.posters import POSTERS, poster
from bench.watermark.rows import Row
from bench.watermark.statistics import Pixels, grey, psnr, ssim
from berg.carriers.watermark.picture import find_in_picture, mark_picture

SIZES = ((1080, 1350), (1080, 1350), (1350, 1080), (1080, 1080), (900, 1200), (1200, 900),
         (1080, 1350), (1280, 1280))  # fmt: skip
"""Width and height, pixels, by round; three of eight are a poster's."""


@dataclass(frozen=True)
class Unit:
    """A picture to be marked once."""

    medium: str
    name: str
    round: int

    @property
    def label(self) -> str:
        return f"{self.name}/{self.round}"


def units(medium: str, *, rounds: int) -> Iterator[Unit]:
    """Round after round, so that a run cut short has as many of each picture."""
    names = [made.name for made in PHOTOGRAPHS] if medium == "pictures" else POSTERS
    for number, name in itertools.product(range(rounds), names):
        yield Unit(medium, name, number)


def picture_of(unit: Unit) -> Pixels:
    """The picture as it is before marking."""
    size = SIZES[unit.round % len(SIZES)]
    if unit.medium == "posters":
        return poster(unit.name, size)
    found = next(made for made in PHOTOGRAPHS if made.name == unit.name)
    return cropped(read(found.file), size, unit)


def cropped(picture: Pixels, size: tuple[int, int], unit: Unit) -> Pixels:
    """A part of a photograph: every third one pixel for pixel if it is large enough, the others
    half to all of it, made smaller or larger.
    """
    draw, (wide, tall) = chance(unit.label, "crop"), size
    height, width = picture.shape[:2]
    fits = min(width / wide, height / tall)
    scale = fits * draw.uniform(0.7, 1.0)
    if unit.round % 3 == 2 and fits >= 1:
        scale = 1.0
    w, h = min(width, round(wide * scale)), min(height, round(tall * scale))
    left, top = int(draw.integers(width - w + 1)), int(draw.integers(height - h + 1))
    part = picture[top : top + h, left : left + w]
    way = cv2.INTER_AREA if scale > 1 else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(part, size, interpolation=way), np.uint8)


def run(unit: Unit, wants: Callable[[str], bool]) -> Iterator[Row]:
    """All trials of a unit that are wanted, the marking first."""
    wanted = [attack for attack in ATTACKS if wants(f"{unit.label}/{attack.name}")]
    if not wanted and not wants(f"{unit.label}/mark"):
        return
    picture = picture_of(unit)
    number = (sum(unit.name.encode()) + unit.round) % KEYS
    secret, mark = key(number), identifier(unit.medium, unit.label)
    begun = time.process_time()
    marked = mark_picture(picture, identifier=mark, key=secret)
    took = time.process_time() - begun
    if wants(f"{unit.label}/mark"):
        yield {
            "trial": f"{unit.label}/mark", "attack": "mark", "what": unit.name,
            "size": picture.shape[1::-1], "mark_s": took, "psnr": psnr(picture, marked),
            "ssim": ssim(grey(picture), grey(marked)),
            "most": int(np.abs(marked.astype(np.int16) - picture).max()),
        }  # fmt: skip
    for attack in wanted:
        seen = attack.do(marked, chance(unit.label, attack.name))
        begun = time.process_time()
        found = find_in_picture(seen, keys=[secret])
        took = time.process_time() - begun
        yield {
            "trial": f"{unit.label}/{attack.name}", "attack": attack.name, "what": unit.name,
            "key": number, "right": found is not None and found.identifier == mark,
            "wrong": found is not None and found.identifier != mark,
            "score": None if found is None else round(found.score, 2), "find_s": round(took, 4),
        }  # fmt: skip
