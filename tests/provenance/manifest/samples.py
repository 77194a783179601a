"""Small files of every kind, a claim about them, and signers."""

import io
import tempfile
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pypdf
from PIL import Image

from berg.provenance.keys import Signer
from berg.provenance.keys.signer import algorithm_of, sign_with
from berg.provenance.manifest import ManifestClaim
from tests.provenance.certificates import DAY, NOW, Made, make, root

ROOT = root("Trust Ltd", start=NOW - 90 * DAY)
LEAF = make("Studio", ROOT)
PIXELS = np.random.default_rng(3).integers(0, 255, (48, 64, 3), dtype=np.uint8)


def signer(leaf: Made = LEAF, *above: Made, url: str | None = None) -> Signer:
    alg = algorithm_of(leaf.key.public_key())
    return Signer(
        alg=alg,
        chain_pem=leaf.pem + b"".join(one.pem for one in above),
        sign=lambda data: sign_with(leaf.key, alg, data),
        time_stamp_url=url,
        id="0" * 16,
        name="Studio",
    )


def claim(media_type: str, **given: Any) -> ManifestClaim:
    said: dict[str, Any] = {
        "title": "A film",
        "media_type": media_type,
        "profile": "both",
        "label_text": "AI generated",
        "source_type": "compositeWithTrainedAlgorithmicMedia",
        "receipt_sha256": "ab" * 32,
        "produce_id": "p-1",
    }
    return ManifestClaim(**{**said, **given})


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.fromarray(PIXELS).save(out, kind)
    return out.getvalue()


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(PIXELS.tobytes())
    return out.getvalue()


def coded(form: str, codec: str) -> bytes:
    options = {"movflags": "faststart"} if form in ("mp4", "mov", "ipod") else {}
    with tempfile.NamedTemporaryFile() as out:
        with av.open(out.name, "w", format=form, options=options) as box:
            if codec in ("aac", "flac", "libmp3lame"):
                _sound(box, codec)
            else:
                _film(box, codec)
        return Path(out.name).read_bytes()


def _film(box: Any, codec: str) -> None:
    stream = box.add_stream(codec, rate=25)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for turn in range(12):
        frame = av.VideoFrame.from_ndarray(np.roll(PIXELS, turn, axis=1))
        box.mux(stream.encode(frame))
    box.mux(stream.encode(None))


def _sound(box: Any, codec: str) -> None:
    stream = box.add_stream(codec, rate=44100, layout="mono")
    whole = codec == "flac"
    for turn in range(12):
        samples = np.zeros((1, 1152), np.int16 if whole else np.float32)
        frame = av.AudioFrame.from_ndarray(samples, "s16" if whole else "fltp", "mono")
        frame.sample_rate, frame.pts = 44100, turn * 1152
        box.mux(stream.encode(frame))
    box.mux(stream.encode(None))


def page() -> bytes:
    out, writer = io.BytesIO(), pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("word/document.xml", "<document/>")
    return out.getvalue()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INSIDE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpg": ("image/jpeg", lambda: picture("jpeg")),
    "png": ("image/png", lambda: picture("png")),
    "webp": ("image/webp", lambda: picture("webp")),
    "gif": ("image/gif", lambda: picture("gif")),
    "tiff": ("image/tiff", lambda: picture("tiff")),
    "svg": (
        "image/svg+xml",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="5" height="5"/></svg>',
    ),
    "wav": ("audio/wav", sound),
    "mp3": ("audio/mpeg", lambda: coded("mp3", "libmp3lame")),
    "flac": ("audio/flac", lambda: coded("flac", "flac")),
    "m4a": ("audio/mp4", lambda: coded("ipod", "aac")),
    "mp4": ("video/mp4", lambda: coded("mp4", "libx264")),
    "mov": ("video/quicktime", lambda: coded("mov", "libx264")),
    "pdf": ("application/pdf", page),
    "docx": (DOCX, document),
}
"""Extension to media type and a file, of what holds a manifest inside."""

BESIDE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "txt": ("text/plain", lambda: b"hello\n"),
    "srt": ("application/x-subrip", lambda: b"1\n00:00:00,000 --> 00:00:01,000\nhello\n"),
    "vtt": ("text/vtt", lambda: b"WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n"),
    "json": ("application/json", lambda: b'{"a": 1}\n'),
    "otio": ("application/vnd.otio+json", lambda: b'{"OTIO_SCHEMA": "Timeline.1"}\n'),
    "glb": ("model/gltf-binary", lambda: b"glTF\x02\0\0\0" + bytes(60)),
    "webm": ("video/webm", lambda: coded("webm", "libvpx-vp9")),
    "ogg": ("audio/ogg", lambda: coded("ogg", "flac")),
}
"""The same of what has no room for one."""


def put(folder: Path, extension: str) -> tuple[Path, str]:
    """A file of a kind, and its media type."""
    media_type, make_it = {**INSIDE, **BESIDE}[extension]
    path = folder / f"x.{extension}"
    path.write_bytes(make_it())
    return path, media_type
