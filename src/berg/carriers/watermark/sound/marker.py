"""Marking sound: cells of time and pitch made a little louder or softer, as it streams by.

A multiplication of the short-time spectrum, by the same factors in every channel, so that a downmix
keeps the mark. A cell in which there is next to nothing to multiply, beside others that are loud,
is also given a breath of noise where its sign is up. Silence stays silent. Windows are the square
root of Hann's, half overlapping. `strength` says how far each cell goes.

The output hangs on the samples alone, never on the sizes of the blocks they come in: one block of
the pattern (2.56 s) is worked on at a time, with what lies around it. Memory doesn't grow with
length.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.sound.cells import Spectrogram
from berg.carriers.watermark.sound.pattern import (
    BAND_HZ,
    BANDS,
    BLOCK_S,
    LOWEST_HZ,
    SLOT_S,
    SLOTS,
    pattern_of,
    signs_of,
)
from berg.carriers.watermark.sound.strength import AROUND, breaths, changes
from berg.media.arrays import Doubles

SoundBlock = npt.NDArray[np.float32]

MIN_RATE, MAX_RATE, MAX_CHANNELS = 8_000, 384_000, 24
HOP_S = SLOT_S / 2
"""Half a window, and half a slot; the nearest count of samples that transforms quickly."""
_AROUND_S = AROUND * SLOT_S
HANN_ENERGY = 3 / 16
"""Energy of white noise of mean square 1 as `Spectrogram` has it: half, by Hann's window."""
_FRAMES = 32
"""Frames transformed at once."""


class SoundMarker:
    """Marks a stream; as many samples come out as went in, most of them later than they came."""

    def __init__(self, *, identifier: str, key: MarkKey, rate: int, channels: int) -> None:
        """Prepare for samples at `rate` Hz. Raises ValueError for what can't be marked."""
        if not (MIN_RATE <= rate <= MAX_RATE and 1 <= channels <= MAX_CHANNELS):
            raise ValueError(
                f"sound is marked at {MIN_RATE} to {MAX_RATE} Hz with 1 to {MAX_CHANNELS} channels"
            )
        self._signs = signs_of(identifier, key.secret)
        self._bit = pattern_of(key.secret).bit
        self._rate, self._channels = rate, channels
        self._hop = hop_of(rate)
        self._window = np.sqrt(0.5 - 0.5 * np.cos(np.pi * np.arange(2 * self._hop) / self._hop))
        self._bands = _bands(self._hop, rate)
        self._noise = _noise(self._hop, self._bands)
        self._around = round(_AROUND_S * rate)
        self._held_from = -self._around
        self._held = np.zeros((self._around, channels), np.float32)
        self._tail = np.zeros((self._hop, channels))
        self._number = 0
        self._in = self._out = 0

    def feed(self, block: SoundBlock) -> SoundBlock:
        """Take samples (n, channels); give those that are ready (m, channels)."""
        if block.ndim != 2 or block.shape[1] != self._channels:
            raise ValueError(f"samples must have the shape (n, {self._channels})")
        self._in += len(block)
        self._held = np.concatenate([self._held, block.astype(np.float32, copy=False)])
        ready = []
        while self._missing() <= 0:
            ready.append(self._next())
        return self._given(ready)

    def finish(self) -> SoundBlock:
        """Give what is left. The marker is spent."""
        ready = []
        while self._first_of(self._number) < self._in:
            silence = np.zeros((max(self._missing(), 0), self._channels), np.float32)
            self._held = np.concatenate([self._held, silence])
            ready.append(self._next())
        return self._given(ready)

    def _given(self, ready: list[SoundBlock]) -> SoundBlock:
        """Ready samples without those past the last that came in."""
        none = np.zeros((0, self._channels), np.float32)
        block = np.concatenate([none, *ready])[: self._in - self._out]
        self._out += len(block)
        return block

    def _begin(self, number: int) -> int:
        """The sample with which a block of the pattern begins."""
        return round(number * BLOCK_S * self._rate)

    def _frame(self, number: int) -> int:
        """The first frame whose middle lies in a block of the pattern."""
        return -(-(2 * self._begin(number) - self._hop) // (2 * self._hop))

    def _first_of(self, number: int) -> int:
        """The sample with which a block's first frame begins."""
        return self._frame(number) * self._hop - self._hop // 2

    def _missing(self) -> int:
        """How many samples are still needed for the next block."""
        return self._begin(self._number + 1) + self._around - (self._held_from + len(self._held))

    def _next(self) -> SoundBlock:
        """Mark the next block of the pattern; the samples from its first frame to the next's."""
        frames = range(self._frame(self._number), self._frame(self._number + 1))
        decibels, breath = self._wanted()
        change = self._change(frames, decibels, breath)
        first, end = self._first_of(self._number), self._first_of(self._number + 1)
        change[: self._hop] += self._tail
        self._tail = change[end - first :]
        plain = self._held[max(first, 0) - self._held_from : end - self._held_from]
        marked = plain + change[max(-first, 0) : end - first]
        self._number += 1
        self._drop(self._begin(self._number) - self._around)
        return marked.astype(np.float32)

    def _drop(self, first: int) -> None:
        self._held = self._held[first - self._held_from :]
        self._held_from = first

    def _wanted(self) -> tuple[SoundBlock, Doubles]:
        """Changes of the next block's cells, (64, 32), and the energy of noise to be added."""
        end = self._begin(self._number + 1) + self._around - self._held_from
        # a slot more, so that rounding never leaves one short
        mono = np.pad(self._held[:end].mean(axis=1), (0, round(SLOT_S * self._rate)))
        spectrogram = Spectrogram.of(mono, rate=self._rate)
        wanted = SLOTS + 2 * AROUND
        energy = spectrogram.energy(speed=1.0, fine=1)[:wanted]
        whole = spectrogram.whole()[:wanted]
        decibels = changes(energy, whole, self._signs, self._bit)
        return decibels, breaths(energy, whole, self._signs)[AROUND:-AROUND]

    def _change(self, frames: range, decibels: SoundBlock, breath: Doubles) -> Doubles:
        """What marking adds to the samples of some frames, (hops + 1 hop, channels)."""
        hop = self._hop
        added = np.zeros(((len(frames) + 1) * hop, self._channels))
        for first in range(0, len(frames), _FRAMES):
            some = frames[first : first + _FRAMES]
            start = some[0] * hop - hop // 2 - self._held_from
            held = self._held[start : start + (len(some) + 1) * hop]
            cut = np.lib.stride_tricks.sliding_window_view(held, 2 * hop, axis=0)[::hop]
            spectra = np.fft.rfft(cut * self._window, axis=2)
            slots = self._slots(some)
            spectra *= self._gains(slots, decibels)[:, None, :] - 1
            spectra += self._breath(slots, breath)[:, None, :]
            pieces = np.fft.irfft(spectra, 2 * hop, axis=2) * self._window
            pieces = pieces.transpose(0, 2, 1)
            for number, piece in enumerate(pieces, first):
                added[number * hop : (number + 2) * hop] += piece
        return added

    def _slots(self, frames: range) -> npt.NDArray[np.intp]:
        """The slots in which frames have their middles."""
        middle = (np.array(frames) + 0.5) * self._hop - self._begin(self._number)
        return np.floor(middle / (SLOT_S * self._rate)).astype(np.intp).clip(0, SLOTS - 1)

    def _gains(self, slots: npt.NDArray[np.intp], decibels: SoundBlock) -> Doubles:
        """Factors (frames, bins) for some frames."""
        factors: Doubles = np.power(10.0, decibels[slots].astype(np.float64) / 20 @ self._bands)
        return factors

    def _breath(self, slots: npt.NDArray[np.intp], breath: Doubles) -> npt.NDArray[np.complex128]:
        """Spectra (frames, bins) of the noise in some frames: of the asked energy in each band."""
        turns = 2 * slots + np.arange(len(slots)) % 2
        spectra: npt.NDArray[np.complex128] = (
            np.sqrt(breath[slots]) @ self._bands * self._noise[turns % len(self._noise)]
        )
        return spectra


def mark_sound(samples: SoundBlock, *, rate: int, identifier: str, key: MarkKey) -> SoundBlock:
    """Mark samples, float32 (n, channels) at `rate` Hz; gives as many.

    Raises ValueError for what can't be marked.
    """
    if samples.ndim != 2:
        raise ValueError("samples must have the shape (n, channels)")
    marker = SoundMarker(identifier=identifier, key=key, rate=rate, channels=samples.shape[1])
    return np.concatenate([marker.feed(samples), marker.finish()])


@cache
def hop_of(rate: int) -> int:
    """Samples of a hop: near 20 ms, and a product of small primes."""
    wanted = HOP_S * rate
    sizes = (
        2**a * 3**b * 5**c * 7**d
        for a in range(14)
        for b in range(5)
        for c in range(5)
        for d in range(3)
    )
    best: int = min(sizes, key=lambda size: (abs(size - wanted), size))
    return best


@cache
def _phases(bins: int) -> npt.NDArray[np.complex128]:
    """Unit vectors that look like chance, the same everywhere, (2 * SLOTS, bins)."""
    turns = np.random.Generator(np.random.PCG64(0)).random((2 * SLOTS, bins))
    return np.asarray(np.exp(2j * np.pi * turns), np.complex128)


def _noise(hop: int, bands: Doubles) -> npt.NDArray[np.complex128]:
    """Spectra (2 * SLOTS, bins) of noise of energy 1 in each band, as `Spectrogram` has it."""
    size, count = 2 * hop, np.maximum(bands.sum(axis=1), 1)
    each = size * np.sqrt(1 / (2 * HANN_ENERGY * count)) @ bands
    return np.asarray(_phases(hop + 1) * each, np.complex128)


def _bands(hop: int, rate: int) -> Doubles:
    """Which bin belongs to which band: (bands, bins) of 0 and 1."""
    hertz = np.arange(hop + 1) * (rate / (2 * hop))
    band = np.floor((hertz - LOWEST_HZ) / BAND_HZ)
    return np.asarray(band[None, :] == np.arange(BANDS)[:, None], np.float64)


def marking(
    *, identifier: str, key: MarkKey, rate: int = 48_000, channels: int = 2
) -> Callable[[Iterable[SoundBlock]], Iterator[SoundBlock]]:
    """A filter that marks a stream of blocks (n, channels); as many samples come out.

    Raises ValueError for what can't be marked, before anything is.
    """
    SoundMarker(identifier=identifier, key=key, rate=rate, channels=channels)

    def marked(blocks: Iterable[SoundBlock]) -> Iterator[SoundBlock]:
        marker = SoundMarker(identifier=identifier, key=key, rate=rate, channels=channels)
        for block in blocks:
            yield marker.feed(block)
        yield marker.finish()

    return marked
