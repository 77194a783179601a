"""Pixels around letters as a scrim would make them, without laying it over the whole picture."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from berg.lines.posters.design.contrast import contrasts, luminances, weakest
from berg.lines.posters.design.letters import Rim
from berg.lines.posters.design.parts import Piece, RgbPixels
from berg.lines.posters.design.scrim import Scrim

_MARGIN = 1.03


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece, the pixels around its letters, and the contrast that it needs."""

    piece: Piece
    rim: Rim
    contrast: float

    @property
    def aim(self) -> float:
        """A little more than it needs: encoding and marking move pixels a little."""
        return self.contrast * _MARGIN


@dataclass(frozen=True, slots=True)
class Spot:
    """Some pixels of a piece's rim, and what a scrim would make of them."""

    wanted: Wanted
    scrim: Scrim
    under: npt.NDArray[np.uint8]
    share: npt.NDArray[np.float32]
    clear: npt.NDArray[np.float32]
    """(n, 1), how much of them the layer lets through."""
    over: npt.NDArray[np.float32]
    """(n, 3), what the layer adds."""

    @classmethod
    def of(
        cls, picture: RgbPixels, wanted: Wanted, scrim: Scrim, at: npt.NDArray[np.intp] | None
    ) -> "Spot":
        """The rim's pixels at some places; at all of them where `at` is None."""
        some = slice(None) if at is None else at
        rim = wanted.rim
        rows, columns = rim.rows[some], rim.columns[some]
        clear = np.asarray(1 - rim.over[some, 3:].astype(np.float32) / 255, np.float32)
        over = np.asarray(rim.over[some, :3] * (1 - clear), np.float32)
        share = scrim.share_at(rows, columns)
        return cls(wanted, scrim, np.asarray(picture[rows, columns]), share, clear, over)

    def seen(self, strength: float) -> npt.NDArray[np.uint8]:
        """The pixels through the scrim, rounded away from what helps, as dithering may."""
        dimmed = self.scrim.seen_through(self.under, self.share * np.float32(strength))
        mixed = dimmed * self.clear + self.over
        rounded = np.floor(mixed) if self.scrim.light else np.ceil(mixed)
        return np.asarray(rounded, np.uint8)

    def lowest(self, strength: float) -> float:
        """The lowest contrast of any of them."""
        found = contrasts(luminances(self.seen(strength)), self.wanted.piece.ink)
        return float(found.min(initial=21.0))

    def weakest(self, strength: float) -> float:
        """The rim's contrast as `contrast.weakest` counts it."""
        return weakest(self.seen(strength), self.wanted.rim, ink=self.wanted.piece.ink).contrast
