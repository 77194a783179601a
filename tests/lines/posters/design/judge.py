"""Contrast measured apart from berg: plain numpy, whole rims, WCAG 2.2's formulas written again."""

import numpy as np

from berg.lines.posters.design.parts import Overlay, Piece


def linear(channel: np.ndarray) -> np.ndarray:
    share = channel.astype(np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def relative_luminance(pixels: np.ndarray) -> np.ndarray:
    return (
        0.2126 * linear(pixels[..., 0])
        + 0.7152 * linear(pixels[..., 1])
        + 0.0722 * linear(pixels[..., 2])
    )


def spread(mask: np.ndarray, by: int) -> np.ndarray:
    """A mask grown by `by` pixels in all eight directions."""
    grown = mask.copy()
    for _ in range(by):
        wider = grown.copy()
        wider[1:] |= grown[:-1]
        wider[:-1] |= grown[1:]
        grown = wider.copy()
        grown[:, 1:] |= wider[:, :-1]
        grown[:, :-1] |= wider[:, 1:]
    return grown


def judged(picture: np.ndarray, overlay: Overlay, piece: Piece) -> float:
    """The contrast that 95 of 100 pixels right around a piece's letters have at least."""
    box = piece.box
    alpha = np.zeros(picture.shape[:2], bool)
    rows = slice(box.top, box.top + box.height)
    columns = slice(box.left, box.left + box.width)
    alpha[rows, columns] = overlay.pixels[rows, columns, 3] > 111
    touched = overlay.pixels[..., 3] > 0
    near = spread(alpha, max(3, round(piece.em * 0.1))) & ~spread(alpha, 1) & ~touched
    values = relative_luminance(picture[near])
    ink = np.array([int(piece.ink[i : i + 2], 16) for i in (1, 3, 5)])
    own = float(relative_luminance(ink))
    ratios = (np.maximum(values, own) + 0.05) / (np.minimum(values, own) + 0.05)
    return float(np.percentile(ratios, 5))
