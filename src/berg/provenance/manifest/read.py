"""Reading any file's manifest, by whatever tool it was made. Nothing is fetched or executed."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import c2pa

from berg.errors import MediaError
from berg.provenance.manifest import library
from berg.provenance.manifest.credential import Credential
from berg.provenance.manifest.formats import SIDECAR
from berg.provenance.manifest.summary import credential_of

SIDECAR_LIMIT = 64 << 20
"""Bytes of a manifest beside a file; real ones have some thousand."""


def read_credential(
    path: Path,
    *,
    anchors: bytes,
    sidecar: Path | None = None,
    manifest: bytes | None = None,
) -> Credential:
    """What the manifest of the file at `path` says, and whether it holds.

    It is the one inside the file; else `manifest`, else `sidecar`, else the file beside it named
    as it is with `.c2pa` after it. `anchors` are the only trusted roots, as PEM.

    Raises MediaError: the file itself can't be opened.
    """
    found = _read(path, anchors, None)
    if found is not None:
        return found
    beside = manifest if manifest is not None else _beside(path, sidecar)
    if beside is None:
        return Credential(state="none")
    return _read(path, anchors, beside) or Credential(state="none")


def _beside(path: Path, sidecar: Path | None) -> bytes | None:
    place = sidecar or path.with_name(path.name + SIDECAR)
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


def _read(path: Path, anchors: bytes, manifest: bytes | None) -> Credential | None:
    try:
        with ExitStack() as stack:
            file = stack.enter_context(path.open("rb"))
            kind = None if manifest is None else "application/octet-stream"
            reader = stack.enter_context(
                c2pa.Reader(kind, file, manifest, context=library.context(anchors))
            )
            document: dict[str, Any] = json.loads(reader.json())
    except c2pa.C2paError.ManifestNotFound:
        return None
    except c2pa.C2paError as error:
        return _unreadable(error, manifest)
    except OSError as error:
        raise MediaError(f"can't read {path}: {error.strerror}", where=str(path)) from None
    except (ValueError, RecursionError):
        return Credential(state="Invalid", problems=("the manifest is damaged",))
    return credential_of(document, embedded=manifest is None)


def _unreadable(error: c2pa.C2paError, manifest: bytes | None) -> Credential | None:
    if manifest is None and isinstance(error, c2pa.C2paError.NotSupported):
        return None
    return Credential(state="Invalid", problems=(f"the manifest can't be read: {error}",))
