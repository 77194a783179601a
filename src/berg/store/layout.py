"""Layout: where things lie under a home. Names only; what they mean is said where they are used."""

import re
from pathlib import Path

from berg.digest import bytes_sha256

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,100}")


def file_name(name: str) -> str:
    """`name` itself if it can be a file's name anywhere, else its digest."""
    return name if _PLAIN.fullmatch(name) else bytes_sha256(name.encode())


class HomeLayout:
    """The folders of one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.index = home / "index.sqlite"
        self.objects = home / "objects"
        self.corrupt = home / "objects-corrupt"
        """Objects whose bytes no longer matched; `berg gc` removes them."""
        self.scratch = home / "scratch"
        self.aside = home / "aside"
        """Objects being written; on the same file system as `objects`, so that renaming works."""
        self.trash = home / "trash"
        """Objects being removed: renaming is quick, unlinking a large file is not."""
        self.locks = home / "locks"
        self.claims = self.locks / "claims"
        self.pool = self.locks / "pool"
        self.leases = self.locks / "leases"
        self.runs = self.locks / "runs"
        self.processes = self.locks / "processes"

    def make(self) -> None:
        """Create the folders that are missing. Raises OSError."""
        for folder in (
            self.objects,
            self.scratch,
            self.aside,
            self.claims,
            self.pool,
            self.leases,
            self.runs,
            self.processes,
        ):
            folder.mkdir(parents=True, exist_ok=True)

    def object(self, sha256: str) -> Path:
        """`objects/ab/abcdef…`."""
        return self.objects / sha256[:2] / sha256
