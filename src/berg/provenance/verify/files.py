"""Which files are checked: those named, and in folders all media and all that has a sidecar.

Sidecars are no files of their own. Links inside a folder are not followed, hidden files and
folders are passed over.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from berg.errors import RequestError

SIDECARS = (".c2pa", ".aigc.json", ".tlog-proof")
"""What is added to a file's name for what lies beside it."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What will be checked."""

    files: tuple[Path, ...]
    """Each once, as named or found."""
    links: int
    """Links in folders that were not followed."""
    others: int = 0
    """Files in folders that are no media and have nothing beside them."""


def choose(named: Iterable[Path]) -> Chosen:
    """The files to check.

    Raises:
        RequestError: something isn't there, is a sidecar, is neither file nor folder, or there
            are too many.
    """
    files: dict[str, Path] = {}
    passed = {LINK: 0, OTHER: 0}
    for path in named:
        for found in _under(path):
            if isinstance(found, str):
                passed[found] += 1
            else:
                files.setdefault(os.path.abspath(found), found)
            if len(files) > MOST_FILES:
                raise RequestError(f"{path}: more than {MOST_FILES} files; name smaller folders")
    return Chosen(files=tuple(files.values()), links=passed[LINK], others=passed[OTHER])


def beside(path: Path, ending: str) -> Path:
    """Where a sidecar of a file would be."""
    return path.with_name(path.name + ending)


def _under(path: Path) -> Iterator[Path | str]:
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


def _in_folder(folder: Path) -> Iterator[Path | str]:
    def refuse(error: OSError) -> None:
        raise RequestError(
            f"{error.filename}: can't be read: {error.strerror}; mend that, or name other folders"
        )

    for place, folders, names in os.walk(folder, onerror=refuse):
        here = Path(place)
        kept = [name for name in sorted(folders) if not name.startswith(".")]
        yield from (LINK for name in kept if (here / name).is_symlink())
        folders[:] = [name for name in kept if not (here / name).is_symlink()]
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or name.endswith(SIDECARS):
                continue
            if path.is_symlink():
                yield LINK
            else:
                yield path if path.is_file() and _wanted(path) else OTHER


def _wanted(path: Path) -> bool:
    if path.suffix.lower().removeprefix(".") in _ENDINGS:
        return True
    if any(beside(path, ending).is_file() for ending in SIDECARS):
        return True
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return True  # to be reported as what could not be checked
    return any(head.startswith(magic, offset) for offset, magic in _MAGIC)
