"""Generated pictures with texture, gradients, edges and flat ground; the same every time."""

import io

import cv2
import numpy as np
from PIL import Image


def scene(seed: int, *, height: int = 800, width: int = 640) -> np.ndarray:
    """An RGB picture: soft sky above, rough ground below, some shapes between."""
    draws = np.random.default_rng(seed)
    rough = np.zeros((height, width), np.float32)
    for octave in range(6):
        cells = draws.normal(size=(3 << octave, 3 << octave)).astype(np.float32)
        rough += cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC) * 0.6**octave
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    luma = 150 - 60 * down + rough * (4 + 38 * (down > 0.35))
    picture = np.stack([luma * 0.9, luma, luma * 1.1 + 10 * (1 - down)], axis=2)
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    for _ in range(6):
        at = tuple(int(v) for v in draws.integers(0, width, 2))
        colour = tuple(int(v) for v in draws.integers(0, 255, 3))
        cv2.circle(picture, at, int(draws.integers(15, 60)), colour, -1, cv2.LINE_AA)
    return picture


def poster(*, height: int = 800, width: int = 640) -> np.ndarray:
    """Type on flat ground."""
    picture = np.full((height, width, 3), (245, 240, 228), np.uint8)
    for row, line in enumerate(["OPEN", "FROM 8", "TO LATE"]):
        at = (60, 250 + 160 * row)
        cv2.putText(picture, line, at, cv2.FONT_HERSHEY_DUPLEX, 4, (30, 40, 60), 9, cv2.LINE_AA)
    return picture


def coded(picture: np.ndarray, form: str, quality: int) -> np.ndarray:
    """Through a lossy format and back."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, form, quality=quality)
    return np.array(Image.open(file).convert("RGB"))


def turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    """Turned about its middle, the corners black."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Decibels."""
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return float(10 * np.log10(255**2 / error))
