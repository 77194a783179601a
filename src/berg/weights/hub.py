"""Fetching one file from a model hub over HTTPS, going on where a broken transfer stopped.

The hub's address comes from `HF_ENDPOINT`, or from huggingface_hub's own constant when that is
installed; without either this source is skipped. Files are public: no token is sent.
"""

import http.client
import os
import urllib.error
import urllib.parse
import urllib.request
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from berg.weights.refused import Refused, Wrong
from berg.weights.source import Source

CHUNK = 1 << 18
"""Bytes written at a time; a killed transfer loses less than this."""
TIMEOUT_S = 60.0
"""Seconds of silence after which a transfer counts as broken."""
_BROKEN = (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError)


def endpoint() -> str:
    """The hub's address, without a slash at its end. Raises Refused if nobody says it."""
    named = os.environ.get("HF_ENDPOINT")
    if not named and find_spec("huggingface_hub"):
        named = str(import_module("huggingface_hub.constants").ENDPOINT)
    if not named:
        raise Refused("the hub's address is unknown: set HF_ENDPOINT or install huggingface_hub")
    if urllib.parse.urlsplit(named).scheme not in ("http", "https"):
        raise Refused(f"HF_ENDPOINT is {named!r}, which is no http or https address")
    return named.rstrip("/")


def fetch_file(source: Source, target: Path, *, size: int) -> None:
    """Make `target` hold the file; what it already holds is not fetched again. Raises Refused."""
    path = urllib.parse.quote(f"{source.package}/resolve/{source.version}/{source.path}")
    have = target.stat().st_size if target.exists() else 0
    if have == size:
        return
    if have > size:
        target.unlink()
        have = 0
    request = urllib.request.Request(f"{endpoint()}/{path}")
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            _append(
                answer, target, goes_on=answer.status == http.HTTPStatus.PARTIAL_CONTENT, most=size
            )
    except urllib.error.HTTPError as error:
        error.close()
        raise Refused(f"{source.archive} answers {error.code} {error.reason}") from error
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        TimeoutError,
        ConnectionError,
    ) as error:
        raise Refused(f"{source.archive} can't be reached: {error}") from error
    have = target.stat().st_size
    if have < size:
        raise Refused(
            f"{source.archive} broke off at {have} of {size} bytes; the next pull goes on"
        )


def _append(answer: http.client.HTTPResponse, target: Path, *, goes_on: bool, most: int) -> None:
    with target.open("ab" if goes_on else "wb") as file:
        while chunk := answer.read(CHUNK):
            file.write(chunk)
            file.flush()
            if file.tell() > most:
                raise Wrong(f"the hub sends more than the {most} bytes expected")
