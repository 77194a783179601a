"""Small packages and registries for the tests: real archives, real clients, loopback only."""

import base64
import hashlib
import io
import json
import ssl
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from berg.schema.model import WeightsEntry


def entry_of(name: str, data: bytes, *sources: str | tuple[str, ...]) -> WeightsEntry:
    """A catalogue entry for these bytes."""
    return WeightsEntry(
        name=name,
        kind="model",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        file=f"{name}.bin",
        licence="CC0-1.0",
        sources=sources,
    )


def catalogue_of(*entries: WeightsEntry) -> dict[str, WeightsEntry]:
    """As the real one: entries by name."""
    return {item.name: item for item in entries}


def make_wheel(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """A wheel that pip takes, version 1.0, carrying these files."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    meta = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, data in files.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{info}/METADATA", meta)
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def tar_of(files: Mapping[str, bytes]) -> bytes:
    """A .tar.gz as bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for member, data in files.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


@contextmanager
def serve(
    answers: Mapping[str, bytes],
    *,
    break_at: int | None = None,
    moved: Mapping[str, str] | None = None,
    ranges: bool = True,
    certificate: tuple[Path, Path] | None = None,
    signed: bool = False,
) -> Iterator["Served"]:
    """A web server on loopback. It knows Range unless told not to, may break the first answer off,
    says of some paths where they have `moved`, and with a chain and its key speaks TLS. `signed`:
    what follows a path's `?` is no part of its name."""
    served = Served(answers, break_at, moved or {}, ranges, signed)
    server = ThreadingHTTPServer(("127.0.0.1", 0), served.handler())
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    served.address = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Served:
    """What a loopback server gives, and what it was asked."""

    def __init__(
        self,
        answers: Mapping[str, bytes],
        break_at: int | None,
        moved: Mapping[str, str],
        ranges: bool,
        signed: bool,
    ) -> None:
        self.answers = dict(answers)
        self.break_at = break_at
        self.moved = dict(moved)
        self.ranges = ranges
        self.signed = signed
        self.asked: list[tuple[str, str | None]] = []
        self.address = ""

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """The request handler, bound to these answers."""
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range")
                served.asked.append((self.path, wanted))
                name = self.path.partition("?")[0] if served.signed else self.path
                if (there := served.moved.get(name)) is not None:
                    self.send_response(302)
                    self.send_header("Location", there)
                    self.end_headers()
                    return
                data = served.answers.get(name)
                if data is None:
                    self.send_error(404)
                    return
                wanted = wanted if served.ranges else None
                first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
                if first >= len(data) and wanted:
                    self.send_response(416)
                    self.send_header("Content-Range", f"bytes */{len(data)}")
                    self.end_headers()
                    return
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(data) - first))
                self.end_headers()
                broken, served.break_at = served.break_at, None
                self.wfile.write(data[first:broken])
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                """Keep quiet."""

        return Handler


def npm_answers(address: str, name: str, archive: bytes) -> dict[str, bytes]:
    """What a registry answers for one package, version 1.0.0."""
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    tarball = f"/{name}/-/{name}-1.0.0.tgz"
    version = {
        "name": name,
        "version": "1.0.0",
        "dist": {"tarball": address + tarball, "integrity": integrity},
    }
    document = {
        "name": name,
        "dist-tags": {"latest": "1.0.0"},
        "versions": {"1.0.0": version},
    }
    return {f"/{name}": json.dumps(document).encode(), tarball: archive}
