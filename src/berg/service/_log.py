"""The log of one home, and witnesses of others: what `berg log` and `berg witness` do."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg.errors import RequestError
from berg.provenance.keys import KeyRing
from berg.provenance.log import (
    Log,
    Witness,
    WitnessAddress,
    ask_witnesses,
    parse_site,
    parse_vkey,
    witnesses_of,
)
from berg.provenance.log.audit import audit
from berg.provenance.log.note import LOG_KIND
from berg.provenance.log.server import Server
from berg.provenance.log.serving import log_server, witness_server

LATEST = 10
"""How many entries `berg log show` lists."""
MAX_KEY_BYTES = 16 * 1024
Tell = Callable[[str], None]


def open_log(home: Path) -> Log:
    """The home's log. Raises KeysError: no keys yet, or they are locked."""
    ring = KeyRing.open(home / "keys")
    return Log(home / "log", key=ring.log_key(), origin=ring.log_origin())


def show_log(home: Path, what: str | None) -> dict[str, Any]:
    """The log's name, key and size, its latest entries; or those that `what` leads to.

    Args:
        home: whose log.
        what: an index, a file's SHA-256, a watermark's identifier or a produce id.

    Raises:
        RequestError: nothing has it.
    """
    log = open_log(home)
    size = log.head().size
    found = range(max(0, size - LATEST), size) if what is None else _found(log, what, size)
    cosigned = log.published("cosigned")
    return {
        "origin": log.origin,
        "key": log.vkey(),
        "size": size,
        "folder": str(log.folder),
        "witnesses": [site.url for site in witnesses_of(log.folder)],
        "cosigned_size": cosigned[0].size if cosigned else None,
        "entries": [{"index": at, **log.entry(at).model_dump(mode="json")} for at in found],
    }


def _found(log: Log, what: str, size: int) -> tuple[int, ...]:
    hexadecimal = all(mark in "0123456789abcdef" for mark in what)
    if hexadecimal and len(what) == 64:
        found = log.find(sha256=what)
    elif hexadecimal and len(what) == 10:
        found = log.find(mark=what)
    else:
        found = log.find(produce_id=what)
    if not found and what.isdecimal() and what.isascii() and len(what) < 19 and int(what) < size:
        return (int(what),)
    if not found:
        raise RequestError(
            f"the log has nothing under {what[:80]!r}; allowed: an index below {size}, a file's"
            " SHA-256, a watermark's identifier (10 hex digits) or a produce id"
        )
    return found


def log_checkpoint(home: Path) -> dict[str, Any]:
    """The published checkpoint, signed, with the key that checks it."""
    log = open_log(home)
    return {"checkpoint": log.checkpoint(), "key": log.vkey()}


def verify_log(home: Path) -> dict[str, Any]:
    """Read the whole log again, up to the signed root."""
    log = open_log(home)
    found = audit(log)
    return {
        "ok": not found.problems,
        "origin": log.origin,
        "size": found.size,
        "files": found.tiles,
        "problems": list(found.problems),
    }


def cosign_log(home: Path, url: str | None, key: str | None) -> dict[str, Any]:
    """Ask one witness, or all that are named, to cosign; keep what holds.

    Raises:
        RequestError: no witness is named, or its key is not known.
    """
    log = open_log(home)
    sites = _sites(log, url, key)
    log.checkpoint()
    answers = ask_witnesses(log, sites, timeout_s=30)
    return {
        "ok": all(answer.problem is None for answer in answers),
        "size": log.head().size,
        "witnesses": [
            {"url": answer.url, "name": answer.name, "problem": answer.problem}
            for answer in answers
        ],
    }


def _sites(log: Log, url: str | None, key: str | None) -> tuple[WitnessAddress, ...]:
    if url and key:
        return (parse_site(f"{url} {key}"),)
    known = witnesses_of(log.folder)
    sites = tuple(site for site in known if url is None or site.url == url.rstrip("/"))
    if not sites:
        raise RequestError(
            f"no witness {'is named' if url is None else f'{url[:80]!r} is known'}: put a line"
            f" `URL KEY` into {log.folder / 'witnesses'}, or give --key with the key that"
            " `berg witness` prints"
        )
    return sites


def serve_log(home: Path, listen: tuple[str, int], tell: Tell) -> dict[str, Any]:
    """Serve the log's static files until interrupted."""
    server = log_server(home / "log", listen)
    return _serve(server, f"the log, read-only, on {server.url}", tell)


def serve_witness(
    *,
    key: Path,
    name: str | None,
    logs: tuple[str, ...],
    listen: tuple[str, int],
    tell: Tell,
) -> dict[str, Any]:
    """Be a witness until interrupted. Its memory is the folder `<key>.seen`.

    Raises:
        RequestError: a log's key is not one, or the address can't be had.
        StoreError, OSError: the key or the memory can't be read or written.
    """
    known = [parse_vkey(log) for log in logs]
    if not known or any(log.kind != LOG_KIND for log in known):
        raise RequestError("name each log by its key: --log KEY, as `berg log show` prints it")
    private = _key_at(key)
    named = name or f"witness.berg/{private.public_key().public_bytes_raw().hex()[:16]}"
    memory = key.with_name(key.name + ".seen")
    witness = Witness(memory, key=private, name=named, logs=known)
    server = witness_server(witness, listen)
    return _serve(server, f"witness on {server.url}\nkey: {witness.verifier.vkey()}", tell)


def _serve(server: Server, said: str, tell: Tell) -> dict[str, Any]:
    try:
        tell(said)  # inside: whoever heard it may stop us before the next line
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return {"url": server.url, "ended": "interrupted"}


def _key_at(path: Path) -> Ed25519PrivateKey:
    """The private key in a file, made on first use; whoever comes second takes the first's."""
    if not path.exists():
        _make_key(path)
    if path.stat().st_mode & 0o077:
        raise RequestError(f"{path} can be read by other users: `chmod 600 {path}`")
    try:
        key = serialization.load_pem_private_key(_read(path, MAX_KEY_BYTES).encode(), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise RequestError(f"{path} is not an Ed25519 private key in PEM; name another with --key")
    return key


def _make_key(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(fd)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(beside)


def _read(path: Path, limit: int) -> str:
    try:
        with path.open("rb") as file:
            return file.read(limit + 1).decode("utf-8", "replace")
    except (FileNotFoundError, IsADirectoryError):
        raise RequestError(f"there is no file {path}") from None
