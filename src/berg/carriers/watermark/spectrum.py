"""A picture as a detector sees it: locally evened, then its spectrum, evened in turn.

First the picture's own contrast is divided out place by place, then each frequency is divided by
the mean strength around it. What is left of an unmarked picture is close to complex Gaussian noise
of unit power at every frequency, whatever it showed and however it was coded; the waves of a mark
stand out of it. Nothing here knows a key: several keys share one spectrum.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.arrays import Reals

Waves = npt.NDArray[np.complex64]

_BLUR, _AROUND = 3.0, 11
_NOISE = 1.5
"""Grey levels of contrast below which evening gives up: there is nothing but coding noise."""
_CLIP = 3.0
_PAD = 1.25
_MEAN_BINS = 11


def evened(luma: npt.NDArray[np.uint8] | Reals) -> Reals:
    """A luma plane (height, width; 0 to 255) without its slow changes, of even contrast."""
    plane = np.asarray(luma, np.float32)
    fine = plane - cv2.GaussianBlur(plane, (0, 0), _BLUR)
    power = cv2.blur(fine * fine, (_AROUND, _AROUND))
    result: Reals = np.clip(fine / np.sqrt(power + np.float32(_NOISE**2)), -_CLIP, _CLIP)
    return result


@dataclass(frozen=True, eq=False, slots=True)
class Spectrum:
    """An evened spectrum; phases are relative to the plane's middle."""

    values: Waves
    """(rows, columns), frequency 0 first, periodic; mean power 1 around any frequency."""
    size: tuple[int, int]
    """Height and width of the plane it is of, pixels."""

    @classmethod
    def of(cls, plane: Reals) -> "Spectrum":
        """The spectrum of an evened plane (height, width)."""
        height, width = plane.shape
        rows = cv2.getOptimalDFTSize(int(height * _PAD) + 1)
        columns = cv2.getOptimalDFTSize(int(width * _PAD) + 1)
        padded = np.zeros((rows, columns), np.float32)
        up, left = height // 2, width // 2
        padded[: height - up, : width - left] = plane[up:, left:]
        padded[: height - up, columns - left :] = plane[up:, :left]
        padded[rows - up :, : width - left] = plane[:up, left:]
        padded[rows - up :, columns - left :] = plane[:up, :left]
        raw: Reals = np.asarray(cv2.dft(padded, flags=cv2.DFT_COMPLEX_OUTPUT), np.float32)
        power = raw[..., 0] ** 2 + raw[..., 1] ** 2
        mean = cv2.blur(power, (_MEAN_BINS, _MEAN_BINS), borderType=cv2.BORDER_REFLECT)
        values = raw.view(np.complex64)[..., 0] / np.sqrt(mean + np.float32(1e-6))
        return cls(np.asarray(values, np.complex64), (height, width))

    def power(self, *, most: float) -> Reals:
        """Power at each bin, `most` where it is more."""
        values = self.values
        result: Reals = np.minimum(values.real**2 + values.imag**2, np.float32(most))
        return result

    def at(self, frequencies: npt.NDArray[np.float64]) -> Waves:
        """Values at frequencies (…, 2), cycles per pixel across and down, between bins as well."""
        rows, columns = self.values.shape
        across, down = frequencies[..., 0] * columns, frequencies[..., 1] * rows
        left, up = np.floor(across).astype(np.intp), np.floor(down).astype(np.intp)
        right_share = (across - left).astype(np.float32)
        low_share = (down - up).astype(np.float32)
        values = self.values
        high = values[up % rows, left % columns] * (1 - right_share)
        high += values[up % rows, (left + 1) % columns] * right_share
        low = values[(up + 1) % rows, left % columns] * (1 - right_share)
        low += values[(up + 1) % rows, (left + 1) % columns] * right_share
        result: Waves = high * (1 - low_share) + low * low_share
        return result
