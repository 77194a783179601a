"""What a file is, by its first bytes. Names and extensions are not believed."""

import os
import stat
from pathlib import Path

from berg.errors import MediaError
from berg.media.probe.limits import TooLargeError, refuse

ALLOWED = (
    "pictures may be JPEG, PNG, WebP, TIFF, GIF, BMP, AVIF or JPEG 2000, clips MP4, MOV, MKV, "
    "WebM, AVI, MPEG, MXF, FLV, Ogg, ASF, GIF or APNG, sounds WAV, MP3, M4A, FLAC, Ogg or AIFF"
)

_PICTURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WEBP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"BM", "BMP"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG2000"),
)
_REFUSED: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyphei", "a HEIC photograph"),
    (4, b"ftyphev", "a HEIC picture sequence"),
    (4, b"ftypmif1", "a HEIF photograph"),
    (4, b"ftypmsf1", "a HEIF picture sequence"),
    (8, b"CR\x02", "a camera's raw file (CR2)"),
    (4, b"ftypcrx", "a camera's raw file (CR3)"),
    (0, b"%PDF", "a PDF document"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"#EXTM3U", "a playlist"),
    (0, b"ffconcat", "a playlist"),
    (0, b"PK\x03\x04", "an archive"),
)


def regular_file(path: Path, *, most: int) -> int:
    """Size in bytes of a regular file that is not a link, not empty, and at most `most` long.

    Raises MediaError otherwise; devices, pipes and sockets are never opened.
    """
    try:
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        raise MediaError(f"{path.name}: can't be read: {error}", where=path.name) from error
    if not stat.S_ISREG(status.st_mode):
        refuse(path.name, "is a link, folder, pipe or device", "only plain files are read")
    if status.st_size == 0:
        refuse(path.name, "is empty", ALLOWED)
    if status.st_size > most:
        raise TooLargeError(
            path.name, f"has {status.st_size} bytes", f"{most} bytes", then=" are read"
        )
    return status.st_size


def picture_format(path: Path) -> str | None:
    """Pillow's name of a picture's format, or None if the file is no picture that we know.

    Raises MediaError for what is known and not read, with the way out.
    """
    head = _head(path)
    for offset, magic, what in _REFUSED:
        if head.startswith(magic, offset):
            refuse(path.name, f"is {what}", f"save it as JPEG, PNG or MP4 first: {ALLOWED}")
    if head[4:8] == b"ftyp" and head.startswith(b"avif", 8):
        return "AVIF"
    for offset, magic, name in _PICTURES:
        if head.startswith(magic, offset) and (name != "WEBP" or head.startswith(b"RIFF")):
            return name
    return None


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        raise MediaError(f"{path.name}: can't be read: {error}", where=path.name) from error
