"""Scenes: what a shot can show. A photograph, a clip, or a plain ground on which type arrives."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from berg.errors import MediaError
from berg.media.arrays import Bytes, Reals
from berg.media.video.layers import Deck
from berg.media.video.motion import Move, Window, choose_move
from berg.media.video.read import upright_frames
from berg.media.video.yuv import (
    Planes,
    copy_planes,
    halve_between,
    halve_on_left,
    round_to_bytes,
    to_ycc,
)

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
        span: tuple[int, int] | None = None,
        moves: bool = True,
    ) -> None:
        """`focus` and `span` in per mille of the raster, as `choose_move` takes them."""
        self._planes = read_raster(raster)
        tall, wide = self._planes.y.shape
        move = choose_move(
            raster=(wide, tall), output=(width, height), focus=focus, seed=seed, fps=fps, span=span
        )
        if not moves:
            still = Window(left=0.0, top=0.0, scale=wide / width)
            move = Move(start=still, end=still, fps=fps)
        self.move: Move = move

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


class ClipScene:
    """A part of a clip, cropped and scaled to the output."""

    def __init__(
        self,
        path: Path,
        *,
        start: Fraction,
        crop: tuple[int, int, int, int],
        backdrop: bool,
        width: int,
        height: int,
        fps: Fraction,
    ) -> None:
        self._path, self._start, self._crop, self._backdrop = path, start, crop, backdrop
        self._size, self._fps = (width, height), fps

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`. Before the clip's own beginning its first picture stands."""
        before = max(0, -(self._start * self._fps + first).__ceil__())
        begin = max(Fraction(0), self._start + first / self._fps)
        moving = max(1, end - first - before)
        frames = upright_frames(
            self._path,
            start=begin,
            fps=self._fps,
            count=moving,
            crop=self._crop,
            size=self._size,
            backdrop=self._backdrop,
        )
        left = end - first
        for planes in frames:
            copy_planes(Planes(*planes), onto)
            times, before = min(1 + before, left), 0
            for _ in range(times):
                yield
            left -= times


class CardScene:
    """A still ground on which layers arrive; afterwards every frame is the same."""

    def __init__(self, ground: tuple[str, str], deck: Deck, *, width: int, height: int) -> None:
        self._ground = paint_ground(ground, width=width, height=height)
        self._deck = deck

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`."""
        for frame in range(first, end):
            copy_planes(self._ground, onto)
            self._deck.blend(frame, onto)
            yield


def paint_ground(colors: tuple[str, str], *, width: int, height: int) -> Planes:
    """A vertical blend of two `#RRGGBB` colours, dithered so that it shows no bands."""
    top, bottom = (np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)], np.float32) for c in colors)
    down = ((np.arange(height, dtype=np.float32) + 0.5) / height)[:, None]
    column = to_ycc((top + (bottom - top) * down)[:, None, :])
    ycc = np.broadcast_to(column, (height, width, 3))
    return Planes(
        _dither(ycc[..., 0]),
        _dither(halve_on_left(ycc[..., 1])),
        _dither(halve_on_left(ycc[..., 2])),
    )


def _dither(plane: Reals) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Round by an ordered 8×8 pattern (Bayer 1973) in place of a fixed threshold."""
    pattern = np.zeros((1, 1), np.float32)
    for _ in range(3):
        pattern = np.block(
            [[4 * pattern, 4 * pattern + 2], [4 * pattern + 3, 4 * pattern + 1]]
        ).astype(np.float32)
    height, width = plane.shape
    tiled = np.tile(pattern, (-(-height // 8), -(-width // 8)))[:height, :width]
    return round_to_bytes(plane + (tiled + np.float32(0.5)) / np.float32(64) - np.float32(0.5))
