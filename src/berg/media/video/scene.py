"""Scene: something that can be seen frame by frame, the compositor's one interface.

Here too: what scenes are combined by, type over a scene and one scene dissolving into another.
"""

from collections.abc import Iterator
from typing import Protocol

import cv2

from berg.media.video.layers import Deck
from berg.media.video.yuv import Planes, empty_planes


class Scene(Protocol):
    """A shot's picture. Frame 0 is where the shot begins; it exists before that, too."""

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """Paint frames `first` to `end` (exclusive) onto the same planes, yielding after each.

        Every pixel is overwritten each time. What a frame shows depends on its number alone,
        never on where painting began. Negative numbers are the run-up seen in a dissolve.
        """
        ...


class CaptionedScene:
    """A scene with a deck of layers over it."""

    def __init__(self, scene: Scene, deck: Deck) -> None:
        self._scene, self._deck = scene, deck

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`."""
        for frame, _ in enumerate(self._scene.paint(first, end, onto), start=first):
            self._deck.blend(frame, onto)
            yield


class DissolveScene:
    """The last `count` frames of one scene giving way to the run-up of the next, evenly."""

    def __init__(self, before: Scene, after: Scene, *, before_frames: int, count: int) -> None:
        self._before, self._after = before, after
        self._shift, self._count = before_frames - count, count

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """See `Scene.paint`; frames 0 to `count`."""
        other = empty_planes(*onto.y.shape[::-1])
        before = self._before.paint(self._shift + first, self._shift + end, onto)
        after = self._after.paint(first - self._count, end - self._count, other)
        for frame, _ in enumerate(zip(before, after, strict=True), start=first):
            share = (frame + 1) / (self._count + 1)
            for one, two in zip(onto, other, strict=True):
                cv2.addWeighted(one, 1 - share, two, share, 0, dst=one)
            yield
