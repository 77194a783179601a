"""Giving an ONNX graph one more output, by editing its bytes. The weights stay untouched.

Kokoro predicts how long each symbol lasts and then keeps it to itself; naming that inner value as
an output costs nothing and gives exact word times. The wire format is Protocol Buffers'
(https://protobuf.dev/programming-guides/encoding/), the fields those of onnx.proto3:
ModelProto.graph = 7, GraphProto.output = 12, ValueInfoProto.name = 1, .type = 2,
TypeProto.tensor_type = 1, TypeProto.Tensor.elem_type = 1. The `onnx` package would do this too, at
the price of a heavy dependency and a second copy of the model in memory.
"""

FLOAT = 1
"""onnx.TensorProto.FLOAT."""

_GRAPH, _OUTPUT = 7, 12
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def with_output(model: bytes, name: str, *, elem_type: int = FLOAT) -> bytes:
    """The same model with the inner value `name` as its last output, of unstated shape.

    Raises ValueError when the bytes are not an ONNX model.
    """
    start, content, end = _find_graph(model)
    tensor_type = _field(1, _varint(1 << 3 | _VARINT) + _varint(elem_type))
    value_info = _field(1, name.encode()) + _field(2, tensor_type)
    # A repeated field may stand anywhere in its message, so the end will do.
    grown = end - content + len(_field(_OUTPUT, value_info))
    head = _varint(_GRAPH << 3 | _BYTES) + _varint(grown)
    return b"".join(
        (model[:start], head, model[content:end], _field(_OUTPUT, value_info), model[end:])
    )


def _find_graph(model: bytes) -> tuple[int, int, int]:
    """Where the graph's field starts, where its content starts, and where that ends."""
    at = 0
    try:
        while at < len(model):
            start = at
            key, at = _read_varint(model, at)
            number, wire = key >> 3, key & 7
            if wire == _BYTES:
                length, at = _read_varint(model, at)
                if number == _GRAPH and at + length <= len(model):
                    return start, at, at + length
                at += length
            elif wire == _VARINT:
                _, at = _read_varint(model, at)
            elif wire in (_FIXED32, _FIXED64):
                at += 4 if wire == _FIXED32 else 8
            else:
                break
    except IndexError:
        pass
    raise ValueError("these bytes are not an ONNX model: no graph in them")


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
