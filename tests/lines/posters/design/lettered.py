"""Layers of type made without the typesetter, and grounds of many kinds, for tests."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from berg.lines.posters.design.compose import Composed, compose, lettering_of
from berg.lines.posters.design.parts import Overlay, Piece, RgbPixels, css_px
from berg.lines.posters.design.placing import Placed
from berg.media.type.safe import Box

WIDTH, HEIGHT = 540, 675
PAGE = Box(left=0, top=0, width=WIDTH, height=HEIGHT)


def texts(
    *items: tuple[str, str, int, tuple[int, int], str], size: tuple[int, int] = (WIDTH, HEIGHT)
) -> tuple[Overlay, list[Piece]]:
    """A layer of (kind, text, em, (left, top), ink), with its pieces."""
    sheet = Image.new("RGBA", size)
    pieces = []
    for kind, text, em, at, ink in items:
        one = Image.new("RGBA", size, ink + "00")
        font = ImageFont.load_default(em)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).text(at, text, 255, font)
        one.putalpha(mask)
        left, top, right, bottom = mask.getbbox() or (0, 0, 1, 1)
        box = Box(left=left, top=top, width=right - left, height=bottom - top)
        pieces.append(Piece(kind=kind, box=box, ink=ink, em=em, plate=False))
        sheet.alpha_composite(one)
    return Overlay(pixels=np.asarray(sheet, np.uint8), left=0, top=0), pieces


def made(
    ground: RgbPixels,
    overlay: Overlay,
    pieces: Sequence[Piece],
    *,
    tint: str = "#0B3954",
    faces: tuple[Box, ...] = (),
    labels: Sequence[Overlay] = (),
) -> Composed:
    """A poster with its picture everywhere."""
    height, width = ground.shape[:2]
    page = Box(left=0, top=0, width=width, height=height)
    return compose(
        lettering_of(overlay, pieces),
        size=(width, height),
        trim=page,
        ground="#202020",
        placed=Placed(ground.copy(), page, faces),
        tint=tint,
        labels=labels,
        css=css_px(width, height),
    )


KINDS = ("black", "falling", "grey", "noise", "spots", "stripes", "white")


def ground(kind: str, seed: int = 0) -> RgbPixels:
    """A ground of one of `KINDS`."""
    shape = (HEIGHT, WIDTH, 3)
    rng = np.random.default_rng(seed)
    match kind:
        case "noise":
            return rng.integers(0, 256, shape, dtype=np.uint8)
        case "falling":
            fall = np.linspace(0, 255, HEIGHT).astype(np.uint8)
            return np.ascontiguousarray(np.broadcast_to(fall[:, None, None], shape))
        case "stripes":
            lines = np.where(np.arange(WIDTH) // 23 % 2, 235, 20).astype(np.uint8)
            return np.ascontiguousarray(np.broadcast_to(lines[None, :, None], shape))
        case "spots":
            spotted = np.full(shape, 25, np.uint8)
            for y, x in rng.integers(0, 500, (60, 2)):
                spotted[y : y + 40, x : x + 40] = 250
            return spotted
    return np.full(shape, {"white": 255, "black": 0, "grey": 119}[kind], np.uint8)
