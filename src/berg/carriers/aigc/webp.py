"""WebP's extended header (RFC 9649): made for a simple file, or set in one that has it."""

import struct

from berg.carriers.aigc.source import OutputPiece, SourceFile

XMP_FLAG = 0x04
_ALPHA_FLAG = 0x10


def extended(file: SourceFile, body: list[OutputPiece], *, flag: int) -> list[OutputPiece]:
    """The chunks behind a VP8X chunk that says `flag` besides what it said."""
    first = body[0] if body else b""
    if not isinstance(first, tuple):
        file.refuse("has no picture where one belongs")
    name = file.read(first[0], 4)
    if name == b"VP8X":
        head = file.read(first[0], 8)
        flags = file.read(first[0] + 8, 1)[0] | flag
        return [head + bytes((flags,)), (first[0] + 9, first[1]), *body[1:]]
    if name == b"VP8 ":
        width, height, alpha = *_lossy_size(file, first[0] + 8), False
    elif name == b"VP8L":
        width, height, alpha = _lossless_size(file, first[0] + 8)
    else:
        file.refuse("has no picture where one belongs")
    flags = flag | (_ALPHA_FLAG if alpha else 0)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return [b"VP8X" + struct.pack("<II", 10, flags) + size, *body]


def _lossy_size(file: SourceFile, at: int) -> tuple[int, int]:
    """RFC 6386, 9.1: behind three bytes and a start code."""
    if file.read(at + 3, 3) != b"\x9d\x01\x2a":
        file.refuse("is no WebP picture")
    width, height = struct.unpack("<HH", file.read(at + 6, 4))
    if not (width & 0x3FFF and height & 0x3FFF):
        file.refuse("has no width or height")
    return width & 0x3FFF, height & 0x3FFF


def _lossless_size(file: SourceFile, at: int) -> tuple[int, int, bool]:
    if file.read(at, 1) != b"\x2f":
        file.refuse("is no WebP picture")
    bits = file.number("<I", at + 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
