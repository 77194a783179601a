"""Small GGUF files, written by the format's text (ggml-org/ggml, docs/gguf.md) and not by ours."""

import struct
from collections.abc import Mapping

TYPES = {int: (4, "<I"), float: (6, "<f")}
GOOD: Mapping[str, object] = {
    "general.architecture": "llama",
    "general.name": "tiny",
    "llama.block_count": 1,
    "llama.embedding_length": 32,
    "llama.context_length": 512,
    "llama.attention.head_count": 1,
    "tokenizer.ggml.tokens": ["a", "b"],
}


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: object) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", 8) + text(value)
    if isinstance(value, list):
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(text, value))
    number, form = TYPES[type(value)]
    return struct.pack("<I", number) + struct.pack(form, value)


def gguf(
    told: Mapping[str, object] = GOOD,
    *,
    version: int = 3,
    shape: tuple[int, ...] = (32, 32),
    offset: int = 0,
    body: int = 4096,
) -> bytes:
    """A file with one float32 tensor and so many bytes of weights."""
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(told))
    head += b"".join(text(key) + _value(value) for key, value in told.items())
    head += text("w") + struct.pack("<I", len(shape))
    head += b"".join(struct.pack("<Q", length) for length in shape)
    head += struct.pack("<IQ", 0, offset)
    return head + bytes(-len(head) % 32) + bytes(body)
