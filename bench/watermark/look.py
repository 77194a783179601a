"""Pieces of marked pictures and films, magnified: docs/media/watermark-*.webp, for the page."""

from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image

from bench.watermark.chance import identifier, key
from bench.watermark.film_material import FILMS
from bench.watermark.pictures import Unit, picture_of
from bench.watermark.statistics import Pixels
from berg.carriers.watermark.picture import mark_picture

MEDIA = Path("docs/media")
SIDE, TIMES, LOUDER = 160, 2, 16
PIECES = (("pictures", "Bridge", 0.35, 0.25), ("pictures", "astronaut", 0.5, 0.25),
          ("posters", "poster0", 0.42, 0.2))  # fmt: skip
"""Medium, name, and the middle of the piece in shares of width and height."""
SHOTS = ((0, 0.42, 0.24), (1, 0.5, 0.2), (3, 0.3, 0.36))
"""A film's first shot, and the middle of the piece."""


def pictures() -> None:
    """Sky, skin and a flat poster."""
    rows = []
    for medium, name, x, y in PIECES:
        before = picture_of(Unit(medium, name, 0))
        after = mark_picture(before, identifier=identifier("look", name), key=key(0))
        rows.append(_row(before, after, x, y))
    _save("watermark-looked-at", rows)


def films() -> None:
    """Skin, sky and a card after 2 s of a delivered film, beside the same encoded unmarked."""
    rows = []
    for number, x, y in SHOTS:
        folder = FILMS[number].folder
        before, after = (_frame(folder / name, 50) for name in ("plain.mp4", "shot0.mp4"))
        rows.append(_row(before, after, x, y))
    _save("watermark-films", rows)


def _frame(path: Path, number: int) -> Pixels:
    with av.open(str(path)) as film:
        for count, frame in enumerate(film.decode(video=0)):
            if count == number:
                return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    raise SystemExit(f"{path} is too short")


def _row(before: Pixels, after: Pixels, x: float, y: float) -> Pixels:
    """Before, after, and the difference around grey."""
    tall, wide = before.shape[:2]
    left, top = round(x * wide) - SIDE // 2, round(y * tall) - SIDE // 2
    place = np.s_[max(0, top) : max(0, top) + SIDE, max(0, left) : max(0, left) + SIDE]
    difference = 128.0 + LOUDER * (after[place].astype(float) - before[place])
    seen = np.clip(difference, 0, 255).astype(np.uint8)
    row = np.hstack([before[place], after[place], seen])
    size = (row.shape[1] * TIMES, row.shape[0] * TIMES)
    return np.asarray(cv2.resize(row, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _save(name: str, rows: list[Pixels]) -> None:
    MEDIA.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.vstack(rows)).save(MEDIA / f"{name}.webp", quality=88, method=6)


if __name__ == "__main__":
    pictures()
    films()
