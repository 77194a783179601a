"""MP4, MOV and M4A: key `AIGC` in `moov.udta.meta.keys`, JSON in `ilst` (TC260-PG-20257A, 6.1.1).

The index `moov` is made anew around what it holds; every other byte is copied. Where the index
stands before the media, offsets into the media move by what it grew: `stco`, `co64` and, in
fragmented files, `tfhd` and `tfra`. Edit lists, times and samples are not touched.
"""

from collections.abc import Iterator

from berg.carriers.aigc import xmp
from berg.carriers.aigc.boxes import IsoBox, inner_boxes, top_boxes
from berg.carriers.aigc.metalist import entries, has_label, merged, stripped
from berg.carriers.aigc.offsets import grown, moved_fragment
from berg.carriers.aigc.places import PlacedText, xmp_texts
from berg.carriers.aigc.source import OutputPiece, SourceFile
from berg.carriers.aigc.xmp_walk import NotXmpError

RIGHT = "moov.udta.meta key AIGC"
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MOST_META = 16 << 20


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the index and in XMP, in the order of the file."""
    for box in top_boxes(file):
        if box.name == b"moov":
            yield from _in_index(file.read(box.at, box.end - box.at))
        elif _is_xmp(file, box):
            packet = file.read(box.inside + 16, box.end - box.inside - 16)
            yield from xmp_texts("XMP (uuid box)", packet)


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The film with this label alone."""
    boxes = list(top_boxes(file))
    index = next((box for box in boxes if box.name == b"moov"), None)
    if index is None:
        file.refuse("has no index (moov)")
    old = file.read(index.at, index.end - index.at)
    new, growth = grown(file, _with_label(old, text), was=len(old), end=index.end)
    for box in boxes:
        if box is index:
            yield new
        elif box.name in (b"moof", b"mfra") and box.at > index.at and growth:
            fragment = file.read(box.at, box.end - box.at)
            yield moved_fragment(file, fragment, end=index.end, growth=growth)
        elif _is_xmp(file, box):
            yield _without(file, box)
        else:
            yield (box.at, box.end)
    if boxes[-1].end < file.size:
        yield (boxes[-1].end, file.size)


def _in_index(moov: bytes) -> Iterator[PlacedText]:
    for box in _inside(moov):
        if box.name == b"meta":
            yield from _of_list("moov.meta", moov[box.at : box.end])
        elif box.name == b"udta":
            for inner in inner_boxes(moov, box.inside, box.end):
                if inner.name == b"meta":
                    yield from _of_list("moov.udta.meta", moov[inner.at : inner.end])
                elif inner.name == b"XMP_":
                    yield from xmp_texts("XMP (moov.udta)", moov[inner.inside : inner.end])


def _of_list(place: str, meta: bytes) -> Iterator[PlacedText]:
    for entry in entries(meta):
        text = entry.text
        if entry.is_label:
            named = f"key {entry.key}" if entry.key else "without a key"
            yield PlacedText(f"{place} {named}", text)


def _with_label(moov: bytes, text: str) -> bytes:
    """The index with the label in `udta.meta`, and nowhere else. Offsets are the caller's."""
    made, placed = [], False
    for box in _inside(moov):
        whole = moov[box.at : box.end]
        if box.name == b"udta" and not placed:
            whole, placed = _udta(whole, text), True
        elif box.name == b"udta":
            whole = _udta(whole, None)
        elif box.name == b"meta" and has_label(whole):
            whole = stripped(whole)
        made.append(whole)
    if not placed:
        made.append(_udta(b"\0\0\0\x08udta", text))
    return _rebuilt(b"moov", b"".join(made))


def _udta(udta: bytes, text: str | None) -> bytes:
    made, placed = [], text is None
    for box in _inside(udta):
        whole = udta[box.at : box.end]
        if box.name == b"meta":
            whole = stripped(whole) if has_label(whole) else whole
            both = None if placed or text is None else merged(whole, text)
            if both is not None:
                whole, placed = both, True
        elif box.name == b"XMP_":
            whole = _rebuilt(b"XMP_", _blank(udta[box.inside : box.end]))
        made.append(whole)
    if not placed and text is not None:
        made.append(merged(None, text) or b"")
    return _rebuilt(b"udta", b"".join(made))


def _rebuilt(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


def _inside(whole: bytes) -> Iterator[IsoBox]:
    """Boxes of a box given with its head."""
    for outer in inner_boxes(whole):
        yield from inner_boxes(whole, outer.inside, outer.end)
        return


def _is_xmp(file: SourceFile, box: IsoBox) -> bool:
    long_enough = 16 <= box.end - box.inside <= _MOST_META
    return box.name == b"uuid" and long_enough and file.read(box.inside, 16) == _XMP_UUID


def _without(file: SourceFile, box: IsoBox) -> bytes:
    whole = file.read(box.at, box.end - box.at)
    head = box.inside - box.at + 16
    return whole[:head] + _blank(whole[head:])


def _blank(packet: bytes) -> bytes:
    try:
        return xmp.without_label(packet, same_length=True)
    except NotXmpError:
        return packet
