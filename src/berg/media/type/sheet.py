"""Pieces of a scene, drawn, cropped to their ink and packed into one sheet.

A piece is what appears and disappears together; each becomes a layer. The PNG's bytes depend on
the pixels and Pillow's version alone.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter

from berg.media.type.safe import Box
from berg.media.type.setter import Setter
from berg.schema.layer import Layer

_LEVEL = 4
"""zlib level: beyond it type gets no smaller, only slower."""


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
    """In the picture's coordinates (see templates/scene.typ)."""
    first: int = 0
    end: int | None = None
    fade_in: int = 0
    fade_out: int = 0
    rise: int = 0
    shadow: Shadow | None = field(default=None)


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
    tiles: list[tuple[Image.Image, Cut, int, int]] = []
    for picture, cut, box in zip(drawn, cuts, boxes, strict=True):
        shaded = _shaded(picture, cut.shadow) if cut.shadow else picture
        ink = shaded.getchannel("A").point(_VISIBLE).getbbox()
        if ink is not None:
            tiles.append((shaded.crop(ink), cut, box.left + ink[0], box.top + ink[1]))
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


def _packed(tiles: Sequence[tuple[Image.Image, Cut, int, int]]) -> tuple[bytes, tuple[Layer, ...]]:
    wide = max((tile.width for tile, *_ in tiles), default=1)
    sheet = Image.new("RGBA", (wide, sum(tile.height for tile, *_ in tiles) or 1))
    layers, y = [], 0
    for tile, cut, left, top in tiles:
        sheet.paste(tile, (0, y))
        layers.append(
            Layer(
                x=0, y=y, width=tile.width, height=tile.height, left=left, top=top,
                first=cut.first, end=cut.end, fade_in=cut.fade_in, fade_out=cut.fade_out,
                rise=cut.rise,
            )
        )  # fmt: skip
        y += tile.height
    return _png(sheet), tuple(layers)


def _png(sheet: Image.Image) -> bytes:
    clear = sheet.getchannel("A").point([255] + [0] * 255)
    sheet.paste((0, 0, 0, 0), mask=clear)
    held = io.BytesIO()
    sheet.save(held, format="PNG", compress_level=_LEVEL, optimize=False)
    return held.getvalue()
