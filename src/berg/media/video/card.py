"""CardScene: bold type on a plain ground, for shots without footage and for the end."""

from collections.abc import Iterator

import numpy as np

from berg.media.arrays import Reals
from berg.media.video.layers import Deck
from berg.media.video.yuv import Planes, copy_planes, halve_on_left, round_to_bytes, to_ycc


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
