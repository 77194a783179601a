"""What a log and a witness say over HTTP. A log: its static files, read-only (C2SP `tlog-tiles`).

Only the paths of the specification are answered; nothing else in the folder can be reached.
"""

import gzip
import re
from pathlib import Path

from berg.provenance.log.reader import CHECKPOINT
from berg.provenance.log.server import HttpRequest, HttpResponse, Resource, Server
from berg.provenance.log.tiles import WIDTH, tile_path
from berg.provenance.log.witness import MAX_REQUEST_BYTES, Witness

FOR_EVER = "public, max-age=31536000, immutable"
"""A tile under its name never changes."""
BRIEFLY = "public, max-age=2"
"""A checkpoint does."""
_TILE = re.compile(
    r"/tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/([1-9][0-9]{0,2}))?",
    re.ASCII,
)
NOT_FOUND = HttpResponse(status=404)


def log_server(folder: Path, listen: tuple[str, int]) -> Server:
    """Serve a log's folder, read-only. Raises RequestError: the address can't be had."""
    return Server(listen, static_of(folder), methods=("GET", "HEAD"))


def witness_server(witness: Witness, listen: tuple[str, int]) -> Server:
    """Serve a witness's `add-checkpoint`. Raises RequestError: the address can't be had."""

    def resource(call: HttpRequest) -> HttpResponse:
        if call.path != "/add-checkpoint":
            return NOT_FOUND
        reply = witness.add_checkpoint(call.body)
        headers = {"Content-Type": reply.content_type}
        return HttpResponse(status=reply.status, body=reply.body.encode(), headers=headers)

    return Server(listen, resource, methods=("POST",), limit=MAX_REQUEST_BYTES)


def static_of(folder: Path) -> Resource:
    """A resource that answers with the files of a log's folder."""

    def resource(call: HttpRequest) -> HttpResponse:
        if call.path == f"/{CHECKPOINT}":
            return _file(folder / CHECKPOINT, "text/plain; charset=utf-8", BRIEFLY)
        name = tile_name(call.path)
        if name is None:
            return NOT_FOUND
        answer = _file(folder / name, "application/octet-stream", FOR_EVER)
        return _packed(answer) if call.accepts_gzip and "/entries/" in name else answer

    return resource


def tile_name(path: str) -> str | None:
    """The file that a request's path names; None unless it is exactly a tile's."""
    found = _TILE.fullmatch(path)
    if not found:
        return None
    level, digits, width = found.groups()
    if width and int(width) >= WIDTH:
        return None
    index = int(re.sub(r"[x/]", "", digits))
    name = tile_path(level, index, int(width) if width else WIDTH)
    return name if f"/{name}" == path else None


def _file(path: Path, content_type: str, caching: str) -> HttpResponse:
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return NOT_FOUND
    headers = {"Content-Type": content_type, "Cache-Control": caching}
    return HttpResponse(status=200, body=data, headers=headers)


def _packed(answer: HttpResponse) -> HttpResponse:
    if answer.status != 200:
        return answer
    headers = {**answer.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return HttpResponse(status=200, body=gzip.compress(answer.body, 3, mtime=0), headers=headers)
