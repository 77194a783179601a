"""Opening a document that somebody names on the command line, without trusting it to be a file."""

from pathlib import Path

from berg.brief.paths import Folder, is_plain_file
from berg.brief.yaml_tree import MAX_BYTES
from berg.errors import RequestError


def read_document(path: Path, what: str) -> tuple[bytes, Folder]:
    """A document's bytes (at most one more than are allowed) and the folder in which it lies.

    Raises RequestError if there is no such plain file, or it can't be read.
    """
    try:
        if path.is_dir():
            raise RequestError(f"{path} is a folder; name the {what}'s file", where=str(path))
        if not path.exists():
            raise RequestError(f"{path} does not exist; name a {what}", where=str(path))
        if not is_plain_file(path):
            raise RequestError(f"{path} is no plain file; name a {what}", where=str(path))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), Folder.of(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RequestError(f"{path} can't be read: {reason}", where=str(path)) from error
