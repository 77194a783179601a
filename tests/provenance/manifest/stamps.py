"""A time-stamp authority for tests: RFC 3161 over HTTP on the loopback, real tokens.

The CMS is put together here (RFC 5652, RFC 5816) because no library at hand writes one with a
`TSTInfo` inside.
"""

import datetime
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.provenance.certificates import Made

SHA256 = bytes.fromhex("0609608648016503040201")
ECDSA_SHA256 = bytes.fromhex("06082a8648ce3d040302")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("060b2a864886f70d010910022f")
POLICY = bytes.fromhex("06032a0304")


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def integer(value: int) -> bytes:
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def children(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """Tag, content and whole of each element in `data`."""
    found, at = [], 0
    while at < len(data):
        tag, size, head = data[at], data[at + 1], 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[at + 2 : at + 2 + count], "big")
            head += count
        found.append((tag, data[at + head : at + head + size], data[at : at + head + size]))
        at += head + size
    return found


def reply(request: bytes, stamper: Made, *, now: datetime.datetime) -> bytes:
    """A granted `TimeStampResp` to a `TimeStampReq`."""
    fields = children(children(request)[0][1])
    imprint = fields[1][2]
    nonce = next((whole for tag, _, whole in fields[2:] if tag == 2), b"")
    when = der(0x18, now.strftime("%Y%m%d%H%M%SZ").encode())
    info = der(0x30, integer(1), POLICY, imprint, integer(77), when, nonce)
    return der(0x30, der(0x30, integer(0)), _signed(info, stamper))


def _signed(info: bytes, stamper: Made) -> bytes:
    certificate = stamper.certificate.public_bytes(serialization.Encoding.DER)
    digest = der(0x30, SHA256, der(5))
    attributes = b"".join(
        sorted(
            (
                _attribute(CONTENT_TYPE, TST_INFO),
                _attribute(MESSAGE_DIGEST, der(4, hashlib.sha256(info).digest())),
                _attribute(SIGNING_CERTIFICATE_V2, _certificate_id(certificate)),
            )
        )
    )
    signature = stamper.key.sign(der(0x31, attributes), ec.ECDSA(hashes.SHA256()))
    signer = der(
        0x30,
        integer(1),
        der(0x30, stamper.certificate.issuer.public_bytes(), _serial(stamper.certificate)),
        digest,
        der(0xA0, attributes),
        der(0x30, ECDSA_SHA256),
        der(4, signature),
    )
    content = der(0x30, TST_INFO, der(0xA0, der(4, info)))
    data = der(
        0x30, integer(3), der(0x31, digest), content, der(0xA0, certificate), der(0x31, signer)
    )
    return der(0x30, SIGNED_DATA, der(0xA0, data))


def _serial(certificate: x509.Certificate) -> bytes:
    return integer(certificate.serial_number)


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der(0x30, kind, der(0x31, value))


def _certificate_id(certificate: bytes) -> bytes:
    return der(0x30, der(0x30, der(0x30, der(4, hashlib.sha256(certificate).digest()))))


@contextmanager
def serving(answer: "bytes | Made", *, now: datetime.datetime | None = None) -> Iterator[str]:
    """The address of a server that stamps with `answer`, or always says the bytes `answer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            moment = now or datetime.datetime.now(datetime.UTC)
            data = answer if isinstance(answer, bytes) else reply(body, answer, now=moment)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
