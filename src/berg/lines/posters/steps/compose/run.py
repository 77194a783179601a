"""The work of poster.compose: opens what it is handed, composes, marks, encodes."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from berg.errors import StepError
from berg.lines.posters.design.checks import legible
from berg.lines.posters.design.compose import Composed, Lettering, lettering_of
from berg.lines.posters.design.compose import compose as laid_over
from berg.lines.posters.design.encode import MEDIA_TYPES, encode
from berg.lines.posters.design.flat_png import from_png
from berg.lines.posters.design.hashing import phash
from berg.lines.posters.design.parts import Overlay, Piece, css_px
from berg.lines.posters.design.placing import Placed, place
from berg.lines.posters.steps.compose.declare import ComposePoster, Layers, Poster
from berg.lines.posters.steps.ground.declare import Ground
from berg.lines.posters.steps.type.nouns import TypeBox, TypeLayer
from berg.media.type.safe import Box
from berg.schema.context import Context
from berg.schema.layer import Sheet
from berg.steps.marked import marked

_KEPT = 4
"""Layers that a worker keeps read: posters that differ in the picture alone come one by one."""


def compose(call: ComposePoster, ctx: Context) -> Poster:
    """Compose one poster, watermark what is seen, encode it."""
    made = composed(call, size=(call.width, call.height), css=None, ctx=ctx)
    smallest = legible(call.layer.smallest, width=call.width, height=call.height)
    likeness = phash(made.pixels)
    pixels, mark = marked(made.pixels, call.mark, ctx)
    data = encode(pixels, call.format)
    return Poster(
        image=ctx.put_bytes(data, MEDIA_TYPES[call.format]),
        contrast=int(made.contrast * 1000),
        scrim=round(made.scrim * 1000),
        problems=(*call.layer.problems, *made.problems, *smallest),
        phash=likeness,
        mark=mark,
    )


def composed(
    layers: Layers,
    *,
    size: tuple[int, int],
    css: float | None,
    ctx: Context,
    bleed: tuple[int, int] = (0, 0),
) -> Composed:
    """Everything but mark and encoding, for a trim of `size`; `bleed` is beyond it on each side.

    `css` is pixels for a CSS pixel, None for a screen's.
    """
    layer, ground = layers.layer, layers.ground
    trim = Box(left=bleed[0], top=bleed[1], width=size[0], height=size[1])
    canvas = (size[0] + 2 * bleed[0], size[1] + 2 * bleed[1])
    return laid_over(
        _lettering(layer, ctx.path(layer.sheet), bleed),
        size=canvas,
        trim=trim,
        ground=layer.ground[0] if layer.ground else "#000000",
        placed=None if ground is None else _placed(ground, _panel(layer, trim, canvas), ctx),
        tint=layer.scrim,
        labels=_labels(layers.label, bleed, ctx),
        css=css or css_px(*size),
    )


def _panel(layer: TypeLayer, trim: Box, canvas: tuple[int, int]) -> Box:
    """Where the picture goes on the canvas; where it touches the trim it runs into the bleed."""
    panel = layer.panel
    left = 0 if panel.x <= 0 else panel.x + trim.left
    top = 0 if panel.y <= 0 else panel.y + trim.top
    right, bottom = panel.x + panel.width, panel.y + panel.height
    right = canvas[0] if right >= trim.width else right + trim.left
    bottom = canvas[1] if bottom >= trim.height else bottom + trim.top
    return Box(left=left, top=top, width=max(1, right - left), height=max(1, bottom - top))


def _placed(ground: Ground, panel: Box, ctx: Context) -> Placed:
    raster = cv2.imread(str(ctx.path(ground.raster)), cv2.IMREAD_COLOR_BGR)
    if raster is None:
        raise StepError("a poster's picture could not be read back")
    focus = (ground.focus_x, ground.focus_y)
    pixels = np.asarray(cv2.cvtColor(raster, cv2.COLOR_BGR2RGB, dst=raster), np.uint8)
    return place(pixels, panel, focus=focus, faces=ground.faces)


def _labels(label: Sheet | None, bleed: tuple[int, int], ctx: Context) -> list[Overlay]:
    if label is None:
        return []
    sheet = from_png(ctx.path(label.image).read_bytes())
    return [
        Overlay(
            pixels=np.ascontiguousarray(
                sheet[part.y : part.y + part.height, part.x : part.x + part.width]
            ),
            left=part.left + bleed[0],
            top=part.top + bleed[1],
        )
        for part in label.layers
    ]


def _lettering(layer: TypeLayer, sheet: Path, bleed: tuple[int, int]) -> Lettering:
    left, top = layer.left + bleed[0], layer.top + bleed[1]
    pieces = tuple(_piece(box, bleed) for box in layer.boxes)
    return _read(str(sheet), layer.sheet.sha256, left, top, pieces)


@lru_cache(maxsize=_KEPT)
def _read(sheet: str, digest: str, left: int, top: int, pieces: Sequence[Piece]) -> Lettering:
    return lettering_of(
        Overlay(pixels=from_png(Path(sheet).read_bytes()), left=left, top=top), pieces
    )


def _piece(box: TypeBox, bleed: tuple[int, int]) -> Piece:
    return Piece(
        kind=box.kind,
        box=Box(left=box.x + bleed[0], top=box.y + bleed[1], width=box.width, height=box.height),
        ink=box.ink,
        em=box.em,
        plate=box.plate is not None,
        weight=box.weight,
    )
