"""Reading marks shot by shot: glimpses are added up until the picture changes.

What moves averages out and the mark stays. A shot's sum is read every few glimpses and at its
end; since a dissolve or a cut may go unnoticed, the latest stretch is read alone, too.
"""

import time
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.glimpses import ReducedFrame
from berg.carriers.watermark.grid import Grid, likely_grids
from berg.carriers.watermark.reading import read, turned_ways
from berg.carriers.watermark.sizes import film_period
from berg.carriers.watermark.spectrum import Spectrum, evened
from berg.media.arrays import Reals

_STRETCH = 10
"""Glimpses after which a shot is read."""
_CUT = 14.0
"""Grey levels of mean change between thumbnails that make a cut."""
_THUMB = 16
_SEARCHES = 3
"""Searches for a grid in all, in films that were cropped or turned."""
_GRIDS = 4
_PERIODS = (48.0, 400.0)
_ANGLE = np.radians(3.5)
_LEAST_SIDE = 64


class ShotReader:
    """Takes glimpses in order; `found` says what was in them."""

    def __init__(self, keys: Sequence[MarkKey], *, until: float) -> None:
        """Stops searching for grids when the monotonic clock says `until`."""
        self._keys, self._until = tuple(keys), until
        self._found: dict[tuple[str, str], tuple[float, float, float]] = {}
        self._searches = _SEARCHES
        self._grids: list[Grid] = []
        self._shape: tuple[int, ...] = ()
        self._begin()

    def _begin(self) -> None:
        self._shot: Reals | None = None
        self._stretch: Reals | None = None
        self._thumb: npt.NDArray[np.float32] | None = None
        self._shot_times: list[float] = []
        self._times: list[float] = []

    def see(self, glimpse: ReducedFrame) -> None:
        """Take the next glimpse."""
        if min(glimpse.luma.shape) < _LEAST_SIDE:
            return
        thumb = cv2.resize(glimpse.luma, (_THUMB, _THUMB), interpolation=cv2.INTER_AREA)
        if self._is_cut(glimpse, thumb.astype(np.float32)):
            self._read()
            self._begin()
        if glimpse.luma.shape != self._shape:
            self._shape = glimpse.luma.shape
            self._grids = [Grid(period=film_period(*self._shape))]
        self._thumb = thumb.astype(np.float32)
        plane = evened(glimpse.luma)
        self._shot = plane if self._shot is None else self._shot + plane
        self._stretch = plane if self._stretch is None else self._stretch + plane
        self._times.append(glimpse.time_s)
        self._shot_times.append(glimpse.time_s)
        if len(self._times) >= _STRETCH:
            self._read()

    def _is_cut(self, glimpse: ReducedFrame, thumb: npt.NDArray[np.float32]) -> bool:
        if self._thumb is None:
            return False
        changed = float(np.abs(thumb - self._thumb).mean()) > _CUT
        return changed or glimpse.luma.shape != self._shape

    def found(self) -> tuple[Found, ...]:
        """All marks so far, by when they were first seen."""
        self._read()
        self._begin()
        marks = [
            Found(identifier=identifier, key=key, score=score, start_s=start, end_s=end)
            for (identifier, key), (start, end, score) in self._found.items()
        ]
        return tuple(sorted(marks, key=lambda f: (f.start_s or 0.0, f.identifier)))

    def _read(self) -> None:
        """Read the shot so far, and its latest stretch alone; then begin a stretch."""
        if self._shot is None or self._stretch is None or not self._times:
            return
        if not self._read_sum(self._stretch, self._times) and self._shot is not self._stretch:
            self._read_sum(self._shot, self._shot_times)
        self._stretch, self._times = None, []

    def _read_sum(self, plane: Reals, times: list[float]) -> bool:
        spectrum = Spectrum.of(plane)
        seen = False
        for grid in self._tried(plane, spectrum):
            for key in self._keys:
                found = read(spectrum, grid, key)
                if found is not None:
                    seen = True
                    self._note(found, times)
                    if grid not in self._grids:
                        self._grids.append(grid)
            if seen:
                break
        return seen

    def _tried(self, plane: Reals, spectrum: Spectrum) -> Iterator[Grid]:
        yield from tuple(self._grids)
        if len(self._grids) > 1 or self._found or self._searches < 1:
            return
        if time.monotonic() > self._until:
            return
        self._searches -= 1
        for likely in likely_grids(plane, spectrum, periods=_PERIODS, angle=_ANGLE, count=_GRIDS):
            yield from turned_ways(likely)

    def _note(self, found: Found, times: list[float]) -> None:
        name = found.identifier, found.key
        start, end, score = self._found.get(name, (times[0], times[-1], found.score))
        span = min(start, times[0]), max(end, times[-1]), max(score, found.score)
        self._found[name] = span
