"""Scene: something that can be seen frame by frame. The compositor's one interface."""

from collections.abc import Iterator
from typing import Protocol

from berg.media.video.yuv import Planes


class Scene(Protocol):
    """A shot's picture. Frame 0 is where the shot begins; it exists before that, too."""

    def paint(self, first: int, end: int, onto: Planes) -> Iterator[None]:
        """Paint frames `first` to `end` (exclusive) onto the same planes, yielding after each.

        Every pixel is overwritten each time. What a frame shows depends on its number alone,
        never on where painting began. Negative numbers are the run-up seen in a dissolve.
        """
        ...
