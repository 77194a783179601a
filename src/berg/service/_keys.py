"""Keys as people and programs want to see them: made, listed, renewed, brought in."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.errors import RequestError
from berg.provenance.keys import (
    Brought,
    KeyRing,
    RingRecord,
    brought_command,
    brought_key,
    brought_pkcs12,
    brought_roots,
    notice_of,
)

Ask = Callable[[str], str | None]
"""Asks for a passphrase: what for, in words; None if nobody can be asked."""
FOLDER = "keys"
_BUNDLES = (".p12", ".pfx")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeysRequest:
    """What `berg keys` was asked to do."""

    action: str
    """`init`, `list`, `rotate` or `import`."""
    file: Path | None = None
    """A certificate chain (PEM) or a PKCS#12 bundle, to import."""
    key: Path | None = None
    command: str | None = None
    """Signs instead of a key; words as a shell would split them, but no shell runs it."""
    trust: tuple[Path, ...] = ()
    name: str | None = None
    tenant: str | None = None
    timestamp: str | None = None
    """Address of an RFC 3161 service; `none` for none."""
    passphrase: bool = False
    """Whether new keys are to be locked."""


def keys(home: Path, request: KeysRequest, ask: Ask) -> dict[str, Any]:
    """Do what was asked, and list what there is. Raises BergError; nothing is then changed."""
    _check(request)
    folder = home / FOLDER
    ring = KeyRing.open(folder, passphrase=_passphrase(folder, request, ask))
    notices = _ACTIONS[request.action](ring, request, ask)
    return {"folder": str(folder), "notices": notices, **_listed(ring)}


def _check(request: KeysRequest) -> None:
    fitting = {
        "init": ("name", "timestamp", "passphrase"),
        "list": (),
        "rotate": ("tenant",),
        "import": ("file", "key", "command", "trust", "timestamp"),
    }[request.action]
    for word in ("file", "key", "command", "trust", "name", "tenant", "timestamp", "passphrase"):
        if getattr(request, word) and word not in fitting:
            shown = "FILE" if word == "file" else f"--{word}"
            raise RequestError(
                f"`berg keys {request.action}` takes no {shown}; see `berg keys --help`"
            )


def _passphrase(folder: Path, request: KeysRequest, ask: Ask) -> str | None:
    """From whoever is at the terminal, if it is needed; the environment's is found by the ring."""
    ring = KeyRing.open(folder)
    if request.action == "list":
        return None
    if ring.ready():
        return ask("the passphrase of the keys") if ring.locked() else None
    if not request.passphrase:
        return None
    given = ask("a passphrase for the new keys")
    if not given:
        raise RequestError(
            "there is nobody to ask for a passphrase: set BERG_KEYS_PASSPHRASE, or use a terminal"
        )
    return given


def _init(ring: KeyRing, request: KeysRequest, _: Ask) -> list[str]:
    if ring.ready() and request.name:
        raise RequestError(
            "there are keys already, and a name can't be changed: `berg keys list` shows them,"
            " `berg keys import` brings your own"
        )
    url = None if request.timestamp in (None, "none") else request.timestamp
    if ring.ready() and request.timestamp:
        ring.stamp_with(url)
    ring.init(name=_checked_name(request.name), time_stamp_url=url)
    return []


def _checked_name(name: str | None) -> str | None:
    if name is None or (name.strip() == name and name.isprintable() and 0 < len(name) <= 40):
        return name
    raise RequestError(f"{name[:60]!r} can't be a name: use up to 40 characters that can be seen")


def _list(_ring: KeyRing, _request: KeysRequest, _ask: Ask) -> list[str]:
    return []


def _rotate(ring: KeyRing, request: KeysRequest, _: Ask) -> list[str]:
    ring.rotate(tenant=request.tenant)
    return []


def _import(ring: KeyRing, request: KeysRequest, ask: Ask) -> list[str]:
    if not (request.file or request.trust or request.timestamp):
        raise RequestError(
            "import what? A chain with --key or --command, a .p12 bundle, --trust, or --timestamp"
        )
    roots = [root for file in request.trust for root in brought_roots(file)]
    brought = _brought(request.file, request, ask) if request.file else None
    ring.init()
    if request.timestamp:
        ring.stamp_with(None if request.timestamp == "none" else request.timestamp)
    if roots:
        ring.bring_roots(tuple(roots))
    if brought:
        ring.bring_signer(brought)
    notice = notice_of(brought) if brought else None
    return [notice] if notice else []


def _brought(file: Path, request: KeysRequest, ask: Ask) -> Brought:
    if file.suffix.lower() in _BUNDLES:
        return brought_pkcs12(file, ask(f"the passphrase of {file.name}"))
    if bool(request.key) == bool(request.command):
        raise RequestError(f"what signs for {file}? Give --key FILE or --command '…', one of them")
    if request.key:
        locked = _is_locked(request.key)
        return brought_key(
            file, request.key, ask(f"the passphrase of {request.key.name}") if locked else None
        )
    return brought_command(file, _words(request.command or ""))


def _is_locked(key: Path) -> bool:
    try:
        with key.open("rb") as file:
            return b"ENCRYPTED" in file.read(1 << 16)
    except OSError:
        return False  # what is wrong is said by whoever reads it


def _words(command: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise RequestError(f"the signing command can't be split into words: {error}") from None
    if not words:
        raise RequestError("the signing command is empty")
    return words


_ACTIONS: dict[str, Callable[[KeyRing, KeysRequest, Ask], list[str]]] = {
    "init": _init,
    "list": _list,
    "rotate": _rotate,
    "import": _import,
}


def _listed(ring: KeyRing) -> dict[str, Any]:
    if not ring.ready():
        return {"ready": False}
    return {"ready": True, **_document(ring.record())}


def _document(record: RingRecord) -> dict[str, Any]:
    newest = next(mark.id for mark in record.marks if mark.tenant == record.tenant)
    return {
        "name": record.name,
        "made": record.made,
        "locked": record.locked,
        "signers": [
            {**one.model_dump(mode="json"), "current": one.id == record.signer}
            for one in record.signers
        ],
        "authority": {"id": record.authority, "file": f"authority-{record.authority}.pem"},
        "trust": list(record.trust),
        "timestamp": record.time_stamp_url,
        "log": {"id": record.log, "origin": record.log_origin},
        "marks": [
            {**one.model_dump(mode="json"), "current": one.id == newest} for one in record.marks
        ],
    }
