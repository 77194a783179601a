"""Paths in a brief: relative to its folder, and never out of it, not by links either."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from berg.brief.faults import Faults
from berg.brief.fields import Field

MAX_PATH = 1024
"""Characters of a path."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a brief: the only place it may read from."""

    root: Path
    """Absolute, without links."""

    @classmethod
    def of(cls, brief: Path) -> "Folder":
        """The folder in which a brief lies. Raises OSError if it can't be resolved."""
        return cls(brief.parent.resolve(strict=True))

    def find(self, field: Field, what: str) -> Path | None:
        """The real path of what a field names; None after a fault."""
        text = field.text(what, most=MAX_PATH)
        if text is None:
            return None
        if reason := _refused(text):
            return field.fault(f"{field.path}: {Faults.quote(text)} {reason}")
        real = self.inside(self.root / text)
        if isinstance(real, str):
            return field.fault(f"{field.path}: {Faults.quote(text)} {real}")
        return real

    def inside(self, path: Path) -> Path | str:
        """The path with its links followed, or why it is refused."""
        try:
            real = path.resolve(strict=True)
        except FileNotFoundError:
            return "does not exist; paths are relative to the brief's folder"
        except (OSError, RuntimeError, ValueError) as error:
            return (
                f"can't be read: {getattr(error, 'strerror', None) or 'its links go in a circle'}"
            )
        if not real.is_relative_to(self.root):
            return "is a link that leaves the brief's folder; copy the file into it"
        return real

    def name_of(self, path: Path) -> str:
        """A path as sources are named: relative to the brief's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def is_plain_file(path: Path) -> bool:
    """Whether a path is a regular file: no folder, device, pipe or socket."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _refused(text: str) -> str:
    parts = text.split("/")
    if "\\" in text:
        return "has a backslash; separate folders by /"
    if text.startswith("/") or text[1:2] == ":":
        return "is absolute; write it relative to the brief's folder"
    if text.startswith("~"):
        return "begins with ~; write it relative to the brief's folder"
    if "://" in text:
        return "is an address; download the file into the brief's folder"
    if ".." in parts:
        return "has ..; files must lie in the brief's folder"
    if any(len(os.fsencode(part)) > 255 for part in parts):
        return "has a name of more than 255 bytes"
    return ""
