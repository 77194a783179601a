"""Keys as people and programs want to see them: made, listed, renewed, brought in."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509

from berg.errors import RequestError
from berg.provenance.keys import (
    Brought,
    KeyRing,
    KeysError,
    RingRecord,
    SignerRecord,
    brought_command,
    brought_key,
    brought_pkcs12,
    brought_roots,
    notice_of,
)
from berg.provenance.keys.naming import name_in, rfc3339
from berg.provenance.log import NoteError
from berg.provenance.log.note import key_name

AskPassphrase = Callable[[str], str | None]
"""Asks for a passphrase: what for, in words; None if nobody can be asked."""
FOLDER = "keys"
_BUNDLES = (".p12", ".pfx")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeysRequest:
    """What `berg keys` was asked to do."""

    action: str
    """`init`, `list`, `rotate`, `import` or `untrust`."""
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
    log_origin: str | None = None
    """The new log's name; None: one made of its key."""
    certificate: bool = False
    """Rotate the certificate; and not the watermark, unless `marks`."""
    marks: bool = False
    """Rotate the watermark's key; and not the certificate, unless `certificate`."""
    root: str | None = None
    """Id of a root that is to be trusted no longer."""


def keys(home: Path, request: KeysRequest, ask: AskPassphrase) -> dict[str, Any]:
    """Do what was asked, and list what there is. Raises BergError; nothing is then changed."""
    _check(request)
    folder = home / FOLDER
    ring = KeyRing.open(folder, passphrase=_passphrase(folder, request, ask))
    notices = _ACTIONS[request.action](ring, request, ask)
    return {"folder": str(folder), "notices": notices, **_listed(ring)}


_FITTING = {
    "init": ("name", "timestamp", "passphrase", "log_origin"),
    "list": (),
    "rotate": ("tenant", "certificate", "marks"),
    "import": ("file", "key", "command", "trust", "timestamp"),
    "untrust": ("root",),
}
_WORDS = tuple(word for words in _FITTING.values() for word in words)


def _check(request: KeysRequest) -> None:
    for word in _WORDS:
        if getattr(request, word) and word not in _FITTING[request.action]:
            raise RequestError(
                f"`berg keys {request.action}` takes no {word.replace('_', ' ')};"
                f" see `berg keys {request.action} --help`"
            )


def _passphrase(folder: Path, request: KeysRequest, ask: AskPassphrase) -> str | None:
    """From whoever is at the terminal, if it is needed; the environment's is found by the ring."""
    ring = KeyRing.open(folder)
    if request.action in ("list", "untrust"):
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


def _init(ring: KeyRing, request: KeysRequest, _: AskPassphrase) -> list[str]:
    if ring.ready() and (request.name or request.log_origin):
        raise RequestError(
            "there are keys already, and a name can't be changed: `berg keys list` shows them,"
            " `berg keys import` brings your own"
        )
    origin = None if request.log_origin is None else _checked_origin(request.log_origin)
    url = None if request.timestamp in (None, "none") else request.timestamp
    if ring.ready() and request.timestamp:
        ring.stamp_with(url)
    ring.init(name=_checked_name(request.name), time_stamp_url=url, log_origin=origin)
    return []


def _checked_name(name: str | None) -> str | None:
    if name is None or (name.strip() == name and name.isprintable() and 0 < len(name) <= 40):
        return name
    raise RequestError(f"{name[:60]!r} can't be a name: use up to 40 characters that can be seen")


def _checked_origin(origin: str) -> str:
    """As C2SP asks of a key's name (signed-note)."""
    try:
        return key_name(origin)
    except NoteError as error:
        raise RequestError(f"--log-origin: {error.message}") from error


def _list(_ring: KeyRing, _request: KeysRequest, _ask: AskPassphrase) -> list[str]:
    return []


def _rotate(ring: KeyRing, request: KeysRequest, _: AskPassphrase) -> list[str]:
    marks = request.marks or request.tenant is not None
    both = not (marks or request.certificate)
    certificate = request.certificate or both
    record = ring.record()
    if request.certificate and _current(record).kind != "local":
        raise RequestError(
            "the certificate in use was brought in, so berg can't issue a new one: get one from"
            " whoever issued it, and `berg keys import` it"
        )
    ring.rotate(tenant=request.tenant, certificate=certificate, marks=marks or both)
    return []


def _current(record: RingRecord) -> SignerRecord:
    return next(signer for signer in record.signers if signer.id == record.signer)


def _untrust(ring: KeyRing, request: KeysRequest, _: AskPassphrase) -> list[str]:
    if request.root is None:
        raise RequestError("which root? `berg keys list` shows those that are trusted")
    ring.forget_root(request.root)
    return []


def _import(ring: KeyRing, request: KeysRequest, ask: AskPassphrase) -> list[str]:
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


def _brought(file: Path, request: KeysRequest, ask: AskPassphrase) -> Brought:
    if file.suffix.lower() in _BUNDLES:
        return brought_pkcs12(file, ask(f"the passphrase of {file.name}"))
    if bool(request.key) == bool(request.command):
        raise RequestError(f"what signs for {file}? Give --key FILE or --command '…', one of them")
    if request.key:
        locked = _is_locked(request.key)
        return brought_key(
            file, request.key, ask(f"the passphrase of {request.key.name}") if locked else None
        )
    try:
        return brought_command(file, _words(request.command or ""))
    except KeysError as error:
        raise RequestError(
            f"{error.message}; nothing was changed. It must read the bytes from standard input and"
            " write their signature to standard output"
        ) from error


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


_ACTIONS: dict[str, Callable[[KeyRing, KeysRequest, AskPassphrase], list[str]]] = {
    "init": _init,
    "list": _list,
    "rotate": _rotate,
    "import": _import,
    "untrust": _untrust,
}


def _listed(ring: KeyRing) -> dict[str, Any]:
    if not ring.ready():
        return {"ready": False}
    return {"ready": True, **_document(ring.record(), ring.roots())}


def _document(
    record: RingRecord, roots: tuple[tuple[str, x509.Certificate], ...]
) -> dict[str, Any]:
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
        "trust": [
            {
                "id": root,
                "name": name_in(certificate.subject),
                "not_after": rfc3339(certificate.not_valid_after_utc),
            }
            for root, certificate in roots
        ],
        "timestamp": record.time_stamp_url,
        "log": {"id": record.log, "origin": record.log_origin},
        "marks": [
            {**one.model_dump(mode="json"), "current": one.id == newest} for one in record.marks
        ],
    }
