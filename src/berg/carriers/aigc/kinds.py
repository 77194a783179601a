"""What a file is, as far as its label's carrier goes: by its first bytes, never by its name."""

from berg.carriers.aigc.source import SourceFile

OTHER = "other"
_BRANDS_OF_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"crx ")
_RIFF = {b"WEBP": "WebP", b"WAVE": "WAV", b"AVI ": "AVI"}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\x1aE\xdf\xa3", "Matroska"),
    (b"fLaC", "FLAC"),
    (b"OggS", "Ogg"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "OOXML"),
    (b"WEBVTT", "WebVTT"),
    (b"\xef\xbb\xbfWEBVTT", "WebVTT"),
    (b"---\n", "Markdown"),
    (b"---\r\n", "Markdown"),
    (b"\xef\xbb\xbf---\n", "Markdown"),
)
_BY_TYPE = {"text/markdown": "Markdown"}


def kind_of(file: SourceFile, *, media_type: str | None = None) -> str:
    """The format, such as `PNG`; `other` when the label would have to stand beside.

    `media_type` counts for Markdown alone, which has no first bytes of its own.
    """
    head = file.some(0, 64)
    if head[:4] in (b"RIFF", b"RF64", b"BW64"):
        return _RIFF.get(head[8:12], OTHER)
    if head[4:8] == b"ftyp":
        return OTHER if head[8:12] in _BRANDS_OF_PICTURES else "MP4"
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip") and _is_quicktime(file):
        return "MP4"
    if head[:3] == b"ID3" or _is_mpeg_audio(head):
        return "FLAC" if _is_tagged_flac(file, head) else "MP3"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _checked(file, kind)
    return _BY_TYPE.get((media_type or "").partition(";")[0].strip(), OTHER)


def _checked(file: SourceFile, kind: str) -> str:
    if kind != "OOXML":
        return kind
    return (
        kind
        if b"[Content_Types].xml" in file.some(max(0, file.size - (1 << 20)), 1 << 20)
        else OTHER
    )


def _is_quicktime(file: SourceFile) -> bool:
    """An old MOV begins without `ftyp`; its second box tells."""
    size = file.number(">I", 0)
    return size >= 8 and file.some(size + 4, 4) in (
        b"moov",
        b"mdat",
        b"wide",
        b"free",
        b"skip",
        b"",
    )


def _is_mpeg_audio(head: bytes) -> bool:
    """A frame header: 11 bits of sync, a known version, layer, bit rate and sample rate."""
    return (
        len(head) >= 4
        and head[0] == 0xFF
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x18 != 0x08
        and head[1] & 0x06 != 0
        and head[2] & 0xF0 != 0xF0
        and head[2] & 0x0C != 0x0C
    )


def _is_tagged_flac(file: SourceFile, head: bytes) -> bool:
    if head[:3] != b"ID3" or len(head) < 10:
        return False
    size = sum(
        (byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True)
    )
    return file.some(size + 10, 4) == b"fLaC"
