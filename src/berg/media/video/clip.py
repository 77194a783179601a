"""ClipScene: a moving clip, read at the film's rate; its own motion is enough."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from berg.media.video.read import upright_frames
from berg.media.video.yuv import Planes, copy_planes


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
