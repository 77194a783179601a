"""MarkedScene: a scene whose every frame bears a watermark."""

from collections.abc import Iterator

import numpy as np

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import HELD, FrameMarker
from berg.media.video.scene import Scene
from berg.media.video.yuv import Planes


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
