"""Pictures with labels as tools in the wild write them."""

import struct
import zlib

from tests.carriers.aigc.samples import sample

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def packet(inside: str, *, attributes: str = "") -> bytes:
    """An XMP packet whose one description holds `inside`."""
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:'
        f'meta/">\n<rdf:RDF xmlns:rdf="{_RDF}">\n<rdf:Description rdf:about="" xmlns:TC260="'
        f'{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/" {attributes}>{inside}'
        f"</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n{' ' * 200}\n<?xpacket end='w'?>"
    ).encode()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """The sample with chunks of these names and contents behind its header."""
    whole = sample("PNG")
    made = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return whole[:33] + made + whole[33:]


def png_xmp(data: bytes) -> tuple[bytes, bytes]:
    return b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + data


def jpeg(*segments: tuple[int, bytes]) -> bytes:
    """The sample with segments behind its first one."""
    whole = sample("JPEG")
    first = 4 + struct.unpack(">H", whole[4:6])[0]
    made = b"".join(
        bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )
    return whole[:first] + made + whole[first:]


def exif(comment: bytes, *, order: str = "<") -> bytes:
    """An EXIF block whose UserComment is `comment`, with its eight letters before it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    first = struct.pack(order + "HHHIII", 1, 0x8769, 4, 1, 26, 0)
    second = struct.pack(order + "HHHIII", 1, 0x9286, 7, len(comment), 44, 0)
    return mark + struct.pack(order + "I", 8) + first + second + comment
