"""Signing: inside where there is room, beside where there is none, and never half."""

import hashlib
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from berg.errors import MediaError, StoreError
from berg.provenance.keys import KeyRing, KeysError, Signer
from berg.provenance.manifest import read_credential, sign_file
from tests.provenance.manifest.samples import BESIDE, INSIDE, ROOT, claim, put, signer


@pytest.mark.parametrize("extension", INSIDE)
def test_a_manifest_goes_inside_and_a_changed_byte_is_caught(
    tmp_path: Path, extension: str
) -> None:
    source, media_type = put(tmp_path, extension)
    target = tmp_path / f"signed.{extension}"
    signed = sign_file(source, target, claim=claim(media_type), signer=signer())
    assert (signed.embedded, signed.sidecar) == (True, None)
    found = read_credential(target, anchors=ROOT.pem)
    assert (found.state, found.embedded, found.problems) == ("Trusted", True, ())
    data = bytearray(target.read_bytes())
    data[_content(data, extension)] ^= 1
    target.write_bytes(data)
    assert read_credential(target, anchors=ROOT.pem).state == "Invalid"


def _content(signed: bytearray, extension: str) -> int:
    """Where a byte is that says something, and no structure."""
    piece = {"svg": b'"5"', "pdf": b"pypdf", "docx": b"<document/>", "jpg": b"\xff\xda"}
    if extension in piece:
        return signed.find(piece[extension]) + 1 + 12 * (extension == "jpg")
    return len(signed) - 40 if extension in ("tiff", "mp3") else _middle(signed, extension)


def _middle(signed: bytearray, extension: str) -> int:
    form = {"mp4": b"mdat", "mov": b"mdat", "m4a": b"mdat", "png": b"IDAT", "webp": b"VP8 "}
    form |= {"wav": b"data", "gif": b"GIF89a", "flac": b"\xff\xf8"}
    return signed.find(form[extension]) + 20


@pytest.mark.parametrize("extension", BESIDE)
def test_a_manifest_goes_beside_and_a_changed_byte_is_caught(
    tmp_path: Path, extension: str
) -> None:
    source, media_type = put(tmp_path, extension)
    target = tmp_path / f"signed.{extension}"
    signed = sign_file(source, target, claim=claim(media_type), signer=signer())
    assert signed.sidecar == target.with_name(target.name + ".c2pa")
    assert signed.sidecar.read_bytes() == signed.manifest
    assert hashlib.sha256(signed.manifest).hexdigest() == signed.manifest_sha256
    assert target.read_bytes() == source.read_bytes()
    found = read_credential(target, anchors=ROOT.pem)
    assert (found.state, found.embedded) == ("Trusted", False)
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    assert read_credential(target, anchors=ROOT.pem).state == "Invalid"


def test_the_manifest_may_be_handed_over_as_bytes(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "txt")
    target = tmp_path / "signed.txt"
    signed = sign_file(source, target, claim=claim(media_type), signer=signer())
    target.with_name("signed.txt.c2pa").unlink()
    assert read_credential(target, anchors=ROOT.pem).state == "none"
    given = read_credential(target, anchors=ROOT.pem, manifest=signed.manifest)
    assert given.state == "Trusted"
    assert read_credential(source, anchors=ROOT.pem, manifest=signed.manifest).state == "Trusted"


def test_a_film_starts_fast_and_shows_the_same(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "mp4")
    target = tmp_path / "signed.mp4"
    sign_file(source, target, claim=claim(media_type), signer=signer())
    data = target.read_bytes()
    assert data.find(b"moov") < data.find(b"mdat")
    assert _frames(source) == _frames(target)
    with av.open(str(source)) as before, av.open(str(target)) as after:
        assert [p.pts for p in before.demux()] == [p.pts for p in after.demux()]


def _frames(path: Path) -> list[str]:
    with av.open(str(path)) as film:
        return [hashlib.sha256(f.to_ndarray()).hexdigest() for f in film.decode(video=0)]


def test_a_picture_shows_the_same(tmp_path: Path) -> None:
    for extension in ("jpg", "png", "webp", "gif", "tiff"):
        source, media_type = put(tmp_path, extension)
        target = tmp_path / f"signed.{extension}"
        sign_file(source, target, claim=claim(media_type), signer=signer())
        with Image.open(source) as before, Image.open(target) as after:
            assert np.array_equal(np.asarray(before), np.asarray(after))


def test_an_aigc_label_stays_as_it_was_exactly_once(tmp_path: Path) -> None:
    label = '{"Label":"1","ContentProducer":"x"}'
    source = tmp_path / "x.mp4"
    with av.open(str(source), "w", options={"movflags": "use_metadata_tags+faststart"}) as box:
        box.metadata["AIGC"] = label
        stream = box.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        box.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))))
        box.mux(stream.encode(None))
    target = tmp_path / "signed.mp4"
    sign_file(source, target, claim=claim("video/mp4"), signer=signer())
    with av.open(str(target)) as film:
        assert film.metadata["AIGC"] == label
    assert target.read_bytes().count(label.encode()) == 1


def test_a_file_may_be_signed_in_place(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "png")
    sign_file(source, source, claim=claim(media_type), signer=signer())
    assert read_credential(source, anchors=ROOT.pem).state == "Trusted"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.png"]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", "text/plain"),
        (b"", "image/png"),
        (b"\xff\xd8\xff\xe0\x00", "image/jpeg"),
        (b"rubbish", "video/mp4"),
        (b"rubbish", "application/pdf"),
    ],
)
def test_what_cant_be_signed_leaves_no_target(tmp_path: Path, data: bytes, media_type: str) -> None:
    source = tmp_path / "bad"
    source.write_bytes(data)
    with pytest.raises(MediaError, match="bad can't be signed"):
        sign_file(source, tmp_path / "target", claim=claim(media_type), signer=signer())
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


def test_a_target_that_was_there_stays_when_signing_fails(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "jpg")
    target = tmp_path / "target.jpg"
    target.write_bytes(b"before")

    def fails(data: bytes) -> bytes:
        raise KeysError("the KMS is away")

    broken = Signer(
        alg="es256",
        chain_pem=signer().chain_pem,
        sign=fails,
        time_stamp_url=None,
        id="0",
        name="n",
    )
    with pytest.raises(KeysError, match="the KMS is away"):
        sign_file(source, target, claim=claim(media_type), signer=broken)
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["target.jpg", "x.jpg"]


def test_a_source_that_isnt_there_and_a_folder_that_isnt_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="No such file"):
        sign_file(
            tmp_path / "none.png", tmp_path / "t.png", claim=claim("image/png"), signer=signer()
        )
    source, media_type = put(tmp_path, "png")
    with pytest.raises(StoreError, match="No such file"):
        sign_file(source, tmp_path / "no" / "t.png", claim=claim(media_type), signer=signer())


def test_the_rings_own_signer_is_trusted_by_its_own_anchors(tmp_path: Path) -> None:
    ring = KeyRing.open(tmp_path / "keys")
    ring.init(name="Tide Studio")
    source, media_type = put(tmp_path, "jpg")
    sign_file(source, source, claim=claim(media_type), signer=ring.signer())
    found = read_credential(source, anchors=ring.anchors())
    assert (found.state, found.issuer, found.time_stamped) == ("Trusted", "Tide Studio", False)
    ring.rotate()
    assert read_credential(source, anchors=ring.anchors()).state == "Trusted"
    assert read_credential(source, anchors=b"").state == "Valid"
