"""A contact sheet: many posters side by side, small, their names under them.

Rows are of one height and as wide as their pictures, so that posters of all shapes stand together.
Not here: choosing which go on which sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from berg.errors import StepError
from berg.lines.posters.design.parts import RgbPixels

WIDTH = 2400
"""Pixels of a sheet."""
_GAP, _NAME = 24, 30
"""Between pictures; and room for a name, with its type."""
_TYPE = 17
_TALLEST, _SHORTEST = 480, 150
_GROUND, _INK = (244, 244, 242), (60, 60, 60)
_MOST_TALL = 16_000
"""Pixels of a sheet's height; a JPEG can have 65,535."""


@dataclass(frozen=True, slots=True)
class _Row:
    pictures: list[RgbPixels]
    names: list[str]


def contact_sheet(paths: Sequence[Path], *, names: Sequence[str]) -> RgbPixels:
    """Pictures (JPEG, PNG, WebP) in order. Raises StepError if one can't be read, or too many."""
    cv2.setNumThreads(1)
    tall = _row_height(len(paths))
    rows = _rows([_thumbnail(path, tall) for path in paths], names)
    height = _GAP + len(rows) * (tall + _NAME + _GAP)
    if height > _MOST_TALL:
        raise StepError(f"{len(paths)} pictures are too many for one contact sheet")
    sheet = np.empty((height, WIDTH, 3), np.uint8)
    sheet[:] = _GROUND
    image = Image.fromarray(sheet)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(_TYPE)
    for index, row in enumerate(rows):
        top, left = _GAP + index * (tall + _NAME + _GAP), _GAP
        for picture, name in zip(row.pictures, row.names, strict=True):
            image.paste(Image.fromarray(picture), (left, top))
            room = picture.shape[1]
            draw.text((left, top + tall + 6), _fitted(name, room, draw, font), _INK, font)
            left += room + _GAP
    return np.asarray(image, np.uint8)


def _row_height(count: int) -> int:
    """Height of a row, so that a sheet of posters (4:5) is about as high as wide."""
    side = (WIDTH * WIDTH * 1.1 / max(1, count) / 0.8) ** 0.5 - _GAP - _NAME / 2
    return int(min(_TALLEST, max(_SHORTEST, side)))


def _thumbnail(path: Path, tall: int) -> RgbPixels:
    # Read at half size: enough for a thumbnail of any poster, and a third of the time.
    found = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_2)
    if found is None:
        raise StepError(f"{path.name} can't be put on a contact sheet: it is no picture")
    wide = min(WIDTH - 2 * _GAP, max(1, round(found.shape[1] * tall / found.shape[0])))
    small = cv2.resize(found, (wide, tall), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)


def _rows(pictures: Sequence[RgbPixels], names: Sequence[str]) -> list[_Row]:
    rows: list[_Row] = []
    left = WIDTH
    for picture, name in zip(pictures, names, strict=True):
        if left + picture.shape[1] + _GAP > WIDTH:
            rows.append(_Row([], []))
            left = _GAP
        rows[-1].pictures.append(picture)
        rows[-1].names.append(name)
        left += picture.shape[1] + _GAP
    return rows


def _fitted(name: str, room: int, draw: ImageDraw.ImageDraw, font: object) -> str:
    """The name, cut short with an ellipsis if it is wider than its picture."""
    while len(name) > 4 and draw.textlength(name, font=font) > room:  # type: ignore[arg-type]
        name = name[:-2].rstrip("…") + "…"
    return name
