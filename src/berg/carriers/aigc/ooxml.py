"""DOCX, PPTX, XLSX: the label as custom property AIGC in `docProps/custom.xml` (TC260-PG-20258A).

Three parts change, the properties, the list of content types and the package's relations
(ECMA-376, Part 1, 22.3, and Part 2); all others keep their bytes.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text
from berg.carriers.aigc.source import OutputPiece, SourceFile
from berg.carriers.aigc.xml_parts import NotXmlError, XmlElement, parts, utf8
from berg.carriers.aigc.zipped import Member, members, rewritten, unpacked

RIGHT = "custom property AIGC"
_CUSTOM, _TYPES, _RELATIONS = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org"
_PROPERTIES = f"{_OFFICE}/officeDocument/2006/custom-properties"
_VALUES = f"{_OFFICE}/officeDocument/2006/docPropsVTypes"
_TYPES_SPACE = f"{_OFFICE}/package/2006/content-types"
_RELATIONS_SPACE = f"{_OFFICE}/package/2006/relationships"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels among the custom properties."""
    found = members(file)
    data = _read(file, found, _custom_name(file, found))
    try:
        rows = parts(data) if data is not None else []
    except NotXmlError as error:
        file.refuse(f"has damaged custom properties ({error})")
    for part in rows:
        yield from _of_property(part)


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The document with this label alone."""
    found = members(file)
    name = _custom_name(file, found)
    try:
        new = {
            _TYPES: _with_type(_read(file, found, _TYPES), f"/{name}"),
            _RELATIONS: _with_relation(_read(file, found, _RELATIONS), name),
            name: _with_property(_read(file, found, name), text),
        }
    except NotXmlError as error:
        file.refuse(f"has damaged parts ({error})")
    yield from rewritten(file, found, new)


def _custom_name(file: SourceFile, found: list[Member]) -> str:
    """The part that the package names as its custom properties."""
    data = _read(file, found, _RELATIONS)
    try:
        rows = parts(data) if data is not None else []
    except NotXmlError as error:
        file.refuse(f"has damaged relations ({error})")
    for part in rows:
        if part.attributes.get("Type") == _RELATION:
            return part.attributes.get("Target", _CUSTOM).lstrip("/") or _CUSTOM
    return _CUSTOM


def _read(file: SourceFile, found: list[Member], name: str) -> bytes | None:
    member = next((m for m in found if m.name == name), None)
    if member is None:
        return None
    try:
        return utf8(unpacked(file, member))
    except NotXmlError as error:
        file.refuse(f"has a damaged part {name[:64]} ({error})")


def _of_property(part: XmlElement) -> Iterator[PlacedText]:
    if part.name != "property":
        return
    name = part.attributes.get("name", "")
    if name.upper() == "AIGC":
        place = RIGHT if name == "AIGC" else f"custom property {name}"
        yield from plain_text(place, part.text.strip().encode())
    else:
        yield from maybe_text(f"custom property {name[:32]}", part.text.strip())


def _with_property(data: bytes | None, text: str) -> bytes:
    data = data or f'{_XML}<Properties xmlns="{_PROPERTIES}"></Properties>'.encode()
    rows = parts(data)
    gone = [p for p in rows if any(True for _ in _of_property(p))]
    numbers = [p.attributes.get("pid", "") for p in rows if p not in gone]
    free = max([1, *(int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 10)]) + 1
    new = (
        f'<property xmlns="{_PROPERTIES}" fmtid="{_FORMAT}" pid="{free}" name="AIGC">'
        f'<vt:lpwstr xmlns:vt="{_VALUES}">{escape(text)}</vt:lpwstr></property>'
    )
    return _edited(data, rows[0], gone, new)


def _with_type(data: bytes | None, name: str) -> bytes:
    if data is None:
        raise NotXmlError("no list of content types")
    rows = parts(data)
    if any(p.attributes.get("PartName", "").casefold() == name.casefold() for p in rows):
        return data
    new = f'<Override xmlns="{_TYPES_SPACE}" PartName="{_quoted(name)}" ContentType="{_TYPE}"/>'
    return _edited(data, rows[0], [], new)


def _with_relation(data: bytes | None, name: str) -> bytes:
    data = data or f'{_XML}<Relationships xmlns="{_RELATIONS_SPACE}"></Relationships>'.encode()
    rows = parts(data)
    if any(p.attributes.get("Type") == _RELATION for p in rows):
        return data
    taken = {p.attributes.get("Id") for p in rows}
    free = next(f"rIdAIGC{n}" for n in range(1, len(rows) + 2) if f"rIdAIGC{n}" not in taken)
    new = (
        f'<Relationship xmlns="{_RELATIONS_SPACE}" Id="{free}" Type="{_RELATION}" '
        f'Target="{_quoted(name)}"/>'
    )
    return _edited(data, rows[0], [], new)


def _edited(data: bytes, root: XmlElement, gone: list[XmlElement], new: str) -> bytes:
    """The file without some elements, and with a new last one."""
    if root.close == root.begin:  # `<Root/>`
        head = data[: root.end].rstrip(b">").rstrip().rstrip(b"/")
        name = data[root.begin + 1 : root.end].split()[0].rstrip(b"/>")
        return head + b">" + new.encode() + b"</" + name + b">" + data[root.end :]
    made, at = [], 0
    for part in gone:
        made.append(data[at : part.begin])
        at = part.end
    return b"".join((*made, data[at : root.close], new.encode(), data[root.close :]))


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
