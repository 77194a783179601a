"""The metadata list of a `meta` box: keys and values (QuickTime File Format, "Metadata").

Two kinds: `mdta`, whose `keys` name the items of `ilst` by number, and iTunes' `mdir`, whose items
are named by four letters. The label belongs into the first; it is found in both, and taken out.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.boxes import IsoBox, boxed, inner_boxes
from berg.carriers.aigc.study import looks_like_label

KEY = b"AIGC"
_MOST_TEXT = 64 << 10
_MOST_KEYS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class MetaItem:
    """One item of a list."""

    key: str
    """Its name; empty when it has none."""
    text: str
    raw: bytes
    """The item's whole box."""
    number: int
    """Its place among the keys, from 1; 0 in a list without keys."""

    @property
    def is_label(self) -> bool:
        """Whether the item is, or is meant as, an AIGC label."""
        named = self.key.casefold().rpartition(".")[2] == "aigc"
        return named or looks_like_label(self.text)


def entries(meta: bytes) -> tuple[MetaItem, ...]:
    """Items of a `meta` box, given with its head."""
    parts = _parts(meta)
    keys = _keys(parts.get(b"keys", b""))
    made = []
    for item in _items(parts.get(b"ilst", b"")):
        number = int.from_bytes(item.name, "big")
        known = keys is not None and 1 <= number <= len(keys)
        raw = parts[b"ilst"][item.at : item.end]
        key = keys[number - 1][1].decode("utf-8", "replace") if keys and known else _own_name(raw)
        made.append(MetaItem(key=key, text=_text(raw), raw=raw, number=number if known else 0))
    return tuple(made)


def has_label(meta: bytes) -> bool:
    """Whether a list holds a label."""
    return any(entry.is_label for entry in entries(meta))


def stripped(meta: bytes) -> bytes:
    """The box without its labels; other keys are numbered anew, nothing else changes."""
    kept = [entry for entry in entries(meta) if not entry.is_label]
    parts = _parts(meta)
    keys = _keys(parts.get(b"keys", b""))
    if keys is None:
        return _with(meta, {b"ilst": boxed(b"ilst", *(entry.raw for entry in kept))})
    gone = {entry.number for entry in entries(meta) if entry.is_label}
    left = [n for n in range(1, len(keys) + 1) if n not in gone]
    numbers = {old: new for new, old in enumerate(left, 1)}
    items = [_renumbered(entry.raw, numbers.get(entry.number)) for entry in kept]
    named = boxed(b"keys", _counted(len(left)), *(_key(*keys[n - 1]) for n in left))
    return _with(meta, {b"keys": named, b"ilst": boxed(b"ilst", *items)})


def merged(meta: bytes | None, text: str) -> bytes | None:
    """The list with the label as its last item; a new list for None.

    Returns None when the box is of the other kind, which can't hold it.
    """
    data = boxed(b"data", struct.pack(">II", 1, 0), text.encode())
    if meta is None:
        handler = boxed(b"hdlr", bytes(8), b"mdta", bytes(12), b"\0")
        named = boxed(b"keys", _counted(1), _key(b"mdta", KEY))
        items = boxed(b"ilst", boxed(struct.pack(">I", 1), data))
        return boxed(b"meta", bytes(4), handler, named, items)
    parts = _parts(meta)
    keys = _keys(parts.get(b"keys", b""))
    if keys is None or parts.get(b"hdlr", b"")[16:20] != b"mdta":
        return None
    named = boxed(
        b"keys", _counted(len(keys) + 1), *(_key(*key) for key in keys), _key(b"mdta", KEY)
    )
    item = boxed(struct.pack(">I", len(keys) + 1), data)
    old = parts.get(b"ilst", b"\0\0\0\x08ilst")
    return _with(meta, {b"keys": named, b"ilst": boxed(b"ilst", old[8:], item)})


def _parts(meta: bytes) -> dict[bytes, bytes]:
    """Inner boxes with their heads, the first of each name."""
    parts: dict[bytes, bytes] = {}
    for box in inner_boxes(meta, _begin(meta)):
        parts.setdefault(box.name, meta[box.at : box.end])
    return parts


def _begin(meta: bytes) -> int:
    """Where inner boxes begin: MP4's `meta` has a version before them, QuickTime's has none."""
    return 8 if meta[12:16] == b"hdlr" else 12


def _with(meta: bytes, new: dict[bytes, bytes]) -> bytes:
    begin = _begin(meta)
    made, waiting = [meta[8:begin]], dict(new)
    for box in inner_boxes(meta, begin):
        made.append(waiting.pop(box.name, meta[box.at : box.end]))
    return boxed(b"meta", *made, *waiting.values())


def _keys(box: bytes) -> list[tuple[bytes, bytes]] | None:
    """Namespaces and names, or None where there is no such box."""
    if len(box) < 16:
        return None
    found = [(key.name, box[key.inside : key.end]) for key in inner_boxes(box, 16)]
    return found[:_MOST_KEYS]


def _key(namespace: bytes, name: bytes) -> bytes:
    return boxed(namespace, name)


def _counted(count: int) -> bytes:
    return struct.pack(">II", 0, count)


def _items(ilst: bytes) -> Iterator[IsoBox]:
    for index, box in enumerate(inner_boxes(ilst, 8)):
        if index >= _MOST_KEYS:
            return
        yield box


def _renumbered(item: bytes, number: int | None) -> bytes:
    return item if number is None else item[:4] + struct.pack(">I", number) + item[8:]


def _text(item: bytes) -> str:
    for box in inner_boxes(item, 8):
        if box.name == b"data":
            return item[box.inside + 8 : box.end][:_MOST_TEXT].decode("utf-8", "replace")
    return ""


def _own_name(item: bytes) -> str:
    """The name of iTunes' free items (`----`); others have none."""
    for box in inner_boxes(item, 8):
        if box.name == b"name":
            return item[box.inside + 4 : box.end][:64].decode("utf-8", "replace")
    return ""
