"""Matroska and WebM: the label in `Segment.Tags.Tag.SimpleTag` AIGC (TC260-PG-20257A; RFC 9559).

Old tags become a Void, and all of them, with the label, stand in a new `Tags` at the end of the
segment; the seek head is written anew in its own room. Clusters and cues keep their places.
"""

import zlib
from collections.abc import Iterator, Sequence

from berg.carriers.aigc import ebml
from berg.carriers.aigc.ebml import Element
from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text
from berg.carriers.aigc.source import OutputPiece, SourceFile

RIGHT = "Matroska tag AIGC"
_MOST_TAGS = 8 << 20
_DEPTH = 4


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in all tags, in the order of the file."""
    for child in _segment(file)[1]:
        if child.id == ebml.TAGS and child.end - child.inside <= _MOST_TAGS:
            yield from _in(file.read(child.inside, child.end - child.inside))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The film with this label alone."""
    segment, children = _segment(file)
    old = [c for c in children if c.id == ebml.TAGS]
    kept = b"".join(_kept(_body(file, child)) for child in old)
    tags = _summed(kept + _new_tag(text))
    if segment.open:
        yield from _before_clusters(file, segment, children, tags)
        return
    holes = {child.at: ebml.void(child.end - child.at) for child in old}
    position = segment.end - segment.inside
    _seek(file, segment, children, position, holes)
    grown = segment.end - segment.inside + len(tags)
    width = segment.inside - segment.at - 4
    try:
        size = ebml.sized(grown, width)
    except OverflowError:
        file.refuse("has no room for a longer segment")
    holes[segment.at + 4] = size
    done = 0
    for at, data in sorted(holes.items()):
        yield from ((done, at), data)
        done = at + len(data)
    yield from ((done, segment.end), tags, (segment.end, file.size))


def _before_clusters(
    file: SourceFile, segment: Element, children: Sequence[Element], tags: bytes
) -> Iterator[OutputPiece]:
    """A stream that was never finished: nothing points into it, and tags stand before clusters."""
    placed = False
    yield (0, segment.inside)
    for child in children:
        if child.id == ebml.CLUSTER and not placed:
            placed = True
            yield tags
        if child.id not in (ebml.TAGS, ebml.SEEK_HEAD):
            yield (child.at, child.end)
    if not placed:
        yield tags


def _seek(
    file: SourceFile,
    segment: Element,
    children: Sequence[Element],
    position: int,
    holes: dict[int, bytes],
) -> None:
    """Put a seek head that knows the tags into the room of the old one and of voids behind it."""
    index = next((i for i, c in enumerate(children) if c.id == ebml.SEEK_HEAD), None)
    if index is None:
        return
    head, end = children[index], children[index].end
    for follower in children[index + 1 :]:
        if follower.id not in (ebml.VOID, ebml.SEEK_HEAD) or follower.at != end:
            break
        end = follower.end if follower.id == ebml.VOID else end
    entries = [e for e in _entries(_body(file, head)) if e[0] != ebml.TAGS]
    cluster = next((c.at for c in children if c.id == ebml.CLUSTER), segment.end)
    late = [e for e in entries if e[1] + segment.inside > cluster]
    for chosen in (entries, late):
        new = _seek_head([*chosen, (ebml.TAGS, position)])
        room = end - head.at - len(new)
        if room == 0 or room >= 2:
            holes[head.at] = new + (ebml.void(room) if room else b"")
            return
    file.refuse("has no room in its seek head for a label's place")


def _entries(data: bytes) -> list[tuple[int, int]]:
    """What a seek head knows: an element's number, and its place in the segment."""
    made = []
    for seek in ebml.parsed(data):
        if seek.id != ebml.SEEK:
            continue
        inner = data[seek.inside : seek.end]
        values = {e.id: int.from_bytes(inner[e.inside : e.end], "big") for e in ebml.parsed(inner)}
        if ebml.SEEK_ID in values and ebml.SEEK_POSITION in values:
            made.append((values[ebml.SEEK_ID], values[ebml.SEEK_POSITION]))
    return made


def _seek_head(entries: Sequence[tuple[int, int]]) -> bytes:
    seeks = []
    for number, position in entries:
        named = ebml.element(
            ebml.SEEK_ID, number.to_bytes(max(1, -(-number.bit_length() // 8)), "big")
        )
        width = max(1, -(-position.bit_length() // 8))
        placed = ebml.element(ebml.SEEK_POSITION, position.to_bytes(width, "big"))
        seeks.append(ebml.element(ebml.SEEK, named + placed))
    return ebml.element(ebml.SEEK_HEAD, b"".join(seeks))


def _segment(file: SourceFile) -> tuple[Element, list[Element]]:
    segment = next((e for e in ebml.elements(file, 0, file.size) if e.id == ebml.SEGMENT), None)
    if segment is None:
        file.refuse("has no segment")
    return segment, list(ebml.elements(file, segment.inside, segment.end))


def _body(file: SourceFile, element: Element) -> bytes:
    if element.end - element.inside > _MOST_TAGS:
        file.refuse("has more tags than are read")
    return file.read(element.inside, element.end - element.inside)


def _in(tags: bytes) -> Iterator[PlacedText]:
    for tag in ebml.parsed(tags):
        if tag.id == ebml.TAG:
            body = tags[tag.inside : tag.end]
            for simple in ebml.parsed(body):
                if simple.id == ebml.SIMPLE_TAG:
                    yield from _of_simple(body[simple.inside : simple.end])


def _of_simple(body: bytes, depth: int = 0) -> Iterator[PlacedText]:
    values = {e.id: body[e.inside : e.end] for e in ebml.parsed(body)}
    name = values.get(ebml.TAG_NAME, b"").strip(b"\0").decode("utf-8", "replace")
    value = values.get(ebml.TAG_STRING, b"").strip(b"\0")
    if name.upper() == "AIGC":
        yield from plain_text(RIGHT if name == "AIGC" else f"Matroska tag {name}", value)
    else:
        decoded = value[: 64 << 10].decode("utf-8", "replace")
        yield from maybe_text(f"Matroska tag {name[:32]}", decoded)
    for inner in ebml.parsed(body):
        if inner.id == ebml.SIMPLE_TAG and depth < _DEPTH:
            yield from _of_simple(body[inner.inside : inner.end], depth + 1)


def _kept(tags: bytes) -> bytes:
    """Tags without labels, and without tags that held nothing else."""
    made = []
    for tag in ebml.parsed(tags):
        if tag.id in (ebml.CRC, ebml.VOID):
            continue
        body = tags[tag.inside : tag.end]
        simples = [e for e in ebml.parsed(body) if e.id == ebml.SIMPLE_TAG]
        gone = [e for e in simples if any(True for _ in _of_simple(body[e.inside : e.end]))]
        if tag.id != ebml.TAG or not gone:
            made.append(tags[tag.at : tag.end])
        elif len(gone) < len(simples):
            parts = [body[e.at : e.end] for e in ebml.parsed(body) if e not in gone]
            made.append(ebml.element(ebml.TAG, b"".join(parts)))
    return b"".join(made)


def _new_tag(text: str) -> bytes:
    simple = ebml.element(ebml.TAG_NAME, b"AIGC") + ebml.element(ebml.TAG_STRING, text.encode())
    return ebml.element(
        ebml.TAG, ebml.element(ebml.TARGETS, b"") + ebml.element(ebml.SIMPLE_TAG, simple)
    )


def _summed(body: bytes) -> bytes:
    """`Tags` with the checksum that Matroska's writers begin it with."""
    crc = ebml.element(ebml.CRC, zlib.crc32(body).to_bytes(4, "little"))
    return ebml.element(ebml.TAGS, crc + body)
