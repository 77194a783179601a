"""The ring of keys of one home: who signs, the log's key, the watermarks' keys.

What it hands out is ready to use; where the bytes lie is `folder.py`'s.
"""

import datetime
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

from berg.carriers.watermark.found import MarkKey
from berg.errors import RequestError
from berg.provenance.keys.bring import Brought, Chain
from berg.provenance.keys.chain import parse_chain, public_key_of
from berg.provenance.keys.changing import (
    bring_roots,
    bring_signer,
    change,
    forget_root,
    rotate,
)
from berg.provenance.keys.command import sign_by_command
from berg.provenance.keys.files import KeysError
from berg.provenance.keys.folder import KeyFolder
from berg.provenance.keys.making import make_ring, read_mark
from berg.provenance.keys.naming import now_utc
from berg.provenance.keys.record import RingRecord, SignerRecord
from berg.provenance.keys.signer import Signer, sign_with

TIME_STAMP_VARIABLE = "BERG_TIMESTAMP_URL"
"""Environment variable that names the time-stamp service; empty: none."""

_LONGEST = 2000


class KeyRing:
    """The keys in one folder. Opening it reads nothing and makes nothing."""

    def __init__(self, folder: KeyFolder) -> None:
        self._folder = folder

    @classmethod
    def open(cls, folder: Path, *, passphrase: str | None = None) -> "KeyRing":
        """The ring in `folder`, perhaps not there yet.

        The passphrase is `passphrase`, or what `BERG_KEYS_PASSPHRASE` says.
        """
        return cls(KeyFolder(folder, passphrase=passphrase))

    def ready(self) -> bool:
        """Whether there are keys. Raises KeysError."""
        return self._folder.exists()

    def init(
        self,
        *,
        name: str | None = None,
        passphrase: str | None = None,
        time_stamp_url: str | None = None,
        log_origin: str | None = None,
    ) -> None:
        """Make the keys, if there are none. Whoever comes second finds the first one's.

        `log_origin` is the log's name, which the caller has checked; None: one made of its key.

        Raises KeysError: the disk; StoreError: another process has held the door too long.
        """
        checked = (
            checked_url(time_stamp_url, where="the time-stamp address") if time_stamp_url else None
        )
        if self.ready():
            return
        self._folder.passphrase = passphrase or self._folder.passphrase
        with self._folder.alone():
            if not self.ready():
                self._folder.write_record(make_ring(self._folder, name, checked, log_origin))

    def rotate(
        self, *, tenant: str | None = None, certificate: bool = True, marks: bool = True
    ) -> RingRecord:
        """A new leaf, if the local authority signs, and a new watermark key; or one of them.

        The log's key stays; so do old keys, for what was made with them. With `tenant` the new
        watermark key is that tenant's, who is current from now on. Raises KeysError.
        """
        with self._folder.alone():
            return rotate(self._folder, tenant=tenant, certificate=certificate, marks=marks)

    def bring_signer(self, brought: Brought) -> RingRecord:
        """Sign with what was brought in from now on. Raises KeysError."""
        with self._folder.alone():
            return bring_signer(self._folder, brought)

    def bring_roots(self, roots: Chain) -> RingRecord:
        """Trust these roots too. Raises KeysError."""
        with self._folder.alone():
            return bring_roots(self._folder, roots)

    def forget_root(self, identifier: str) -> RingRecord:
        """Trust a root no longer that was brought in. Raises KeysError, RequestError: unknown."""
        with self._folder.alone():
            return forget_root(self._folder, identifier)

    def roots(self) -> tuple[tuple[str, x509.Certificate], ...]:
        """Id and certificate of each root that was brought in. Raises KeysError."""
        return tuple((root, self._root(root)) for root in self.record().trust)

    def _root(self, identifier: str) -> x509.Certificate:
        name = f"trust-{identifier}"
        return parse_chain(self._folder.certificates(name), where=f"{name}.pem")[0]

    def stamp_with(self, url: str | None) -> RingRecord:
        """Ask this RFC 3161 service for time stamps; None: none. Raises KeysError, RequestError."""
        checked = checked_url(url, where="the time-stamp address") if url else None
        with self._folder.alone():
            return change(self._folder, time_stamp_url=checked)

    def locked(self) -> bool:
        """Whether the private keys need a passphrase. Raises KeysError."""
        return self.record().locked

    def record(self) -> RingRecord:
        """What there is: names and dates. Raises KeysError."""
        return self._folder.record()

    def signer(self) -> Signer:
        """Who signs now. Raises KeysError: no keys, expired, locked."""
        record = self.record()
        held = next(signer for signer in record.signers if signer.id == record.signer)
        _not_expired(held)
        chain = self._folder.certificates(f"signer-{held.id}")
        return Signer(
            alg=held.alg,
            chain_pem=chain,
            sign=self._signing(held, chain),
            time_stamp_url=self._time_stamp_url(record),
            id=held.id,
            name=held.name,
        )

    def _signing(self, held: SignerRecord, chain: bytes) -> Callable[[bytes], bytes]:
        if held.kind == "command":
            public = public_key_of(parse_chain(chain, where=f"signer-{held.id}.pem")[0])
            return lambda data: sign_by_command(held.command, data, alg=held.alg, public=public)
        key = self._folder.key(f"signer-{held.id}")
        if isinstance(key, x25519.X25519PrivateKey):
            raise KeysError(f"signer-{held.id}.key can't sign: put it back from a backup")
        return lambda data: sign_with(key, held.alg, data)

    def _time_stamp_url(self, record: RingRecord) -> str | None:
        named = os.environ.get(TIME_STAMP_VARIABLE)
        if named is None:
            return record.time_stamp_url
        return checked_url(named, where=TIME_STAMP_VARIABLE) if named else None

    def anchors(self) -> bytes:
        """PEM of the roots that are trusted: the local authority, and those brought in."""
        record = self.record()
        names = (f"authority-{record.authority}", *(f"trust-{root}" for root in record.trust))
        return b"".join(self._folder.certificates(name) for name in names)

    def log_key(self) -> ed25519.Ed25519PrivateKey:
        """What signs the log's checkpoints. Raises KeysError."""
        key = self._folder.key(f"log-{self.record().log}")
        if not isinstance(key, ed25519.Ed25519PrivateKey):
            raise KeysError("the log's key is of another kind: put it back from a backup")
        return key

    def log_origin(self) -> str:
        """The log's name, in its checkpoints. Raises KeysError."""
        return self.record().log_origin

    def mark_key(self) -> MarkKey:
        """What is marked with now: the newest epoch of the current tenant. Raises KeysError."""
        record = self.record()
        mine = next(mark for mark in record.marks if mark.tenant == record.tenant)
        return read_mark(self._folder, mine.id)

    def mark_keys(self) -> tuple[MarkKey, ...]:
        """All that may have been marked with, newest first. Raises KeysError."""
        return tuple(read_mark(self._folder, mark.id) for mark in self.record().marks)


def _not_expired(signer: SignerRecord) -> None:
    if datetime.datetime.fromisoformat(signer.not_after) <= now_utc():
        raise KeysError(
            f"the certificate of {signer.name} expired on {signer.not_after[:10]}:"
            " `berg keys rotate --certificate` makes a new one, or bring your own with"
            " `berg keys import`"
        )


def checked_url(url: str, *, where: str) -> str:
    """`url`, if a time-stamp service may be there. Raises RequestError."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    printable = url.isascii() and all(33 <= ord(c) <= 126 for c in url)
    if not sound or not printable or len(url) > _LONGEST:
        raise RequestError(
            f"{where}: {url[:100]!r} is no address of a time-stamp service;"
            " give one that begins with http:// or https://"
        )
    return url
