"""Pieces of a scene, drawn, cropped to their ink and packed into one sheet.

A piece is what appears and disappears together; each becomes a layer. The PNG's bytes depend on
the pixels and OpenCV's version alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from PIL import Image, ImageFilter

from berg.errors import StepError
from berg.media.type.safe import Box
from berg.media.type.setter import Setter
from berg.schema.layer import Layer

_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 2, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE)
"""Type is flat: unfiltered it packs tighter than filtered, and five times as fast."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shadow:
    """A soft shadow under all that a piece draws."""

    blur: float
    """Standard deviation, pixels."""
    drop: int
    """Pixels by which it lies below."""
    per_mille: int
    """Darkness of its core."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A piece: what is drawn, inside which box of the picture, and when it is seen."""

    box: Box
    """Must hold all of its ink; what lies outside the picture is cut off."""
    items: Sequence[Mapping[str, Any]]
    """What is drawn, in the picture's coordinates (see templates/scene.typ)."""
    first: int = 0
    end: int | None = None
    fade_in: int = 0
    fade_out: int = 0
    rise: int = 0
    wipe: Literal["up", "right"] | None = None
    shadow: Shadow | None = field(default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tile:
    picture: Image.Image
    cut: Cut
    left: int
    top: int


def make_sheet(
    cuts: Sequence[Cut],
    *,
    setter: Setter,
    language: str,
    width: int,
    height: int,
    root: Path | None = None,
) -> tuple[bytes, tuple[Layer, ...]]:
    """Draw the pieces. Returns the sheet's PNG and a layer for every piece that has any ink.

    Layers lie inside the picture of `width` by `height` pixels.
    """
    boxes = [_inside(cut.box, width, height) for cut in cuts]
    pages = [_page(cut, box) for cut, box in zip(cuts, boxes, strict=True)]
    drawn = setter.draw(pages, language=language, root=root)
    tiles: list[_Tile] = []
    for picture, cut, box in zip(drawn, cuts, boxes, strict=True):
        shaded = _shaded(picture, cut.shadow) if cut.shadow else picture
        ink = shaded.getchannel("A").point(_VISIBLE).getbbox()
        if ink is not None:
            left, top = box.left + ink[0], box.top + ink[1]
            tiles.append(_Tile(picture=shaded.crop(ink), cut=cut, left=left, top=top))
    return _packed(tiles)


_VISIBLE = [0, 0] + [255] * 254
"""Alpha of 1/255 changes nothing that anyone could see, and would make shadows' crops large."""


def _inside(box: Box, width: int, height: int) -> Box:
    left, top = max(0, box.left), max(0, box.top)
    right, bottom = min(width, box.right), min(height, box.bottom)
    return Box(left=left, top=top, width=max(1, right - left), height=max(1, bottom - top))


def _page(cut: Cut, box: Box) -> dict[str, Any]:
    items = [{**item, "x": item["x"] - box.left, "y": item["y"] - box.top} for item in cut.items]
    return {"width": box.width, "height": box.height, "items": items}


def _shaded(picture: Image.Image, shadow: Shadow) -> Image.Image:
    alpha = picture.getchannel("A")
    moved = Image.new("L", alpha.size)
    moved.paste(alpha, (0, shadow.drop))
    soft = moved.filter(ImageFilter.GaussianBlur(shadow.blur))
    soft = soft.point([value * shadow.per_mille // 1000 for value in range(256)])
    ground = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    ground.putalpha(soft)
    return Image.alpha_composite(ground, picture)


def _packed(tiles: Sequence[_Tile]) -> tuple[bytes, tuple[Layer, ...]]:
    wide = max((tile.picture.width for tile in tiles), default=1)
    places, tall = _shelves([tile.picture.size for tile in tiles], wide)
    sheet = Image.new("RGBA", (wide, max(1, tall)))
    layers = []
    for tile, (x, y) in zip(tiles, places, strict=True):
        sheet.paste(tile.picture, (x, y))
        cut, (width, height) = tile.cut, tile.picture.size
        layers.append(
            Layer(
                x=x, y=y, width=width, height=height, left=tile.left, top=tile.top,
                first=cut.first, end=cut.end, fade_in=cut.fade_in, fade_out=cut.fade_out,
                rise=cut.rise, wipe=cut.wipe,
            )
        )  # fmt: skip
    return _png(sheet), tuple(layers)


def _shelves(sizes: Sequence[tuple[int, int]], wide: int) -> tuple[list[tuple[int, int]], int]:
    """Places side by side on shelves, in order; and the height of them all."""
    places, x, y, shelf = [], 0, 0, 0
    for width, height in sizes:
        if x + width > wide:
            x, y, shelf = 0, y + shelf, 0
        places.append((x, y))
        x, shelf = x + width, max(shelf, height)
    return places, y + shelf


def _png(sheet: Image.Image) -> bytes:
    pixels = np.asarray(sheet)[..., [2, 1, 0, 3]].copy()
    pixels[pixels[..., 3] == 0] = 0
    done, data = cv2.imencode(".png", pixels, _PNG)
    if not done:
        raise StepError(f"a sheet of {sheet.width} x {sheet.height} pixels can't be encoded")
    return data.tobytes()
