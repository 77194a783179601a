"""Reading any file's manifest, by whatever tool it was made. Nothing is fetched or executed."""

import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import c2pa

from berg.errors import MediaError
from berg.provenance.manifest import library
from berg.provenance.manifest.bounded import SECONDS, BoundedFile
from berg.provenance.manifest.credential import Credential
from berg.provenance.manifest.formats import UNKNOWN, format_by_name
from berg.provenance.manifest.problems import DAMAGED, ELSEWHERE, TOO_LONG, UNREADABLE
from berg.provenance.manifest.summary import credential_of, printable
from berg.provenance.sidecars import MANIFEST, beside

SIDECAR_LIMIT = 64 << 20
"""Bytes of a manifest beside a file; real ones have some thousand."""
_MARK = bytes.fromhex("63327061 0011 0010 8000 00aa00389b71")
"""Every manifest store begins so: its type in JUMBF (C2PA 2.2, 11.1.4.2)."""
_SEARCHED = 64 << 20
_REMOTE = "must fetch remote manifest"
"""How the library says that there is only an address, and that it was told to fetch nothing."""


def read_credential(
    path: Path,
    *,
    anchors: bytes,
    sidecar: Path | None = None,
    manifest: bytes | None = None,
    limit_s: float = SECONDS,
) -> Credential:
    """What the manifest of the file at `path` says, and whether it holds.

    It is the one inside the file; else `manifest`, else `sidecar`, else the file beside it named
    as it is with `.c2pa` after it. `anchors` are the only trusted roots, as PEM.

    Raises MediaError: the file, or the sidecar that was named, can't be opened.
    """
    inside = _read(path, anchors, None, limit_s)
    if inside.state != "none":
        return inside
    beside = manifest if manifest is not None else _beside(path, sidecar)
    return inside if beside is None else _read(path, anchors, beside, limit_s)


def _beside(path: Path, sidecar: Path | None) -> bytes | None:
    place = sidecar or beside(path, MANIFEST)
    try:
        with place.open("rb") as file:
            data = file.read(SIDECAR_LIMIT + 1)
    except FileNotFoundError:
        if sidecar is None:
            return None
        raise MediaError(f"there is no {sidecar}", where=str(sidecar)) from None
    except OSError as error:
        raise MediaError(f"can't read {place}: {error.strerror}", where=str(place)) from None
    if len(data) > SIDECAR_LIMIT:
        raise MediaError(f"{place} is larger than 64 MiB: no manifest is", where=str(place))
    return data


def _read(path: Path, anchors: bytes, manifest: bytes | None, limit_s: float) -> Credential:
    try:
        with path.open("rb") as file:
            return _judged(file, anchors, manifest, limit_s)
    except OSError as error:
        raise MediaError(f"can't read {path}: {error.strerror or error}", where=str(path)) from None


def _judged(file: BinaryIO, anchors: bytes, manifest: bytes | None, limit_s: float) -> Credential:
    bounded = BoundedFile(file, size=os.fstat(file.fileno()).st_size, limit_s=limit_s)
    hint = format_by_name(Path(file.name)) if manifest is None else UNKNOWN
    try:
        document = _document(bounded, anchors, manifest, hint)
    except c2pa.C2paError as error:
        if bounded.spent:
            return Credential(state="Invalid", problems=(TOO_LONG,))
        return _failed(error, file, manifest)
    except (ValueError, RecursionError):
        return _damaged("it can't be put into words")
    return credential_of(document, embedded=manifest is None)


def _document(
    file: BoundedFile, anchors: bytes, manifest: bytes | None, hint: str | None
) -> dict[str, Any]:
    """The library's report. It goes by the bytes, and by `hint` where they don't tell."""
    with ExitStack() as stack:
        reader = c2pa.Reader(hint, file, manifest, context=library.context(anchors))
        stack.enter_context(reader)
        document = json.loads(reader.json())
    if not isinstance(document, dict):
        raise ValueError("no object")
    return document


def _failed(error: c2pa.C2paError, file: BinaryIO, manifest: bytes | None) -> Credential:
    said = printable(str(error)) or "no reason given"
    if manifest is not None:
        return _damaged(said)
    if isinstance(error, c2pa.C2paError.ManifestNotFound):
        return Credential(state="none")
    if _REMOTE in said:
        return Credential(state="none", problems=(ELSEWHERE,))
    if _mentions_manifest(file):
        return _damaged(said)
    if isinstance(error, c2pa.C2paError.NotSupported):
        return Credential(state="none")
    return Credential(state="none", problems=(UNREADABLE.format(said),))


def _damaged(why: str) -> Credential:
    return Credential(state="Invalid", problems=(DAMAGED.format(why),), codes=("general.error",))


def _mentions_manifest(file: BinaryIO) -> bool:
    """Whether what can't be read ever had a manifest, as far as its bytes tell."""
    file.seek(0)
    tail, left = b"", _SEARCHED
    while left > 0 and (block := file.read(1 << 20)):
        if _MARK in tail + block:
            return True
        tail, left = block[-len(_MARK) :], left - len(block)
    return False
