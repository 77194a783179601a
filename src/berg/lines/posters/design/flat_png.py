"""PNG for sheets of type: mostly empty, drawn once, read soon after. Quick both ways.

Any reader can open what `to_png` writes: 8-bit RGBA, rows unfiltered, deflate at its lightest. Such
a file is read back here several times as fast as by a general reader; all others go to OpenCV.
"""

import struct
import zlib

import cv2
import numpy as np

from berg.errors import StepError
from berg.lines.posters.design.parts import Rgba

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA8 = b"\x08\x06\x00\x00\x00"
"""8 bits, RGB with alpha, deflate, adaptive filters, not interlaced."""
_LIGHTEST = 1
_ZLIB_LIGHTEST = b"\x78\x01"
_MOST_PIXELS = 100_000_000
_SRGB = b"\0"


def to_png(pixels: Rgba) -> bytes:
    """The pixels as PNG, said to be sRGB. The same pixels give the same bytes."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + 4 * width), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">II", width, height) + _RGBA8
    chunks = (
        (b"IHDR", header),
        (b"sRGB", _SRGB),
        (b"IDAT", zlib.compress(rows.data, _LIGHTEST)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)


def from_png(data: bytes) -> Rgba:
    """RGBA pixels of a PNG. Raises StepError if it is none, or has no alpha."""
    quick = _quick(data)
    if quick is not None:
        return quick
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if found is None or found.ndim != 3 or found.shape[2] != 4 or found.dtype != np.uint8:
        raise StepError("a sheet of type could not be read back")
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGRA2RGBA, dst=found), np.uint8)


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(body, zlib.crc32(kind))
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def _quick(data: bytes) -> Rgba | None:
    """The pixels of a file as `to_png` writes it; None of any other."""
    if data[:8] != _SIGNATURE or data[12:16] != b"IHDR" or data[24:29] != _RGBA8:
        return None
    width, height = struct.unpack(">II", data[16:24])
    start = 8 + 25 + 13
    if data[start + 4 : start + 8] != b"IDAT" or data[start + 8 : start + 10] != _ZLIB_LIGHTEST:
        return None
    (length,) = struct.unpack(">I", data[start : start + 4])
    size = height * (1 + 4 * width)
    if not 0 < width * height <= _MOST_PIXELS or data[start + 16 + length :][:4] != b"IEND":
        return None
    try:
        inflater = zlib.decompressobj()
        rows = inflater.decompress(data[start + 8 : start + 8 + length], size)
    except zlib.error:
        return None
    table = np.frombuffer(rows, np.uint8)
    if len(table) != size or table[:: 1 + 4 * width].any():
        return None
    return np.ascontiguousarray(table.reshape(height, -1)[:, 1:]).reshape(height, width, 4)
