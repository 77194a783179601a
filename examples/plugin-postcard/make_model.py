"""Writes berg_postcard/frost.onnx: one convolution, 9x9 with gaps of 3, the same for each colour.
Nothing in it is learned. ONNX is Protocol Buffers; these few messages are written by hand."""

import math
import struct
from pathlib import Path


def field(number: int, value: int | bytes | str) -> bytes:
    """One field of a message: a whole number, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def ints(name: str, *values: int) -> bytes:
    """An attribute of whole numbers."""
    return field(5, field(1, name) + b"".join(field(8, v) for v in values) + field(20, 7))


def tensor(name: str) -> bytes:
    """Of floats: one picture, three colours, any height and width."""
    sizes = (field(1, 1), field(1, 3), field(2, "height"), field(2, "width"))
    shape = field(2, b"".join(field(1, size) for size in sizes))
    return field(1, name) + field(2, field(1, field(1, 1) + shape))


row = [math.comb(8, k) / 256 for k in range(9)]
kernel = struct.pack("<243f", *(3 * [a * b for a in row for b in row]))
weight = (
    b"".join(field(1, n) for n in (3, 1, 9, 9)) + field(2, 1) + field(8, "w") + field(9, kernel)
)
gaps = ints("dilations", 3, 3) + ints("kernel_shape", 9, 9) + ints("pads", 12, 12, 12, 12)
node = field(1, "picture") + field(1, "w") + field(2, "soft") + field(4, "Conv") + gaps
node += field(5, field(1, "group") + field(3, 3) + field(20, 2))
graph = field(1, node) + field(2, "frost") + field(5, weight)
graph += field(11, tensor("picture")) + field(12, tensor("soft"))
model = field(1, 8) + field(7, graph) + field(8, field(2, 13))
Path(__file__).with_name("berg_postcard").joinpath("frost.onnx").write_bytes(model)
