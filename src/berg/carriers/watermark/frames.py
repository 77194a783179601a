"""Marking a film's frames, and finding marks in a film: one identifier per shot.

Every frame of a shot bears the same pattern in the same place. It is twice as coarse as a
picture's, and goes with the frame's size: a film that was scaled as a whole has its tiles where
its new size says. Not here: sound (`sound`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.glimpses import glimpses
from berg.carriers.watermark.pattern import tile_of
from berg.carriers.watermark.payload import word_of
from berg.carriers.watermark.shots import ShotReader
from berg.carriers.watermark.sizes import film_period
from berg.carriers.watermark.strength import Hand, change_of, laid, strength_of
from berg.media.arrays import Bytes
from berg.media.video.scene import Scene
from berg.media.video.yuv import Planes

HAND = Hand(flat=0.4, gain=0.55, most=1.8, reduction=4)
"""Light: what is seen for seconds needs little, and each grey level more costs a tenth in bytes."""

_ROWS = 64
"""Rows looked at at once: what fits a core's own cache."""

HELD = 4
"""Frames for which one look at how strongly places bear the mark is good: what masks it on the
screen for a tenth of a second masks it a moment later, and looking costs more than marking."""


class FrameMarker:
    """Marks frames of one size with one identifier. May be used from one thread at a time."""

    def __init__(self, *, identifier: str, key: MarkKey, width: int, height: int) -> None:
        """Raises ValueError for an identifier that isn't 10 hexadecimal digits."""
        period = 2 * round(film_period(height, width) / 2)
        tile = tile_of(word_of(identifier, key.secret), key.secret, period=period)
        self._tiles = laid(tile, height=height, width=width)
        self._lighter = np.zeros((height, width), np.uint8)
        self._darker = np.zeros((height, width), np.uint8)

    def mark(self, planes: Planes) -> None:
        """Look at a frame's luma and mark it in place: the same on every machine."""
        self.look(planes.y)
        self.mark_luma(planes.y, onto=planes.y)

    def look(self, luma: Bytes) -> None:
        """See how strongly a luma plane (height, width) bears the mark; good until the next look.

        Frames that follow each other are looked at once in `HELD`.
        """
        strengths = strength_of(luma, hand=HAND)
        for top in range(0, len(luma), _ROWS):
            rows = slice(top, top + _ROWS)
            change = change_of(strengths[rows], self._tiles[rows])
            self._lighter[rows] = np.maximum(change, 0)
            self._darker[rows] = -np.minimum(change, 0)

    def mark_luma(self, luma: Bytes, *, onto: Bytes) -> None:
        """Mark a luma plane onto another, or onto itself, as was last looked at."""
        cv2.add(luma, self._lighter, dst=onto)
        cv2.subtract(onto, self._darker, dst=onto)


def find_in_film(
    path: Path,
    *,
    keys: Sequence[MarkKey],
    limit_s: float = 120.0,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Found, ...]:
    """All marks found in a film's pictures, by when they were first seen.

    Looks for at most `limit_s` seconds, and tells `progress` which share of the film it has seen.
    A film of up to three minutes is seen whole, of a longer one stretches all over it. Raises
    MediaError when the file can't be read as a film.
    """
    until = time.monotonic() + limit_s
    reader = ShotReader(keys, until=until)
    for glimpse in glimpses(path):
        reader.see(glimpse)
        progress(glimpse.share)
        if time.monotonic() > until:
            break
    return reader.found()


class MarkedScene:
    """A scene, painted, then marked: the same pattern in the same place in every frame."""

    def __init__(
        self, scene: Scene, *, identifier: str, key: MarkKey, width: int, height: int
    ) -> None:
        """`width` and `height` are those of the planes painted onto. Raises ValueError for an
        identifier that isn't 10 hexadecimal digits."""
        self._scene = scene
        self._marker = FrameMarker(identifier=identifier, key=key, width=width, height=height)

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`."""
        # The scene keeps a canvas of its own: one that holds a picture doesn't paint it again.
        luma = np.empty(onto.y.shape, np.uint8)
        painted = self._scene.paint(first, end, Planes(luma, onto.u, onto.v))
        for number, _ in enumerate(painted):
            if number % HELD == 0:
                self._marker.look(luma)
            self._marker.mark_luma(luma, onto=onto.y)
            yield
