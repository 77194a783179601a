"""Writing finished files into the user's folder: aside first, then renamed, then made durable.

Files that are there already with the right bytes are left alone. The folder's `delivery.json` is
written last, so that a folder with one is whole. Files that are not berg's are never touched.
"""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg import faults
from berg.digest import file_sha256
from berg.errors import StoreError
from berg.schema.asset import Asset
from berg.schema.delivery import Deliverable, Delivery

DOCUMENT = "delivery.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """A file to deliver, all of it known."""

    name: str
    language: str | None
    path: str
    """Relative to the folder."""
    asset: Asset
    facts: dict[str, Any]


def write_files(
    finished: Sequence[Finished], folder: Path, *, object_path: Callable[[Asset], Path]
) -> tuple[Deliverable, ...]:
    """Put every file in its place.

    Raises:
        StoreError: the folder can't be written, with the cause; what was whole stays whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write_file(item, folder, object_path) for item in finished)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def write_document(delivery: Delivery, folder: Path) -> Path:
    """Write `delivery.json`, and remove what the delivery before it had and this one has not."""
    try:
        _remove_outdated(delivery, folder)
        text = json.dumps(delivery.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
        return write_aside(folder / DOCUMENT, text.encode())
    except OSError as error:
        raise _cannot_write(folder, error) from error


def write_aside(target: Path, data: bytes) -> Path:
    """Write bytes beside `target`, make them durable, and rename them into place."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _write_file(item: Finished, folder: Path, object_path: Callable[[Asset], Path]) -> Deliverable:
    target = folder / item.path
    if not _is_there(target, item.asset):
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(object_path(item.asset), target)
    return Deliverable(
        name=item.name,
        language=item.language,
        path=item.path,
        media_type=item.asset.media_type,
        content_sha256=item.asset.sha256,
        sha256=item.asset.sha256,
        facts=item.facts,
    )


def _is_there(target: Path, asset: Asset) -> bool:
    return (
        target.is_file()
        and not target.is_symlink()
        and target.stat().st_size == asset.size
        and file_sha256(target) == asset.sha256
    )


def _copy(source: Path, target: Path) -> None:
    """A copy, not a link: the user may edit the delivered file, the store's must not change."""
    for stale in target.parent.glob(f".{target.name}.*.part"):
        stale.unlink(missing_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with source.open("rb") as reader, part.open("wb") as writer:
            half = source.stat().st_size // 2
            while chunk := reader.read(_CHUNK):
                writer.write(chunk)
                if writer.tell() >= half:
                    faults.point("delivery.half")
                    half = source.stat().st_size + 1
            writer.flush()
            os.fsync(writer.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _remove_outdated(delivery: Delivery, folder: Path) -> None:
    current = {item.path for item in delivery.deliverables}
    for old in previous(folder):
        target = folder / old.path
        if old.path not in current and _unchanged(target, folder, old):
            target.unlink()


def _unchanged(target: Path, folder: Path, old: Deliverable) -> bool:
    inside = target.resolve().is_relative_to(folder.resolve())
    return inside and target.is_file() and file_sha256(target) == old.sha256


def previous(folder: Path) -> tuple[Deliverable, ...]:
    """What the folder's `delivery.json` lists; nothing if there is none that can be read."""
    with suppress(OSError, ValueError):
        text = (folder / DOCUMENT).read_text(encoding="utf-8")
        return Delivery.model_validate_json(text).deliverables
    return ()


def _cannot_write(folder: Path, error: OSError) -> StoreError:
    cause = error.strerror or str(error)
    return StoreError(
        f"can't write the delivery: {cause}; make room there or choose another folder with --out, "
        "then run the same command: nothing is made again",
        where=str(error.filename or folder),
    )
