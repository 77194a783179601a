"""StillScene: a photograph, with a window moving gently over it."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from berg.errors import MediaError
from berg.media.arrays import Bytes
from berg.media.video.motion import Move, Window, choose_move
from berg.media.video.yuv import Planes, halve_between, round_to_bytes, to_ycc

cv2.setNumThreads(1)


class StillScene:
    """A raster, converted once; each frame is one resampling of each plane."""

    def __init__(
        self,
        raster: Path,
        *,
        width: int,
        height: int,
        fps: Fraction,
        focus: tuple[int, int],
        seed: int,
    ) -> None:
        self._planes = read_raster(raster)
        tall, wide = self._planes.y.shape
        self.move: Move = choose_move(
            raster=(wide, tall), output=(width, height), focus=focus, seed=seed, fps=fps
        )

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`."""
        for frame in range(first, end):
            look_through(self._planes, self.move.window(frame), onto)
            yield


def read_raster(path: Path) -> Planes:
    """An RGB PNG as planes of even size; chroma sited between four pixels.

    Raises MediaError if the file can't be read.
    """
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise MediaError(f"{path.name} can't be read as a picture", where=str(path))
    even = bgr[: bgr.shape[0] // 2 * 2, : bgr.shape[1] // 2 * 2, ::-1]
    ycc = to_ycc(even)
    return Planes(
        round_to_bytes(ycc[..., 0]),
        round_to_bytes(halve_between(ycc[..., 1])),
        round_to_bytes(halve_between(ycc[..., 2])),
    )


def look_through(raster: Planes, window: Window, onto: Planes) -> None:
    """Resample what the window sees. Motion is exact to about 1/32 pixel.

    A chroma sample of the output lies at luma (2i + 0.5, 2j + 1), measured from the edge; one of
    the raster at (2i + 1, 2j + 1).
    """
    s = window.scale
    _warp(raster.y, s, window.left + s / 2 - 0.5, window.top + s / 2 - 0.5, onto.y)
    left, top = (window.left + s / 2 - 1) / 2, (window.top + s - 1) / 2
    _warp(raster.u, s, left, top, onto.u)
    _warp(raster.v, s, left, top, onto.v)


def _warp(source: Bytes, scale: float, left: float, top: float, onto: Bytes) -> None:
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    cv2.warpAffine(
        source,
        matrix,
        onto.shape[::-1],
        dst=onto,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
