"""Deck: pieces of type, cut from a sheet, blended over the picture inside their rectangles.

A cut is converted once, to premultiplied planes, and dropped when it is seen no more. Blending is
done on gamma-coded values, as everybody does with type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from berg.errors import MediaError
from berg.media.arrays import Bytes
from berg.media.video.yuv import Planes, halve_on_left, round_to_bytes, to_ycc
from berg.schema.layer import Layer

cv2.setNumThreads(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlendLayer:
    """A layer ready to be blended; its corner lies on even coordinates of the picture."""

    left: int
    top: int
    color: Planes
    """Premultiplied by coverage."""
    rest: Planes
    """What remains of the picture: 255 less coverage, for luma and (twice) for chroma."""

    def blend(self, onto: Planes) -> None:
        """Lay it over the picture; what hangs over the edge is not seen."""
        for color, rest, plane, half in zip(self.color, self.rest, onto, (1, 2, 2), strict=True):
            left, top = self.left // half, self.top // half
            x0, y0 = max(left, 0), max(top, 0)
            x1 = min(left + color.shape[1], plane.shape[1])
            y1 = min(top + color.shape[0], plane.shape[0])
            if x0 < x1 and y0 < y1:
                here = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
                _blend_plane(plane[y0:y1, x0:x1], color[here], rest[here])

    def faded(self, share: float) -> "BlendLayer":
        """The same, with less coverage."""
        return BlendLayer(
            left=self.left,
            top=self.top,
            color=Planes(*(_scale(p, share) for p in self.color)),
            rest=Planes(*(255 - _scale(255 - p, share) for p in self.rest)),
        )

    def lowered(self, pixels: float) -> "BlendLayer":
        """The same, further down by any fraction of a pixel."""
        pairs, over = divmod(pixels, 2)
        moved = [
            _push_down(p, over / half, 2 // half, 0)
            for p, half in zip(self.color, (1, 2, 2), strict=True)
        ]
        rest = [
            _push_down(p, over / half, 2 // half, 255)
            for p, half in zip(self.rest, (1, 2, 2), strict=True)
        ]
        return BlendLayer(
            left=self.left, top=self.top + 2 * int(pairs), color=Planes(*moved), rest=Planes(*rest)
        )

    def uncovered(self, way: str, share: float) -> "BlendLayer":
        """That much of it, from its foot up or from its left edge on; whole pairs of pixels."""
        tall, wide = (side // 2 for side in self.color.y.shape)
        if way == "up":
            hidden = tall - max(1, round(tall * share))
            return self._part(np.s_[hidden:, :], np.s_[2 * hidden :, :], down=2 * hidden)
        seen = max(1, round(wide * share))
        return self._part(np.s_[:, :seen], np.s_[:, : 2 * seen], down=0)

    def _part(self, small: Any, large: Any, *, down: int) -> "BlendLayer":
        def part(planes: Planes) -> Planes:
            return Planes(planes.y[large], planes.u[small], planes.v[small])

        return BlendLayer(
            left=self.left, top=self.top + down, color=part(self.color), rest=part(self.rest)
        )


def _blend_plane(plane: Bytes, color: Bytes, rest: Bytes) -> None:
    cv2.multiply(plane, rest, dst=plane, scale=1 / 255)
    cv2.add(plane, color, dst=plane)


def _scale(plane: Bytes, share: float) -> Bytes:
    result: Any = cv2.convertScaleAbs(plane, alpha=share)
    return result  # type: ignore[no-any-return]


def _push_down(plane: Bytes, rows: float, room: int, border: int) -> Bytes:
    height, width = plane.shape
    result: Any = cv2.warpAffine(
        plane,
        np.array([[1, 0, 0], [0, 1, rows]], np.float64),
        (width, height + room),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=float(border),
    )
    return result  # type: ignore[no-any-return]


class Deck:
    """The layers of a sheet, in the order in which they lie on one another."""

    def __init__(self, sheet: Path, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)
        self._rgba = read_sheet(sheet)
        self._cuts: dict[int, BlendLayer] = {}

    def blend(self, frame: int, onto: Planes) -> None:
        """Lay what is seen in a frame over the picture."""
        for index, layer in enumerate(self._layers):
            if layer.first <= frame and (layer.end is None or frame < layer.end):
                self._placed(index, layer, frame).blend(onto)
            else:
                self._cuts.pop(index, None)

    def _placed(self, index: int, layer: Layer, frame: int) -> BlendLayer:
        cut = self._cuts.get(index)
        if cut is None:
            cut = self._cuts[index] = cut_layer(self._rgba, layer)
        share = presence(layer, frame)
        if layer.wipe and frame < layer.first + layer.fade_in:
            cut = cut.uncovered(layer.wipe, 1 - (1 - _arrived(layer, frame)) ** 3)
        if layer.rise and frame < layer.first + layer.fade_in:
            cut = cut.lowered(layer.rise * (1 - _arrived(layer, frame)) ** 3)
        return cut if share >= 1 else cut.faded(share)


def _arrived(layer: Layer, frame: int) -> float:
    return min(1.0, (frame - layer.first + 1) / (layer.fade_in + 1))


def presence(layer: Layer, frame: int) -> float:
    """Coverage of a layer in a frame in which it is seen, more than 0 and at most 1."""
    coming = 1.0 if layer.wipe else _arrived(layer, frame)
    if layer.end is None:
        return coming
    return min(coming, (layer.end - frame) / (layer.fade_out + 1))


def read_sheet(path: Path) -> Bytes:
    """A sheet as straight-alpha RGBA (height, width, 4). Raises MediaError if it can't be read."""
    image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if image is None or image.dtype != np.uint8:
        raise MediaError(f"{path.name} is not an 8-bit sheet of layers", where=str(path))
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGRA)
    code = cv2.COLOR_BGR2RGBA if image.shape[2] == 3 else cv2.COLOR_BGRA2RGBA
    result: Any = cv2.cvtColor(image, code)
    return result  # type: ignore[no-any-return]


def cut_layer(sheet: Bytes, layer: Layer) -> BlendLayer:
    """Cut one layer out and convert it; it is padded to even coordinates with nothing."""
    rgba = sheet[layer.y : layer.y + layer.height, layer.x : layer.x + layer.width]
    before = (layer.top % 2, layer.left % 2)
    after = tuple((b + n) % 2 for b, n in zip(before, rgba.shape[:2], strict=True))
    rgba = np.pad(rgba, ((before[0], after[0]), (before[1], after[1]), (0, 0)))
    alpha = rgba[..., 3].astype(np.float32) / np.float32(255)
    ycc = to_ycc(rgba[..., :3]) * alpha[..., None]
    thin = round_to_bytes(255 * halve_on_left(alpha))
    return BlendLayer(
        left=layer.left - before[1],
        top=layer.top - before[0],
        color=Planes(
            round_to_bytes(ycc[..., 0]),
            round_to_bytes(halve_on_left(ycc[..., 1])),
            round_to_bytes(halve_on_left(ycc[..., 2])),
        ),
        rest=Planes(255 - rgba[..., 3], 255 - thin, 255 - thin),
    )
