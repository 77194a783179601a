"""The HTTP under witness and log: loopback by default, bounded in connections, sizes and time.

Standard library only. It is meant for a machine's own network or behind a proxy; it speaks no TLS.
"""

import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from berg.errors import RequestError

MAX_CONNECTIONS = 64
"""Open at once; further ones are closed at once."""
IDLE_S = 10.0
"""How long a connection may say nothing."""
LIFETIME_S = 60.0
"""How long a connection may last in all, so that one that drips bytes ends, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpResponse:
    """What a resource answers."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpRequest:
    """What was asked: method, path, headers that matter, body."""

    method: str
    path: str
    accepts_gzip: bool
    body: bytes = b""


Resource = Callable[[HttpRequest], HttpResponse]


class Server(ThreadingHTTPServer):
    """Serves one resource function."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        listen: tuple[str, int],
        resource: Resource,
        *,
        methods: tuple[str, ...],
        limit: int = 0,
    ) -> None:
        """Bind and listen. Raises RequestError: the address can't be had.

        Args:
            listen: host and port; port 0 takes any that is free.
            resource: answers a call; called by several threads at once.
            methods: those that are allowed; others get 405.
            limit: largest body in bytes.
        """
        self.resource = resource
        self.methods = methods
        self.limit = limit
        self._since: dict[Any, float] = {}
        self._guard = threading.Lock()
        self.address_family = socket.AF_INET6 if ":" in listen[0] else socket.AF_INET
        try:
            super().__init__(listen, _Handler)
        except (OSError, OverflowError) as error:
            raise RequestError(
                f"can't listen on {listen[0]}:{listen[1]}: {error}; name a free one with --listen"
            ) from error

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[0], self.server_address[1]
        return f"http://[{host!s}]:{port}" if ":" in str(host) else f"http://{host!s}:{port}"

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Take a connection unless there are too many."""
        with self._guard:
            if len(self._since) >= MAX_CONNECTIONS:
                return False
            self._since[request] = time.monotonic()
        return True

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection and close it."""
        with self._guard:
            self._since.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """End connections that have lasted too long; called twice per second."""
        late = time.monotonic() - LIFETIME_S
        with self._guard:
            old = [request for request, since in self._since.items() if since < late]
        for request in old:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A broken connection is its client's matter."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "berg"
    sys_version = ""
    timeout = IDLE_S
    server: Server

    def _go(self) -> None:
        body = self._body()
        if body is None:
            return
        call = HttpRequest(
            method=self.command,
            path=self.path,
            accepts_gzip="gzip" in self.headers.get("Accept-Encoding", ""),
            body=body,
        )
        try:
            answer = self.server.resource(call)
        except Exception as error:  # a disk that failed under us: the server goes on
            _report(error)
            answer = HttpResponse(status=500, body=b"not now\n")
        self._answer(answer)

    def _body(self) -> bytes | None:
        """The request's body; None when it was refused, and said so."""
        if self.command not in self.server.methods:
            self._refuse(405)
            return None
        told = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not told.isdecimal() or not told.isascii():
            self._refuse(411)
            return None
        if len(told) > 12 or int(told) > self.server.limit:
            self._refuse(413)
            return None
        body = self.rfile.read(int(told))
        if len(body) < int(told):
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        headers = {"Allow": ", ".join(self.server.methods), "Connection": "close"}
        self._answer(HttpResponse(status=status, headers=headers))

    def _answer(self, answer: HttpResponse) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = _go  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: who asks is nobody's business."""


def _report(error: Exception) -> None:
    """Say on standard error what failed."""
    print(f"berg: {type(error).__name__}: {error}"[:500], file=sys.stderr, flush=True)
