"""The packed file of multilingual-e5-small: a vocabulary, a table of characters, and tensors.

Little-endian, one after another: sizes; pieces with their scores; how characters are normalised;
a directory of tensors, which lie as 32-bit floats or as Q4_0 blocks (18 bytes for 32 weights: a
16-bit scale, then 16 bytes whose low halves are the first 16 weights and whose high halves are the
rest, each less 8). Nothing in it is executed.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from berg.errors import WeightsError

BLOCK, BLOCK_BYTES = 32, 18
Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """SentencePiece's unigram pieces, and how characters are normalised before."""

    pieces: dict[bytes, int]
    scores: Floats
    begin: int
    end: int
    unknown: int
    normal: dict[int, str]
    """What a character becomes, where it isn't itself."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An opened file. The large table of word vectors stays on disk."""

    layers: int
    heads: int
    epsilon: float
    vocabulary: Vocabulary
    data: NDArray[np.uint8]
    places: dict[str, tuple[int, int]]
    """By tensor's name: first byte, bytes."""

    def floats(self, name: str) -> Floats:
        """A tensor of 32-bit floats."""
        return np.frombuffer(self._bytes(name), "<f4")

    def matrix(self, name: str, columns: int) -> Floats:
        """A Q4_0 matrix as floats: rows x columns."""
        return unpack(self._bytes(name)).reshape(-1, columns)

    def rows(self, name: str, columns: int, which: NDArray[np.intp]) -> Floats:
        """Some rows of a Q4_0 matrix as floats."""
        size = columns // BLOCK * BLOCK_BYTES
        return unpack(self._bytes(name).reshape(-1, size)[which]).reshape(-1, columns)

    def _bytes(self, name: str) -> NDArray[np.uint8]:
        start, size = self.places[name]
        return self.data[start : start + size]


def unpack(raw: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks as floats, one after another."""
    blocks = np.ascontiguousarray(raw).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    halves = np.concatenate([packed & 15, packed >> 4], axis=1)
    return np.asarray((halves.astype(np.float32) - 8) * scale, np.float32).ravel()


class _Cursor:
    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at].tobytes()

    def read(self, form: str) -> tuple[int, ...]:
        found: tuple[int, ...] = struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))
        return found


def open_packed(path: Path) -> Packed:
    """Open the file. Raises WeightsError if it isn't one."""
    data = np.memmap(path, np.uint8, "r")
    try:
        return _read(_Cursor(data), data)
    except (struct.error, ValueError, IndexError, KeyError) as error:
        raise WeightsError(f"{path.name}: not a packed text model: {error}") from error


def _read(cursor: _Cursor, data: NDArray[np.uint8]) -> Packed:
    if cursor.take(4) != b"E5S1":
        raise ValueError("it doesn't begin with E5S1")
    cursor.read("I")
    _width, layers, heads, *_others = cursor.read("7i")
    (epsilon,) = struct.unpack("<f", cursor.take(4))
    cursor.read("i")
    vocabulary = _vocabulary(cursor)
    places = {}
    (count,) = cursor.read("i")
    for _ in range(count):
        name = cursor.take(*cursor.read("H")).decode("ascii")
        _kind, _length, start, size = cursor.read("BIQQ")
        places[name] = (start, size)
    return Packed(layers, heads, epsilon, vocabulary, data, places)


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _pad, unknown = cursor.read("5i")
    (size,) = cursor.read("Q")
    ends = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4")
    blob = cursor.take(size)
    pieces = {blob[a:b]: index for index, (a, b) in enumerate(pairwise(ends)) if b > a}
    rules, _bytes = cursor.read("iI")
    normal = {}
    for _ in range(rules):
        code, length = cursor.read("IB")
        normal[code] = "".join(map(chr, cursor.read(f"{length}I")))
    return Vocabulary(
        pieces=pieces, scores=scores, begin=begin, end=end, unknown=unknown, normal=normal
    )
