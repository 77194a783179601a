"""A music bed: a piece of any length, cut or looped to a film's, without a click."""

from pathlib import Path

import numpy as np

from berg.media.audio.curves import fade
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Block, Scratch
from berg.media.audio.watch import OnProgress, watched

FADE_IN = RATE * 3 // 10
FADE_OUT = RATE * 3
"""Longest fade at the end; a shorter end card has a shorter one."""
CROSSFADE = RATE // 2
LOOPABLE = RATE
"""A sound shorter than a second is played once: looped it would stutter."""
_STING_FADE = RATE // 50


class Bed:
    """Music for `length` samples; read in pieces of any size and order."""

    def __init__(self, sound: Scratch, *, length: int, end_card: int) -> None:
        """Lay `sound` under a film of `length` samples whose end card starts at `end_card`."""
        self._sound = sound
        self._length = length
        self._out = max(end_card, length - FADE_OUT, 0)
        if length - self._out < FADE_IN:
            self._out = max(length - FADE_IN, length // 2)
        self._loops = LOOPABLE <= sound.samples < length
        self._cross = min(CROSSFADE, sound.samples // 4) if self._loops else 0

    def read(self, start: int, count: int) -> Block:
        """Samples `start` to `start + count` with their fades, shape (count, 2)."""
        block = self._looped(start, count) if self._loops else self._once(start, count)
        block = block * fade(start, count, first=0, last=min(FADE_IN, self._length))
        return block * fade(start, count, first=self._length - 1, last=self._out)

    def _once(self, start: int, count: int) -> Block:
        block = self._sound.read(start, count)
        end = self._sound.samples
        if end < self._length:
            block = block * fade(start, count, first=end, last=end - min(_STING_FADE, end))
        return block

    def _looped(self, start: int, count: int) -> Block:
        period = self._sound.samples - self._cross
        pieces = []
        at = start
        while at < start + count:
            round_, offset = divmod(at, period)
            size = min(period - offset, start + count - at)
            pieces.append(self._piece(offset, size, first_round=round_ == 0))
            at += size
        return np.concatenate(pieces)

    def _piece(self, offset: int, size: int, *, first_round: bool) -> Block:
        """Part of one round, with the end of the round before dying away under its beginning."""
        block = self._sound.read(offset, size)
        mixed = min(self._cross - offset, size)
        if first_round or mixed <= 0:
            return block
        share = (np.arange(offset, offset + mixed) + 0.5) / self._cross * (np.pi / 2)
        period = self._sound.samples - self._cross
        before = self._sound.read(period + offset, mixed)
        rise, fall = np.sin(share)[:, None], np.cos(share)[:, None]
        block[:mixed] = block[:mixed] * rise + before * fall
        return block


def read_music(path: Path, sound: Scratch, *, limit: int, progress: OnProgress) -> None:
    """Decode as much music as a film can use. Raises MediaError if there is none."""
    blocks = stereo_blocks(path, what="the music", limit=limit, block_dc=True)
    for block in watched(blocks, limit, progress):
        sound.append(block)
