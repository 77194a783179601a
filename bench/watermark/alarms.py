"""False alarms: unmarked material, and material marked under another key, asked with random keys.

Three kinds. `full`: the whole detector, all grids, 32 keys a call. `unscaled`: the detector's first
grid alone, on a million pairs of picture and key; the sync's peak over all beginnings of the tile
is had for many pictures at once by two matrix products in place of one Fourier transform each, and
whatever comes near the detector's threshold goes through the detector's own `read`. `sound`: whole
clips. What is the same for all keys is done once a picture.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from bench.watermark.chance import chance, identifier, key
from bench.watermark.material import PHOTOGRAPHS
from bench.watermark.picture_attacks import ATTACKS
from bench.watermark.pictures import Unit as PictureUnit
from bench.watermark.pictures import picture_of
from bench.watermark.posters import POSTERS
from bench.watermark.rows import Row
from bench.watermark.sound_material import CLIPS, RATE, clip
from bench.watermark.statistics import Pixels
from berg.carriers.watermark import picture, reading
from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.grid import Grid
from berg.carriers.watermark.pattern import MOST, layout_of, waves
from berg.carriers.watermark.picture import find_in_picture, mark_picture
from berg.carriers.watermark.sizes import picture_period
from berg.carriers.watermark.sound import find_in_sound
from berg.carriers.watermark.spectrum import Spectrum, evened

FIRST_KEY = 1_000_000
"""Keys from here on never marked anything."""
CHUNK, CHUNKS = 250, 20
FULL_KEYS, SOUND_KEYS = 32, 50
NEAR = 0.05
"""Standard deviations below the threshold from which `read` is asked."""


@dataclass(frozen=True)
class Unit:
    """A call of the detector, or a chunk of keys."""

    kind: str
    number: int

    @property
    def label(self) -> str:
        return f"{self.kind}/{self.number}"


def units() -> Iterator[Unit]:
    """The million first, then the others by turns."""
    yield from (Unit("unscaled", n) for n in range(CHUNKS))
    yield from (Unit("sound", n) for n in range(len(CLIPS)))
    yield from (Unit("full", n) for n in range(100))


def run(unit: Unit, wants: Callable[[str], bool]) -> Iterator[Row]:
    """One row a unit."""
    if wants(unit.label):
        begun = time.process_time()
        made = {"unscaled": _unscaled, "full": _full, "sound": _sound}[unit.kind](unit.number)
        took = time.process_time() - begun
        yield {"trial": unit.label, "attack": unit.kind, "seconds": round(took, 2), **made}


def innocent(number: int) -> Pixels:
    """One of 200 pictures: 120 crops of photographs, half of them as JPEG 50; 40 posters; and 40
    photographs that bear a mark, of a key that is never asked for.
    """
    if number < 120:
        made = picture_of(PictureUnit("pictures", PHOTOGRAPHS[number % 30].name, number // 30))
        jpeg = next(attack for attack in ATTACKS if attack.name == "jpeg50")
        return jpeg.do(made, chance(number)) if number // 30 % 2 else made
    if number < 160:
        return picture_of(PictureUnit("posters", POSTERS[number % 10], number // 10 % 4))
    name = PHOTOGRAPHS[number % 30].name
    made = picture_of(PictureUnit("pictures", name, 4 + number % 2))
    marked = mark_picture(made, identifier=identifier("alarm", number), key=key(999))
    return np.asarray(marked, np.uint8)


def _keys(first: int, count: int) -> list[MarkKey]:
    return [key(FIRST_KEY + first + n) for n in range(count)]


def _full(number: int) -> dict[str, Any]:
    keys = _keys(100_000 + number * FULL_KEYS, FULL_KEYS)
    found = find_in_picture(innocent(number * 2), keys=keys)
    return {"trials": FULL_KEYS, "found": int(found is not None)}


def _sound(number: int) -> dict[str, Any]:
    keys = _keys(200_000 + number * SOUND_KEYS, SOUND_KEYS)
    found = find_in_sound(clip(list(CLIPS)[number]), rate=RATE, keys=keys)
    return {"trials": SOUND_KEYS, "found": len(found)}


@cache
def _seen() -> tuple[Any, list["Remembered"], list[Grid]]:
    """Waves (200, waves) of every picture on its unscaled grid, and what they were read from."""
    spectra, grids = [], []
    for number in range(200):
        rgb = innocent(number)
        luma = picture._looked_at(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8))
        whole = Spectrum.of(evened(luma))
        scale = luma.shape[0] / rgb.shape[0]
        grid = Grid(period=picture_period(*rgb.shape[:2]) * scale)
        spectra.append(Remembered(whole, grid))
        grids.append(grid)
    seen = [reading._waves_at(one, grid) for one, grid in zip(spectra, grids, strict=True)]
    return np.stack(seen), spectra, grids


class Remembered(Spectrum):
    """A spectrum of which only one grid's values are kept."""

    def __init__(self, whole: Spectrum, grid: Grid) -> None:
        object.__setattr__(self, "values", whole.at(grid.frequencies(waves())))
        object.__setattr__(self, "size", whole.size)

    def at(self, frequencies: Any) -> Any:
        """The values kept, whatever is asked for: it is always the same."""
        return self.values


def peaks(seen: Any, secret: bytes) -> Any:
    """The sync's score (pictures,) at its best beginning of a tile, as `reading.sync_at` has it."""
    layout = layout_of(secret)
    known = np.where(layout.bit < 0, layout.sign, np.float32(0)).reshape(-1, 2)
    products = seen * (known[:, 0] - 1j * known[:, 1]).astype(np.complex64)
    across, down = waves().T
    plane = np.zeros((len(seen), MOST + 1, 2 * MOST + 1), np.complex64)
    plane[:, down, across + MOST] = products
    right, up = _turns()
    best = np.empty(len(seen), np.float32)
    for first in range(0, len(seen), 20):
        half = plane[first : first + 20] @ right
        both = np.concatenate([half.real, half.imag], axis=1)
        best[first : first + 20] = (up @ both).max(axis=(1, 2))
    power = np.mean(np.abs(seen) ** 2, axis=1) / 2
    return best / np.sqrt(power * np.count_nonzero(known))


@cache
def _turns() -> tuple[Any, Any]:
    fine = reading._FINENESS
    at = np.arange(fine)
    right = np.exp(-2j * np.pi * np.outer(np.arange(-MOST, MOST + 1), at) / fine)
    up = np.exp(-2j * np.pi * np.outer(at, np.arange(MOST + 1)) / fine)
    return right.astype(np.complex64), np.concatenate([up.real, -up.imag], 1).astype(np.float32)


def _unscaled(number: int) -> dict[str, Any]:
    seen, spectra, grids = _seen()
    found = decoded = 0
    highest = 0.0
    for count, one in enumerate(_keys(number * CHUNK, CHUNK)):
        scores = peaks(seen, one.secret)
        if count == 0:
            _agree(scores, seen, one)
        highest = max(highest, float(scores.max()))
        decoded += int((scores >= reading.SYNC_LEAST).sum())
        for place in np.flatnonzero(scores >= reading.SYNC_LEAST - NEAR):
            found += reading.read(spectra[place], grids[place], one) is not None
    return {"trials": CHUNK * len(seen), "found": found, "decoded": decoded, "highest": highest}


def _agree(scores: Any, seen: Any, one: MarkKey) -> None:
    """Stop if the matrix products are no longer what the detector computes."""
    for place in range(0, len(seen), 40):
        theirs = reading.sync_at(seen[place], layout_of(one.secret)).score
        if abs(theirs - scores[place]) > 1e-2:
            raise SystemExit(f"sync: {scores[place]:.3f} here, {theirs:.3f} in the detector")
