"""What berg would never make: other tools' manifests, manifests in the wrong file, two labels."""

import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import c2pa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from berg.carriers.aigc import AigcLabel, write_label
from berg.provenance.keys import Signer
from berg.provenance.keys.signer import sign_with
from tests.provenance.certificates import DAY, NOW, Made, make, root
from tests.provenance.verify.material import MEDIA_TYPES, signer_of

CAPTURE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def other_tools(source: Path, target: Path, *, signer: Signer, remote: str | None = None) -> None:
    """Signed by another program: c2pa-python as it comes, a camera's statement."""
    definition = {
        "claim_generator_info": [{"name": "Harbour Camera", "version": "7.1"}],
        "title": "DSC_0042.JPG",
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": CAPTURE}]},
            }
        ],
    }
    with (
        c2pa.Signer.from_callback(
            signer.sign,
            c2pa.C2paSigningAlg.ES256,
            signer.chain_pem.decode(),
            signer.time_stamp_url,
        ) as native,
        c2pa.Builder(definition) as builder,
    ):
        if remote:
            builder.set_remote_url(remote)
            builder.set_no_embed()
        out = io.BytesIO()
        with source.open("rb") as file:
            builder.sign(native, MEDIA_TYPES[target.suffix], file, out)
        target.write_bytes(out.getvalue())


def expired(source: Path, target: Path) -> None:
    """Signed with a certificate that is out of its time. The library refuses to do that, so
    certificate and signature are put in afterwards, in the place of others as long."""
    authority = root("Old Quay", start=NOW - 900 * DAY)
    key = ec.generate_private_key(ec.SECP256R1())
    good = make("Old Quay", authority, key=key)
    while True:
        old = make("Old Quay", authority, key=key, start=NOW - 800 * DAY, end=NOW - 30 * DAY)
        if len(_der(old)) == len(_der(good)):
            break
    swaps = {_der(good): _der(old)}

    def sign(data: bytes) -> bytes:
        signature = sign_with(key, "es256", data)
        swaps[signature] = sign_with(key, "es256", data.replace(_der(good), _der(old)))
        return signature

    other_tools(source, target, signer=replace(signer_of(good, authority), sign=sign))
    data = target.read_bytes()
    for now, then in swaps.items():
        data = data.replace(now, then)
    target.write_bytes(data)


def _der(made: Made) -> bytes:
    return made.certificate.public_bytes(serialization.Encoding.DER)


def paste_manifest(giver: Path, taker: Path, target: Path) -> None:
    """The manifest of one JPEG in another: its APP11 segments, as they are."""
    data = taker.read_bytes()
    target.write_bytes(data[:2] + b"".join(_app11(giver.read_bytes())) + data[2:])


def _app11(data: bytes) -> list[bytes]:
    found, at = [], 2
    while data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        if data[at + 1] == 0xEB:
            found.append(data[at:end])
        at = end
    return found


def two_labels(source: Path, target: Path, *, first: AigcLabel, second: AigcLabel) -> None:
    """A PNG with one label where it belongs and one in a text chunk of its own."""
    write_label(source, target, media_type="image/png", label=first)
    text = b"AIGC\0" + second.to_json().encode()
    body = b"tEXt" + text
    chunk = struct.pack(">I", len(text)) + body + struct.pack(">I", zlib.crc32(body))
    data = target.read_bytes()
    target.write_bytes(data[:33] + chunk + data[33:])  # after IHDR
