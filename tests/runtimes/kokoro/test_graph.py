"""The hand-made edit of an ONNX graph."""

from itertools import pairwise

import numpy as np
import onnxruntime as ort
import pytest

from berg.runtimes.kokoro.graph import with_output


def varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def tensor(name: str) -> bytes:
    """A ValueInfoProto of one float."""
    shape = field(2, field(1, b"\x08\x01"))
    return field(1, name.encode()) + field(2, field(1, b"\x08\x01" + shape))


def node(kind: str, source: str, target: str) -> bytes:
    return field(1, source.encode()) + field(2, target.encode()) + field(4, kind.encode())


def model() -> bytes:
    """out = -abs(in), whose abs stays inside."""
    return wrapped([node("Abs", "in", "inside"), node("Neg", "inside", "out")])


def chain(length: int) -> bytes:
    """Negations one after another, the first of them after nothing."""
    names = ["in", *(f"inside{i}" for i in range(length - 1)), "out"]
    return wrapped([node("Neg", a, b) for a, b in pairwise(names)])


def wrapped(nodes: list[bytes]) -> bytes:
    graph = b"".join(field(1, content) for content in nodes)
    graph += field(2, b"g") + field(11, tensor("in")) + field(12, tensor("out"))
    return b"\x08\x08" + field(7, graph) + field(8, b"\x10\x0d")


def run(data: bytes) -> dict[str, float]:
    session = ort.InferenceSession(data, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    values = session.run(None, {"in": np.array([-2.0], np.float32)})
    return {name: float(value[0]) for name, value in zip(names, values, strict=True)}


def test_an_inner_value_becomes_an_output_and_the_others_stay() -> None:
    assert run(model()) == {"out": -2.0}
    assert run(with_output(model(), "inside")) == {"out": -2.0, "inside": 2.0}


def test_many_new_outputs_keep_every_length_right() -> None:
    data = chain(60)
    for i in range(0, 59, 2):
        data = with_output(data, f"inside{i}")
    outs = run(data)
    assert len(outs) == 31
    assert outs["inside0"] == 2.0


@pytest.mark.parametrize("data", [b"", b"RIFF....WAVE", b"\x3a\xff", b"\x80" * 12])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not an ONNX model"):
        with_output(data, "inside")
