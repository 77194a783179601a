"""The few statistics of the page: Wilson's interval, PSNR, SSIM, SNR."""

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_Z = 1.959964
"""Normal quantile of a 95 % interval."""


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, JASA 22, 1927)."""
    if not trials:
        return 0.0, 1.0
    share = successes / trials
    spread = _Z * math.sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2))
    middle, scale = share + _Z**2 / (2 * trials), 1 + _Z**2 / trials
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return max(0.0, low), min(1.0, high)


def psnr(before: Pixels, after: Pixels) -> float:
    """Decibels, over all samples of 8 bits; 99 where nothing differs."""
    error = float(np.mean((before.astype(np.float32) - after.astype(np.float32)) ** 2))
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def ssim(before: Pixels, after: Pixels) -> float:
    """Of two planes: 11×11 Gaussian windows, σ 1.5 (Wang et al., IEEE TIP 13(4), 2004)."""
    a, b = before.astype(np.float32), after.astype(np.float32)
    mean_a, mean_b = _blur(a), _blur(b)
    spread_a, spread_b = _blur(a * a) - mean_a**2, _blur(b * b) - mean_b**2
    shared = _blur(a * b) - mean_a * mean_b
    one, two = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    over = (2 * mean_a * mean_b + one) * (2 * shared + two)
    return float(np.mean(over / ((mean_a**2 + mean_b**2 + one) * (spread_a + spread_b + two))))


def _blur(plane: Any) -> Any:
    return cv2.GaussianBlur(plane, (11, 11), 1.5)


def grey(rgb: Pixels) -> Pixels:
    """Luma of a picture."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def snr(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> float:
    """Decibels of a sound over what was added to it."""
    kept = min(len(before), len(after))
    noise = float(np.sum((after[:kept].astype(np.float64) - before[:kept]) ** 2))
    signal = float(np.sum(before[:kept].astype(np.float64) ** 2))
    return 99.0 if noise == 0 else 10 * math.log10(max(signal, 1e-12) / noise)
