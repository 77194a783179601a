"""YUV: a picture as planar YUV 4:2:0, BT.709, limited range, 8 bits; and the way there from RGB.

Everything between reading and encoding works on these planes, so that no frame is ever converted.
Chroma lies where H.264 puts it by default: on every second luma column, between two luma rows
(ITU-T H.264 Annex E, chroma_sample_loc_type 0). Not here: other colour spaces (`color`).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from berg.media.arrays import Bytes, Reals

_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB

_TO_YCC = np.array(
    [
        [219 * _KR, 219 * _KG, 219 * _KB],
        [-112 * _KR / (1 - _KB), -112 * _KG / (1 - _KB), 112],
        [112, -112 * _KG / (1 - _KR), -112 * _KB / (1 - _KR)],
    ],
    np.float32,
) / np.float32(255)
"""From R'G'B' of 0 to 255; ITU-R BT.709-6, section 3, quantised for 8 bits."""
_OFFSET = np.array([16, 128, 128], np.float32)


class Planes(NamedTuple):
    """One picture: luma (height, width), and two chroma planes of half the size each way."""

    y: Bytes
    u: Bytes
    v: Bytes


def empty_planes(width: int, height: int) -> Planes:
    """Black planes of an even size."""
    chroma = (height // 2, width // 2)
    return Planes(
        np.full((height, width), 16, np.uint8),
        np.full(chroma, 128, np.uint8),
        np.full(chroma, 128, np.uint8),
    )


def copy_planes(source: Planes, onto: Planes) -> None:
    """Overwrite `onto` with `source`, of the same size."""
    for one, other in zip(source, onto, strict=True):
        np.copyto(other, one)


def to_ycc(rgb: npt.NDArray[Any]) -> Reals:
    """R'G'B' (height, width, 3; 0 to 255) as Y'CbCr at full resolution, not yet rounded."""
    return (rgb.astype(np.float32, copy=False) @ _TO_YCC.T + _OFFSET).astype(np.float32, copy=False)


def round_to_bytes(values: Reals) -> Bytes:
    """The nearest 8-bit values."""
    result: Bytes = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return result


def halve_between(chroma: Reals) -> Reals:
    """Chroma at half size, sited in the middle of four pixels: what a resampler wants."""
    result: Reals = (
        chroma[0::2, 0::2] + chroma[0::2, 1::2] + chroma[1::2, 0::2] + chroma[1::2, 1::2]
    ) / np.float32(4)
    return result


def halve_on_left(chroma: Reals) -> Reals:
    """Chroma at half size, sited as H.264 has it: weights 1 2 1 across, 1 1 down."""
    before = np.concatenate([chroma[:, :1], chroma[:, 1:-1:2]], axis=1)
    across: Reals = before + 2 * chroma[:, 0::2] + chroma[:, 1::2]
    result: Reals = (across[0::2] + across[1::2]) / np.float32(8)
    return result
