"""Whether a file is a GGUF that may be handed to llama.cpp: read from its header, nothing loaded.

llama.cpp ends the process over some damaged files; what can be seen beforehand is said in one
error instead. Everything is bounded before it is read. The format: ggml-org/ggml, docs/gguf.md.
"""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

from berg.errors import WeightsError
from berg.units import MIB

HEADER_BYTES = 128 * MIB
"""Most that metadata and tensor list may take; the vocabulary of a large model is 20 MB."""
MAX_FILE = 80 * 1024 * MIB
MAX_TENSORS, MAX_KEYS, MAX_ITEMS = 20_000, 4_000, 2_000_000
MAX_KEY, MAX_TEXT = 256, 4 * MIB
LIMITS = {
    "block_count": (1, 512),
    "embedding_length": (16, 65_536),
    "context_length": (512, 100_000_000),
    "attention.head_count": (1, 2_048),
}
"""Least and most of what an architecture says of itself."""
NO_WRITERS = re.compile(r"bert|clip|t5encoder|whisper|wavtokenizer|dinov|mmproj")
"""Architectures that write no text."""

NUMBERS = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIifBQqd", strict=True))
"""Types of values in the header, as `struct` calls them; 7 is a truth value."""
TEXT, LIST = 8, 9
BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 30: (1, 2),
}  # fmt: skip
"""By tensor type: values in a block, bytes of a block. Of other types only the place is checked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """What a GGUF says of itself, as far as berg asks."""

    architecture: str
    name: str
    context: int
    """Tokens that it was made for."""


def read_header(path: Path) -> Header:
    """The header of a language model's GGUF.

    Raises:
        WeightsError: it is no GGUF, cut off, lies about itself, or writes no text.
    """
    size = path.stat().st_size
    try:
        if size > MAX_FILE:
            raise ValueError(f"{size} bytes are more than {MAX_FILE}")
        with path.open("rb") as file:
            return _read(_GgufReader(file, min(size, HEADER_BYTES)), size)
    except (ValueError, struct.error, UnicodeDecodeError, OverflowError) as error:
        raise WeightsError(
            f"the language model is no GGUF that berg can use: {error}; name a whole GGUF of a "
            "model that writes text"
        ) from error


class _GgufReader:
    """Reads little-endian values, and never past a limit."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._limit = limit

    def take(self, count: int) -> bytes:
        if count > self._limit - self._file.tell():
            raise ValueError("its header does not end where it should")
        data = self._file.read(count)
        if len(data) != count:
            raise ValueError("it is cut off")
        return data

    def number(self, form: str) -> int | float:
        (value,) = struct.unpack("<" + form, self.take(struct.calcsize(form)))
        found: int | float = value
        return found

    def count(self, form: str, most: int, what: str) -> int:
        value = int(self.number(form))
        if value > most:
            raise ValueError(f"{value} {what} are more than {most}")
        return value

    def text(self, most: int) -> str:
        return self.take(self.count("Q", most, "bytes of text")).decode("utf-8", "replace")

    def at(self) -> int:
        return self._file.tell()


def _read(reader: _GgufReader, size: int) -> Header:
    if reader.take(4) != b"GGUF":
        raise ValueError("it does not begin as a GGUF does")
    version = int(reader.number("I"))
    if version not in (2, 3):
        raise ValueError(f"version {version} is neither 2 nor 3")
    tensors = reader.count("Q", MAX_TENSORS, "tensors")
    keys = reader.count("Q", MAX_KEYS, "keys")
    told = {reader.text(MAX_KEY): _value(reader) for _ in range(keys)}
    ends = [_tensor_end(reader) for _ in range(tensors)]
    alignment = told.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 8 <= alignment <= 4096 or alignment % 8:
        raise ValueError(f"an alignment of {alignment} can't be")
    start = -(-reader.at() // alignment) * alignment
    if not ends or start + max(ends) > size:
        raise ValueError("its weights are cut off")
    return _checked(told)


def _value(reader: _GgufReader) -> object:
    kind = int(reader.number("I"))
    if kind == TEXT:
        return reader.text(MAX_TEXT)
    if kind != LIST:
        return reader.number(_form(kind))
    inner = int(reader.number("I"))
    length = reader.count("Q", MAX_ITEMS, "items of a list")
    if inner == TEXT:
        for _ in range(length):
            reader.take(reader.count("Q", MAX_TEXT, "bytes of text"))
    else:
        reader.take(length * struct.calcsize(_form(inner)))
    return length


def _form(kind: int) -> str:
    if kind not in NUMBERS:
        raise ValueError(f"its header has a value of type {kind}, which is not to be had there")
    return NUMBERS[kind]


def _tensor_end(reader: _GgufReader) -> int:
    """Where a tensor ends, in bytes after the start of all."""
    reader.text(MAX_KEY)
    shape = [int(reader.number("Q")) for _ in range(reader.count("I", 4, "dimensions"))]
    kind, offset = int(reader.number("I")), int(reader.number("Q"))
    if any(not 0 < length < 2**40 for length in shape):
        raise ValueError("a tensor's shape can't be")
    values, taken = BLOCKS.get(kind, (1, 0))
    return offset + prod(shape) // values * taken


def _checked(told: Mapping[str, object]) -> Header:
    architecture = str(told.get("general.architecture", ""))
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", architecture):
        raise ValueError("it names no architecture")
    if NO_WRITERS.search(architecture):
        raise ValueError(f"an architecture {architecture} writes no text")
    for key, (least, most) in LIMITS.items():
        value = told.get(f"{architecture}.{key}")
        if not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{architecture}.{key} is {value}, not {least} to {most}")
    if "tokenizer.ggml.tokens" not in told:
        raise ValueError("it has no vocabulary")
    return Header(
        architecture=architecture,
        name=str(told.get("general.name", ""))[:80],
        context=int(str(told[f"{architecture}.context_length"])),
    )
