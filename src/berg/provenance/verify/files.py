"""Which files are checked: those named, and in folders all media and all that has a sidecar.

Sidecars are no files of their own. Links inside a folder are not followed, hidden files and
folders are passed over. What a folder holds and can't be read is told, and the rest goes on.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from berg.errors import RequestError
from berg.provenance.sidecars import SIDECARS, beside

LINK, OTHER = "link", "other"
MOST_FILES = 100_000
"""Files of one run; more are refused, so that a slip (`berg verify /`) ends soon."""
_ENDINGS = frozenset(
    (
        *("jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "avif", "heic", "heif", "svg"),
        *("mp4", "m4v", "mov", "mkv", "webm", "avi"),
        *("wav", "mp3", "m4a", "flac", "ogg", "oga", "opus"),
        *("pdf", "docx", "pptx", "xlsx", "srt", "vtt", "otio"),
    )
)
_MAGIC: tuple[tuple[int, bytes], ...] = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"GIF8"),
    (0, b"RIFF"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (4, b"ftyp"),
    (0, b"\x1aE\xdf\xa3"),
    (0, b"OggS"),
    (0, b"fLaC"),
    (0, b"ID3"),
    (0, b"%PDF-"),
)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a folder that can't be checked."""

    path: Path
    why: str
    """As a sentence begins: `it could not be read: Permission denied`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FilesToCheck:
    """What will be checked."""

    files: tuple[Path, ...]
    """Each once, as named or found."""
    links: int
    """Links in folders that were not followed."""
    others: int = 0
    """Files in folders that are no media and have nothing beside them."""
    unread: tuple[Unread, ...] = ()
    """Folders and files in folders that could not be looked at."""


def choose(named: Iterable[Path]) -> FilesToCheck:
    """The files to check.

    Raises:
        RequestError: something that is named isn't there, or is a sidecar; or there are too many.
    """
    files: dict[str, Path] = {}
    unread: dict[str, Unread] = {}
    passed = {LINK: 0, OTHER: 0}
    for path in named:
        for found in _under(path):
            if isinstance(found, str):
                passed[found] += 1
            elif isinstance(found, Unread):
                unread.setdefault(os.path.abspath(found.path), found)
            else:
                files.setdefault(os.path.abspath(found), found)
            if len(files) + len(unread) > MOST_FILES:
                raise RequestError(f"{path}: more than {MOST_FILES} files; name smaller folders")
    return FilesToCheck(
        files=tuple(files.values()),
        links=passed[LINK],
        others=passed[OTHER],
        unread=tuple(unread.values()),
    )


def _under(path: Path) -> Iterator[Path | Unread | str]:
    """The file itself, or a folder's files; a word for each that is passed over."""
    try:
        folder = path.is_dir()
        if not folder and not path.exists():
            raise RequestError(f"{path}: there is no such file or folder", where=str(path))
    except (OSError, ValueError) as error:
        raise RequestError(f"{path}: can't be looked at: {error}", where=str(path)) from error
    if folder:
        yield from _in_folder(path)
    elif path.name.endswith(SIDECARS):
        owner = next(path.name.removesuffix(s) for s in SIDECARS if path.name.endswith(s))
        raise RequestError(
            f"{path}: belongs beside another file; name that one: {path.with_name(owner)}",
            where=str(path),
        )
    else:
        yield path


def _in_folder(folder: Path) -> Iterator[Path | Unread | str]:
    refused: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        here = Path(place)
        kept = [name for name in sorted(folders) if not name.startswith(".")]
        yield from (LINK for name in kept if os.path.islink(here / name))
        folders[:] = [name for name in kept if not os.path.islink(here / name)]
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(SIDECARS):
                yield _entry(here / name)
    yield from (_unread(Path(error.filename), error) for error in refused)


def _entry(path: Path) -> Path | Unread | str:
    try:
        mode = os.lstat(path).st_mode
    except OSError as error:
        return _unread(path, error)
    if stat.S_ISLNK(mode):
        return LINK
    if not stat.S_ISREG(mode):
        return Unread(path, "it could not be read: it is a pipe, a socket or a device")
    return path if _wanted(path) else OTHER


def _unread(path: Path, error: OSError) -> Unread:
    return Unread(path, f"it could not be read: {error.strerror or error}")


def _wanted(path: Path) -> bool:
    if path.suffix.lower().removeprefix(".") in _ENDINGS:
        return True
    if any(os.path.isfile(beside(path, ending)) for ending in SIDECARS):
        return True
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return True  # to be reported as what could not be checked
    return any(head.startswith(magic, offset) for offset, magic in _MAGIC)
