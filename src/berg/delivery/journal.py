"""delivery.jsonl: a delivery of many files as a list, one line each, and the journal of its rows.

What was made for a row is appended in one piece and made durable, so that a run that is killed
goes on after the last whole row. A row made anew is appended again; the latest counts, and at its
end a run writes the list anew with each row once, in the table's order.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg import faults
from berg.delivery.aside import part_of
from berg.errors import StoreError
from berg.schema.delivery import Deliverable

LISTING = "delivery.jsonl"
LISTED_FROM = 200
"""A delivery of so many files, or with something for each row, is listed and not in the index."""


_PLAIN = b'{"row":null,'
_ROW = b'{"row":'
_decoder = json.JSONDecoder()


@dataclass(frozen=True, kw_only=True, slots=True)
class RowEntry:
    """What the journal says of one row."""

    ask: str
    row: str
    number: int
    """Its number in the table, when it was made."""
    digest: str
    """Digest of all that the row was made of."""
    shard: int
    """Number of the folder in which it lies."""
    paths: tuple[str, ...]
    offset: int = 0
    """Where its lines begin in the journal, bytes."""
    length: int = 0


def lines_of(entry: RowEntry, files: Sequence[Deliverable]) -> bytes:
    """A row's lines, as they are appended."""
    said = []
    for index, item in enumerate(files, start=1):
        head = {
            "id": entry.row,
            "number": entry.number,
            "ask": entry.ask,
            "digest": entry.digest,
            "shard": entry.shard,
            "part": [index, len(files)],
            "path": item.path,
        }
        said.append(_line({"row": head, **item.model_dump(mode="json")}))
    return b"".join(said)


def plain_lines(files: Iterable[Deliverable]) -> Iterator[bytes]:
    """Lines of files that belong to no row."""
    for item in files:
        yield _line({"row": None, **item.model_dump(mode="json")})


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class DeliveryJournal:
    """One folder's list, open for appending; what is half written at its end goes."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError: it can't be read or written."""
        self.path = folder / LISTING
        self.untidy = False
        """Whether it held a half row at its end, or rows out of the table's order."""

    def entries(self) -> Iterator[RowEntry]:
        """The whole rows in it, in its own order; then it is ready to be appended to."""
        latest = ("", 0)
        try:
            if not self.path.exists():
                return
            scan = _Scan()
            with self.path.open("rb") as file:
                for entry in scan.entries(file):
                    self.untidy |= (entry.ask, entry.number) <= latest
                    latest = (entry.ask, entry.number)
                    yield entry
            if scan.end < self.path.stat().st_size:
                self.untidy = True
                os.truncate(self.path, scan.end)
        except OSError as error:
            raise _cant(self.path, error) from error

    def look(self) -> Iterator[RowEntry]:
        """As `entries`, without mending anything: for who only looks. Raises StoreError."""
        try:
            if self.path.exists():
                with self.path.open("rb") as file:
                    yield from _Scan().entries(file)
        except OSError as error:
            raise _cant(self.path, error) from error

    def append(self, blocks: Sequence[bytes]) -> list[int]:
        """Add rows; durable when it returns. Gives where each begins. Raises StoreError."""
        try:
            with self.path.open("ab") as file:
                begin = file.tell()
                offsets = []
                for index, block in enumerate(blocks):
                    offsets.append(begin)
                    half = len(block) // 2
                    file.write(block[:half])
                    if index:
                        file.flush()
                        faults.point("rows.half")
                    file.write(block[half:])
                    begin += len(block)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _cant(self.path, error) from error
        faults.point("rows.appended")
        return offsets

    def rewrite(self, plain: Sequence[Deliverable], rows: Iterable[tuple[int, int]]) -> None:
        """Write the list anew: what is no row's, then the rows at these places (offset, length)."""
        part = part_of(self.path)
        try:
            with part.open("wb") as out:
                out.writelines(plain_lines(plain))
                if self.path.exists():
                    with self.path.open("rb") as old:
                        for offset, length in rows:
                            old.seek(offset)
                            out.write(old.read(length))
                out.flush()
                os.fsync(out.fileno())
            part.replace(self.path)
        except OSError as error:
            raise _cant(self.path, error) from error
        finally:
            part.unlink(missing_ok=True)

    def read(self, offset: int, length: int) -> list[Deliverable]:
        """The deliverables of one row. Raises StoreError."""
        try:
            with self.path.open("rb") as file:
                file.seek(offset)
                lines = file.read(length).splitlines()
        except OSError as error:
            raise _cant(self.path, error) from error
        return [_deliverable(json.loads(line)) for line in lines]


def plain_of(folder: Path) -> Iterator[Deliverable]:
    """The files in a folder's list that belong to no row, which come first; what can't be read
    is left out."""
    try:
        with (folder / LISTING).open("rb") as file:
            for line in file:
                if not line.startswith(_PLAIN):
                    return
                yield _deliverable(json.loads(line))
    except (OSError, ValueError):
        return


def write_plain(files: Iterable[Deliverable], folder: Path) -> None:
    """Write the list of a delivery without rows. Raises OSError."""
    part = part_of(folder / LISTING)
    try:
        with part.open("wb") as out:
            out.writelines(plain_lines(files))
            out.flush()
            os.fsync(out.fileno())
        part.replace(folder / LISTING)
    finally:
        part.unlink(missing_ok=True)


def _deliverable(document: dict[str, Any]) -> Deliverable:
    own = {name: document[name] for name in Deliverable.model_fields if name in document}
    return Deliverable.model_validate(own)


class _Scan:
    """Finds the whole rows of a list; knows where the last whole thing ended."""

    def __init__(self) -> None:
        self.end = 0

    def entries(self, file: Iterable[bytes]) -> Iterator[RowEntry]:
        """Whole rows; one whose lines are not all there is left out, and so is what no row has."""
        offset, begin = 0, 0
        paths: list[str] = []
        for line in file:
            offset += len(line)
            if not line.endswith(b"}\n"):
                continue
            if line.startswith(_PLAIN):
                self.end = offset
            elif (head := _head(line)) is not None:
                index, count = head["part"]
                if index == 1:
                    paths, begin = [], offset - len(line)
                paths.append(head["path"])
                if index == count == len(paths):
                    self.end = offset
                    yield _row_entry(head, tuple(paths), begin, offset - begin)


def _row_entry(head: dict[str, Any], paths: tuple[str, ...], offset: int, length: int) -> RowEntry:
    return RowEntry(
        ask=head["ask"],
        row=head["id"],
        number=head["number"],
        digest=head["digest"],
        shard=head["shard"],
        paths=paths,
        offset=offset,
        length=length,
    )


def _head(line: bytes) -> dict[str, Any] | None:
    """What a line says of its row; the rest of it, most of it, is not read. None if it is none."""
    if not line.startswith(_ROW):
        return None
    try:
        head, _ = _decoder.raw_decode(line.decode(), len(_ROW))
        words = (head["id"], head["ask"], head["digest"], head["path"])
        numbers = (*head["part"], head["number"], head["shard"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    sound = all(type(word) is str for word in words) and all(type(n) is int for n in numbers)
    return head if sound and len(head["part"]) == 2 else None


def _cant(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"can't write the delivery's list {path}: {error.strerror or error}; make room there, then "
        "run the same command: nothing is made again",
        where=str(path),
    )
