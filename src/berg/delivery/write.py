"""Writing finished files into the user's folder: signed aside, then renamed, then made durable.

Files that are there already with the right bytes are left alone. The folder's `delivery.json` is
written last, so that a folder with one is whole. Files that are not berg's are never touched.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.delivery.aside import write_aside
from berg.delivery.folder import alone, sweep
from berg.delivery.journal import LISTED_FROM, LISTING, plain_of, write_plain
from berg.delivery.place import place
from berg.digest import file_sha256
from berg.errors import StoreError
from berg.provenance.finish import Dossier, FileToFinish, Finisher, SignedFile
from berg.provenance.sidecars import PROOF, SIDECARS
from berg.schema.asset import Asset
from berg.schema.delivery import Credentials, Deliverable, Delivery

DOCUMENT = "delivery.json"
PAGE = "index.html"
_HANDS = 4
"""Files that are put in their places at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    """A file to deliver, all of it known."""

    name: str
    language: str | None
    path: str
    """Relative to the folder."""
    asset: Asset
    facts: dict[str, Any]
    dossier: Dossier
    """What is attached to it."""


def write_files(
    finished: Sequence[Finished],
    folder: Path,
    *,
    object_path: Callable[[Asset], Path],
    finisher: Finisher,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Deliverable, ...]:
    """Sign every file, log them all at once, and put each in its place.

    The folder is held alone meanwhile. A delivery that was killed goes on with what it had
    signed; what others left half done in the folder goes. `progress` hears how many are signed,
    and of how many.

    Raises:
        StoreError: the folder can't be written, with the cause; what was whole stays whole.
        ProvenanceError: a file can't be signed or logged as it must be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            works, signed = _sign(finished, folder, object_path, finisher, progress)
            credentials = finisher.log(works, signed)
            _place(works, signed, credentials, finisher)
            _tidy(works, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    whole = zip(finished, signed, credentials, strict=True)
    return tuple(_deliverable(item, made, given) for item, made, given in whole)


def _sign(
    finished: Sequence[Finished],
    folder: Path,
    object_path: Callable[[Asset], Path],
    finisher: Finisher,
    progress: Callable[[int, int], None],
) -> tuple[list[FileToFinish], list[SignedFile]]:
    works: list[FileToFinish] = []
    signed: list[SignedFile] = []
    for item in finished:
        progress(len(works), len(finished))
        work = _work(item, folder, object_path)
        work.target.parent.mkdir(parents=True, exist_ok=True)
        works.append(work)
        signed.append(finisher.sign(work))
    return works, signed


def _place(
    works: Sequence[FileToFinish],
    signed: Sequence[SignedFile],
    credentials: Sequence[Credentials],
    finisher: Finisher,
) -> None:
    """Put files in their places, some at a time: nearly all of it is waiting for the disk.

    Each file comes after what belongs beside it; among files there is no order. The first that
    fails is raised; those not begun by then are not.
    """

    def one(work: FileToFinish, made: SignedFile, given: Credentials) -> None:
        place(work.target, made, index=given.index, finisher=finisher)

    with ThreadPoolExecutor(_HANDS, thread_name_prefix="place") as hands:
        for _ in hands.map(one, works, signed, credentials):
            pass


def _tidy(works: Sequence[FileToFinish], folder: Path) -> None:
    """Clear what was left by deliveries that were killed, wherever berg delivers to in here."""
    before = [folder / old.path for old in previous(folder)]
    targets = [work.target for work in works]
    places = {folder, *(path.parent for path in (*targets, *before) if _inside(path, folder))}
    names = [path.name + ending for path in (*targets, *before) for ending in ("", *SIDECARS)]
    sweep((place for place in places if place.is_dir()), (DOCUMENT, PAGE, *names))


def write_document(delivery: Delivery, folder: Path) -> Path:
    """Write `delivery.json`, and remove what the delivery before it had and this one has not.

    From `LISTED_FROM` deliverables on they are listed in `delivery.jsonl`, and not in it.
    """
    try:
        _remove_outdated(previous(folder), delivery.deliverables, folder)
        if len(delivery.deliverables) >= LISTED_FROM:
            write_plain(delivery.deliverables, folder)
            count = len(delivery.deliverables)
            index = {"deliverables": (), "listed": LISTING, "count": count}
            delivery = delivery.model_copy(update=index)
        else:
            _remove_list(folder)
        return _write_json(delivery, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def write_index(
    delivery: Delivery,
    plain: Sequence[Deliverable],
    before: Sequence[Deliverable],
    folder: Path,
) -> Path:
    """Write `delivery.json` of a delivery whose list is written already; of what was there
    `before` besides rows, remove what is not among `plain` now."""
    try:
        _remove_outdated(before, plain, folder)
        return _write_json(delivery, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _write_json(delivery: Delivery, folder: Path) -> Path:
    text = json.dumps(delivery.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    return write_aside(folder / DOCUMENT, text.encode())


def _remove_list(folder: Path) -> None:
    """The list of a delivery before, if it was one without rows: theirs is their journal."""
    with suppress(OSError, ValueError):
        text = (folder / DOCUMENT).read_text(encoding="utf-8")
        old = Delivery.model_validate_json(text)
        if old.listed is not None and old.rows is None:
            (folder / LISTING).unlink(missing_ok=True)


def _work(item: Finished, folder: Path, object_path: Callable[[Asset], Path]) -> FileToFinish:
    return FileToFinish(
        content=object_path(item.asset),
        content_sha256=item.asset.sha256,
        target=folder / item.path,
        dossier=item.dossier,
    )


def _deliverable(item: Finished, made: SignedFile, credentials: Credentials) -> Deliverable:
    return Deliverable(
        name=item.name,
        language=item.language,
        path=item.path,
        media_type=item.asset.media_type,
        content_sha256=item.asset.sha256,
        sha256=made.sha256,
        facts=item.facts,
        credentials=credentials,
        beside=tuple(item.path + ending for ending in (*made.beside, PROOF)),
    )


def _remove_outdated(
    before: Sequence[Deliverable], now: Sequence[Deliverable], folder: Path
) -> None:
    current = {path for item in now for path in (item.path, *item.beside)}
    for old in before:
        target = folder / old.path
        if old.path not in current and not _unchanged(target, folder, old):
            continue  # somebody's own by now
        for path in {old.path, *old.beside} - current:
            if _inside(folder / path, folder):
                (folder / path).unlink(missing_ok=True)


def _unchanged(target: Path, folder: Path, old: Deliverable) -> bool:
    return _inside(target, folder) and target.is_file() and file_sha256(target) == old.sha256


def _inside(target: Path, folder: Path) -> bool:
    return target.resolve().is_relative_to(folder.resolve())


def previous(folder: Path) -> tuple[Deliverable, ...]:
    """What the folder's `delivery.json` or its list has, rows' files not counted; nothing if
    there is none that can be read."""
    with suppress(OSError, ValueError):
        text = (folder / DOCUMENT).read_text(encoding="utf-8")
        delivery = Delivery.model_validate_json(text)
        return tuple(plain_of(folder)) if delivery.listed else delivery.deliverables
    return ()


def _cannot_write(folder: Path, error: OSError) -> StoreError:
    cause = error.strerror or str(error)
    return StoreError(
        f"can't write the delivery: {cause}; make room there or choose another folder with --out, "
        "then run the same command: nothing is made again",
        where=str(error.filename or folder),
    )
