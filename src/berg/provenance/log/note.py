"""Signed notes and their keys: the C2SP `signed-note` format with Ed25519.

A note is a text, an empty line, and signature lines. This module knows two kinds of signature:
a log's over the text (type 0x01) and a witness's over the text with a time (type 0x04, C2SP
`tlog-cosignature`). It does not know what a checkpoint means.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from berg.provenance.log.errors import NoteError

MAX_NOTE_BYTES = 256 * 1024
"""Largest note that is read: sixteen signatures of the largest kind fit many times over."""
MAX_SIGNATURES = 64
"""Most signature lines that are read; the specification asks for 16 at least."""
LOG_KIND = 0x01
"""Type byte of a plain Ed25519 signature."""
WITNESS_KIND = 0x04
"""Type byte of a time-stamped Ed25519 cosignature."""
_KEY_BYTES, _ID_BYTES, _TIME_BYTES, _SIGNATURE_BYTES = 32, 4, 8, 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One signature line, not checked."""

    name: str
    """Name of the key that is said to have signed."""
    key_id: bytes
    """Four bytes that tell keys of one name apart."""
    data: bytes
    """The signature, of its kind's form."""

    def line(self) -> str:
        """The line with its newline."""
        return f"— {self.name} {encode64(self.key_id + self.data)}\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifierKey:
    """A public key under a name: what C2SP writes as a vkey."""

    name: str
    """A log's origin or a witness's name."""
    kind: int
    """LOG_KIND or WITNESS_KIND."""
    key: bytes
    """32 bytes of Ed25519."""

    @property
    def key_id(self) -> bytes:
        """First four bytes of SHA-256(name, newline, kind, key)."""
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.key
        return hashlib.sha256(told).digest()[:_ID_BYTES]

    def vkey(self) -> str:
        """`name+id+base64`, as people exchange it."""
        return f"{self.name}+{self.key_id.hex()}+{encode64(bytes([self.kind]) + self.key)}"

    def is_of(self, signature: Signature) -> bool:
        """Whether a line names this key."""
        return signature.name == self.name and signature.key_id == self.key_id

    def time_of(self, text: str, signature: Signature) -> int | None:
        """POSIX time of a cosignature (0 for a log's signature) that holds, else None."""
        data, time = signature.data, 0
        told = text.encode()
        if self.kind == WITNESS_KIND:
            if len(data) != _TIME_BYTES + _SIGNATURE_BYTES:
                return None
            time, data = int.from_bytes(data[:_TIME_BYTES], "big"), data[_TIME_BYTES:]
            told = cosigned(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(data, told)
        except (InvalidSignature, ValueError):
            return None
        return time if time < 1 << 63 else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A text and its signature lines, not checked."""

    text: str
    """What is signed, with its last newline."""
    signatures: tuple[Signature, ...]
    """Signatures in the order of the note."""

    def format(self) -> str:
        """The whole note."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def times(self, verifier: VerifierKey) -> tuple[int, ...]:
        """Times (0 for a log's) at which this key signed, oldest first; empty: it didn't.

        Raises:
            NoteError: a line names this key and doesn't hold: the note is to be refused.
        """
        times = []
        for signature in self.signatures:
            if verifier.is_of(signature):
                time = verifier.time_of(self.text, signature)
                if time is None:
                    raise NoteError(f"a signature of {_short(verifier.name)} does not hold")
                times.append(time)
        return tuple(sorted(times))


def verifier_of(key: Ed25519PrivateKey, *, name: str, kind: int = LOG_KIND) -> VerifierKey:
    """The public half of a key. Raises NoteError: the name is not allowed."""
    return VerifierKey(name=key_name(name), kind=kind, key=key.public_key().public_bytes_raw())


def sign(text: str, key: Ed25519PrivateKey, *, name: str) -> Signature:
    """A log's signature over a note's text."""
    verifier = verifier_of(key, name=name)
    return Signature(name=name, key_id=verifier.key_id, data=key.sign(text.encode()))


def cosign(text: str, key: Ed25519PrivateKey, *, name: str, time: int) -> Signature:
    """A witness's signature over a checkpoint's text at a POSIX time."""
    verifier = verifier_of(key, name=name, kind=WITNESS_KIND)
    data = time.to_bytes(_TIME_BYTES, "big") + key.sign(cosigned(text, time))
    return Signature(name=name, key_id=verifier.key_id, data=data)


def cosigned(text: str, time: int) -> bytes:
    """What a witness signs (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def parse_vkey(text: str) -> VerifierKey:
    """A key from `name+id+base64`. Raises NoteError: not one, another kind, or mistyped."""
    name, _, rest = text.strip().partition("+")
    named_id, _, coded = rest.partition("+")
    data = decode64(coded, at_most=256)
    if data is None or len(data) != 1 + _KEY_BYTES or data[0] not in (LOG_KIND, WITNESS_KIND):
        raise NoteError(
            f"{_short(text)!r} is not a verifier key; allowed: NAME+ID+BASE64 of an Ed25519 key,"
            " as `berg log show` and `berg witness` print it"
        )
    verifier = VerifierKey(name=key_name(name), kind=data[0], key=data[1:])
    if verifier.key_id.hex() != named_id:
        raise NoteError(f"{_short(text)!r}: its ID is not that of its key; copy it once more")
    return verifier


def parse_note(text: str) -> Note:
    """A note as text and signatures, none of them checked. Raises NoteError: not of the form."""
    if len(text) > MAX_NOTE_BYTES:
        raise NoteError(f"a note of more than {MAX_NOTE_BYTES} characters is not read")
    if any((mark < " " and mark != "\n") or "\ud800" <= mark <= "\udfff" for mark in text):
        raise NoteError("a note is UTF-8 and holds no control characters but newlines")
    body, gap, lines = text.rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise NoteError("a signed note is a text, an empty line and signature lines")
    return Note(text=body + "\n", signatures=parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Signature lines, each with its newline. Raises NoteError: none, too many, or another form."""
    if not lines.endswith("\n") or len(lines) > MAX_NOTE_BYTES:
        raise NoteError(f"signature lines end with a newline, in {MAX_NOTE_BYTES} characters")
    rows = lines[:-1].split("\n")
    if len(rows) > MAX_SIGNATURES:
        raise NoteError(f"a note has {MAX_SIGNATURES} signatures at most, this one {len(rows)}")
    return tuple(_signature(row) for row in rows)


def _signature(row: str) -> Signature:
    dash, _, rest = row.partition(" ")
    name, _, coded = rest.partition(" ")
    data = decode64(coded, at_most=MAX_NOTE_BYTES)
    if dash != "—" or data is None or len(data) <= _ID_BYTES:
        raise NoteError(f"{_short(row)!r} is not a signature line: — NAME BASE64")
    return Signature(name=key_name(name), key_id=data[:_ID_BYTES], data=data[_ID_BYTES:])


def key_name(name: str) -> str:
    """The name, if a key may have it (C2SP signed-note). Raises NoteError."""
    bad = not name or len(name) > 255 or "+" in name or any(c.isspace() or c < " " for c in name)
    if bad or not name.isprintable():
        raise NoteError(
            f"{_short(name)!r} can't be a key's name; allowed: 1 to 255 characters without spaces"
            " and without +, such as example.com/log"
        )
    return name


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def encode64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def decode64(text: str, *, at_most: int) -> bytes | None:
    """Bytes of exact standard base64, or None."""
    if len(text) > at_most or not text.isascii():
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if encode64(data) == text else None
