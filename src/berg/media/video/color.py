"""What a frame's numbers mean as colours, and how the unusual ones become ordinary video.

Ordinary is ITU-R BT.709, limited range. Wide gamuts and high dynamic range go through a 3D table
made here; everything else is one matrix, which FFmpeg's scaler applies.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from av.video.frame import VideoFrame

from berg.media.arrays import Doubles

Transfer = Literal["sdr", "pq", "hlg"]

_MATRICES = {
    1: "bt709",
    4: "fcc",
    5: "bt470",
    6: "smpte170m",
    7: "smpte240m",
    9: "bt2020",
    10: "bt2020",
}
"""AVColorSpace to the names of FFmpeg's `scale` filter."""
_TO_709: dict[str, list[list[float]]] = {
    "bt2020": [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]],
    "p3": [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]],
}
"""Linear RGB of wide gamuts to BT.709 (BT.2087-0, SMPTE EG 432-1 with a D65 white)."""
_LUMA_709 = np.array([0.2126, 0.7152, 0.0722])
_GRID = 65
"""Steps along each axis: 33 miss dark saturated colours by 5 of 255, 65 by 2."""
_SDR_GAMMA = 2.4
"""BT.1886: how a display shows BT.709."""
_REFERENCE_WHITE = 203.0
"""cd/m2 of a white page in HDR (BT.2408)."""
_PEAK = 1000.0
"""cd/m2 that become the brightest white; what is brighter is clipped."""
_KNEE = 0.45
"""Share of reference white up to which brightness is kept as it is."""


@dataclass(frozen=True, slots=True)
class FrameColour:
    """How one frame is to be read."""

    matrix: str
    """As the scaler names it; `rgb` if the frame is not luma and chroma."""
    full: bool
    """Whether black is 0 and white the largest number."""
    transfer: Transfer = "sdr"
    gamut: str = "bt709"
    """`bt709`, `bt2020` or `p3`."""

    @property
    def ordinary(self) -> bool:
        """Whether the numbers are BT.709 limited already."""
        return self == FrameColour("bt709", False)

    @property
    def needs_table(self) -> bool:
        """Whether one matrix is not enough."""
        return self.transfer != "sdr" or self.gamut != "bt709"


def colour_of(frame: VideoFrame) -> FrameColour:
    """A frame's colours, as tagged; untagged ones by the customs of its size and format."""
    transfers: dict[int, Transfer] = {16: "pq", 18: "hlg"}
    gamuts = {9: "bt2020", 11: "p3", 12: "p3"}
    name = frame.format.name
    transfer = transfers.get(int(frame.color_trc), "sdr")
    gamut = gamuts.get(int(frame.color_primaries), "bt709")
    if frame.format.is_rgb or name == "pal8":
        return FrameColour("rgb", True, transfer, gamut)
    full = int(frame.color_range) == 2 or name.startswith("yuvj")
    if name.startswith(("gray", "ya", "mono")):
        full = int(frame.color_range) != 1
    matrix = _MATRICES.get(int(frame.colorspace)) or _customary(frame.width, frame.height, gamut)
    if matrix == "bt2020" and int(frame.color_primaries) in (0, 2):
        gamut = "bt2020"
    return FrameColour(matrix, full, transfer, gamut)


def _customary(width: int, height: int, gamut: str) -> str:
    if gamut == "bt2020":
        return "bt2020"
    return "bt709" if max(width, height) >= 1280 or min(width, height) >= 720 else "smpte170m"


@lru_cache(maxsize=8)
def cube(transfer: Transfer, gamut: str) -> str:
    """A `.cube` table from a source's R'G'B' to BT.709 R'G'B' (text; red runs fastest)."""
    steps = np.linspace(0.0, 1.0, _GRID)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    coded = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    shown = to_bt709(coded, transfer, gamut)
    rows = "\n".join(map("{:.5f} {:.5f} {:.5f}".format, *shown.T.tolist()))
    return f"LUT_3D_SIZE {_GRID}\n{rows}\n"


def to_bt709(coded: Doubles, transfer: Transfer, gamut: str) -> Doubles:
    """R'G'B' rows (0 to 1) of a source as BT.709 R'G'B' rows.

    High dynamic range is tone mapped on its largest component, so that hues stay; colours outside
    the gamut are drawn towards grey of the same luminance until they fit.
    """
    if transfer == "sdr":
        light: Doubles = coded**_SDR_GAMMA
    else:
        light = _compress(_pq(coded) if transfer == "pq" else _hlg(coded))
    if gamut != "bt709":
        light = light @ np.array(_TO_709[gamut]).T
    fitted: Doubles = _into_gamut(light) ** (1 / _SDR_GAMMA)
    return fitted


def _pq(coded: Doubles) -> Doubles:
    """SMPTE ST 2084: code to light, in units of reference white."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = coded ** (1 / m2)
    light: Any = (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return np.asarray(light * 10_000 / _REFERENCE_WHITE)


def _hlg(coded: Doubles) -> Doubles:
    """BT.2100 HLG on a 1000 cd/m2 display: code to light, in units of reference white."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    luma = scene @ np.array([0.2627, 0.6780, 0.0593])
    light = scene * np.maximum(luma, 1e-6)[:, None] ** 0.2
    return np.asarray(light * 1000 / _REFERENCE_WHITE)


def _compress(light: Doubles) -> Doubles:
    """Light in units of reference white into 0 to 1: kept below the knee, rolled off above it."""
    peak = _PEAK / _REFERENCE_WHITE
    largest = np.minimum(np.max(light, axis=-1, keepdims=True), peak)
    above = np.maximum(largest - _KNEE, 0) / (1 - _KNEE)
    top = (peak - _KNEE) / (1 - _KNEE)
    rolled = _KNEE + (1 - _KNEE) * above * (1 + above / top**2) / (1 + above)
    wanted = np.where(largest <= _KNEE, largest, rolled)
    return np.asarray(np.minimum(light, peak) * wanted / np.maximum(largest, 1e-9))


def _into_gamut(light: Doubles) -> Doubles:
    """Mix each colour with its own grey just far enough that no component is below 0 or above 1."""
    grey = np.clip(light @ _LUMA_709, 0, 1)[:, None]
    low = np.where(light < 0, grey / np.maximum(grey - light, 1e-9), 1.0)
    high = np.where(light > 1, (1 - grey) / np.maximum(light - grey, 1e-9), 1.0)
    keep = np.minimum(low, high).min(axis=-1, keepdims=True)
    return np.asarray(np.clip(grey + keep * (light - grey), 0, 1))
