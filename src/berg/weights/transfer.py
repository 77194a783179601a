"""Fetching one file over HTTP, going on where a broken transfer stopped.

Certificates are checked against the system's authorities (or those of `SSL_CERT_FILE`). Addresses
may hold what is secret, such as a signature: no message shows one, only the source's name.
"""

import hashlib
import http.client
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from berg.weights.source import Refused, Wrong

CHUNK = 1 << 18
"""Bytes written at a time; a killed transfer loses less than this."""
TIMEOUT_S = 60.0
"""Seconds of silence after which a transfer counts as broken."""
REDIRECTS = 5
"""How often one file may be said to lie elsewhere."""
_SECURE, _PLAIN = "https", "http"


def download(address: str, target: Path, *, name: str, most: int) -> str:
    """Make `target` hold the file at an address; its SHA-256.

    What `target` holds already is not fetched again. Size and digest are checked and made while
    bytes come in; never more than `most` bytes are written. `name` is what messages call the file.

    Raises:
        Refused: it can't be had, or broke off; what has come is kept, and the next call goes on.
        Wrong: it is longer than `most` bytes.
    """
    part = _Part(target, most=most)
    if part.size == most:
        return part.sha256()
    request = urllib.request.Request(address)
    if part.size:
        request.add_header("Range", f"bytes={part.size}-")
    try:
        with _opener(name).open(request, timeout=TIMEOUT_S) as answer:
            _take(answer, part, name)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return _whole_already(error.headers, part, name)
        said = http.client.responses.get(error.code, "")  # the server's own words may be anything
        raise Refused(f"{name} answers {error.code} {said}".strip()) from error
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        TimeoutError,
        ConnectionError,
    ) as error:
        raise Refused(f"{name} can't be reached: {_why(error)}") from error
    return part.sha256()


class _Part:
    """What has come of a file, and the digest of that."""

    def __init__(self, path: Path, *, most: int) -> None:
        self.path, self.most, self.size = path, most, 0
        self._hashed = hashlib.sha256()
        if path.exists() and path.stat().st_size > most:
            path.unlink()
        if path.exists():
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    self._count(chunk)

    def sha256(self) -> str:
        """Of all that has come."""
        return self._hashed.hexdigest()

    def begin_anew(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self._hashed, self.size = hashlib.sha256(), 0

    def append(self, answer: IO[bytes]) -> None:
        """Write what an answer gives. Raises Wrong as soon as it is too much."""
        with self.path.open("ab") as file:
            while chunk := answer.read(CHUNK):
                if self.size + len(chunk) > self.most:
                    raise Wrong(_too_long(self.most))
                file.write(chunk)
                file.flush()
                self._count(chunk)
            os.fsync(file.fileno())

    def _count(self, chunk: bytes) -> None:
        self._hashed.update(chunk)
        self.size += len(chunk)


def _take(answer: http.client.HTTPResponse, part: _Part, name: str) -> None:
    """Add an answer to what has come. Raises Refused when it broke off."""
    if answer.status != HTTPStatus.PARTIAL_CONTENT:
        part.begin_anew()
    elif (begins := _begins(answer.headers)) not in (None, part.size):
        raise Wrong(f"{name} goes on at byte {begins} where {part.size} was asked for")
    length = answer.headers.get("Content-Length")
    announced = part.size + int(length) if length and length.isdecimal() else None
    if announced is not None and announced > part.most:
        raise Wrong(_too_long(part.most))
    part.append(answer)
    if announced is not None and part.size < announced:
        raise Refused(
            f"{name} broke off at {part.size} of {announced} bytes; the next pull goes on"
        )


def _begins(headers: Message) -> int | None:
    found = re.match(r"bytes (\d+)-", headers.get("Content-Range", ""))
    return int(found[1]) if found else None


def _whole_already(headers: Message, part: _Part, name: str) -> str:
    """There is nothing beyond what has come: either it is all, or it is not this file's."""
    if headers.get("Content-Range") == f"bytes */{part.size}":
        return part.sha256()
    part.begin_anew()
    raise Refused(f"{name} has no more to give; the next pull begins anew")


def _too_long(most: int) -> str:
    return f"it sends more than the {most} bytes expected"


def _why(error: Exception) -> object:
    return error.reason if isinstance(error, urllib.error.URLError) else error


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, and none that leaves HTTPS."""

    def __init__(self, name: str) -> None:
        self._name, self._left = name, REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """As the base class's. Raises Refused."""
        scheme = urllib.parse.urlsplit(newurl).scheme
        if scheme not in (_SECURE, _PLAIN) or (req.type == _SECURE and scheme != _SECURE):
            raise Refused(f"{self._name} leads away from HTTPS")
        if self._left == 0:
            raise Refused(f"{self._name} leads elsewhere more than {REDIRECTS} times")
        self._left -= 1
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(name: str) -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Redirects(name))
