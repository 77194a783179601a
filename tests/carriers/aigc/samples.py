"""One small file of every format that carries a label, made here; and what is in it, decoded."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageSequence
from pypdf import PdfReader, PdfWriter

_NOISE = np.random.default_rng(7).integers(0, 256, (40, 56, 3), dtype=np.uint8)
WIDTH, HEIGHT = 64, 48


def picture(**options: Any) -> bytes:
    out = io.BytesIO()
    Image.fromarray(_NOISE).save(out, **options)
    return out.getvalue()


def moving_gif() -> bytes:
    out = io.BytesIO()
    frames = [Image.fromarray(np.roll(_NOISE, n * 5, axis=1)).convert("P") for n in range(3)]
    frames[0].save(out, format="GIF", save_all=True, append_images=frames[1:], loop=0, duration=80)
    return out.getvalue()


def sound(suffix: str, codec: str, *, rate: int = 48_000, form: str | None = None) -> bytes:
    with _written(format=form or suffix, options={"fflags": "+bitexact"}) as (made, out):
        _sound_into(made, codec, rate=rate)
    return out.pop()


def film(form: str, *, options: dict[str, str] | None = None, codecs: str = "h264+aac") -> bytes:
    picture_codec, _, sound_codec = codecs.partition("+")
    with _written(format=form, options=options or {}) as (made, out):
        video: Any = made.add_stream({"h264": "libx264", "vp8": "libvpx"}[picture_codec], rate=25)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        noise = np.random.default_rng(3).integers(0, 256, (30, HEIGHT, WIDTH, 3), dtype=np.uint8)
        packets = []
        for number, pixels in enumerate(noise):
            frame = av.VideoFrame.from_ndarray(pixels)
            frame.pts = number
            packets += list(video.encode(frame))
        _sound_into(made, sound_codec, first=lambda: made.mux([*packets, *video.encode(None)]))
    return out.pop()


@contextmanager
def _written(**how: Any) -> Iterator[tuple[Any, list[bytes]]]:
    """A container to fill; its bytes afterwards."""
    out: list[bytes] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        with av.open(str(path), "w", **how) as made:
            yield made, out
        out.append(path.read_bytes())


def _sound_into(
    film: Any, codec: str, *, rate: int = 48_000, first: Callable[[], None] = lambda: None
) -> None:
    stream: Any = film.add_stream(codec, rate=rate, layout="stereo")
    stream.codec_context.options = {"strict": "experimental"} if codec == "vorbis" else {}
    first()
    size = stream.codec_context.frame_size or 1024
    wave = np.random.default_rng(5).uniform(-0.4, 0.4, (2, size * 20)).astype(np.float32)
    for begin in range(0, wave.shape[1], size):
        frame = av.AudioFrame.from_ndarray(wave[:, begin : begin + size].copy(), "fltp", "stereo")
        frame.sample_rate, frame.pts = rate, begin
        for packet in stream.encode(frame):
            film.mux(packet)
    for packet in stream.encode(None):
        film.mux(packet)


def pdf(**metadata: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/'
    'vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats'
    '.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats'
    '.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def document(*, custom: str | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", "<document>" + "words " * 500 + "</document>")
        if custom is not None:
            package.writestr("docProps/custom.xml", custom)
    return out.getvalue()


MARKDOWN = b"---\ntitle: Tides\nlist:\n  - one\n---\n\n# Tides\n\n---\n\nText.\n"
CAPTIONS = (
    b"WEBVTT\n\nNOTE by hand\n\n00:00.000 --> 00:01.000\nTides\n\n00:01.000 --> 00:02.000\nB\n"
)

MAKERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PNG": ("image/png", lambda: picture(format="PNG")),
    "JPEG": ("image/jpeg", lambda: picture(format="JPEG")),
    "progressive JPEG": ("image/jpeg", lambda: picture(format="JPEG", progressive=True)),
    "lossy WebP": ("image/webp", lambda: picture(format="WEBP")),
    "lossless WebP": ("image/webp", lambda: picture(format="WEBP", lossless=True)),
    "GIF": ("image/gif", lambda: picture(format="GIF")),
    "moving GIF": ("image/gif", moving_gif),
    "TIFF": ("image/tiff", lambda: picture(format="TIFF", compression="tiff_lzw")),
    "BigTIFF": ("image/tiff", lambda: picture(format="TIFF", big_tiff=True)),
    "MP4, index first": (
        "video/mp4",
        lambda: film("mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}),
    ),
    "MP4, index last": ("video/mp4", lambda: film("mp4")),
    "MP4 in fragments": (
        "video/mp4",
        lambda: film("mp4", options={"movflags": "frag_keyframe+empty_moov"}),
    ),
    "MOV": ("video/quicktime", lambda: film("mov")),
    "M4A": ("audio/mp4", lambda: sound("m4a", "aac", form="ipod")),
    "Matroska": ("video/x-matroska", lambda: film("matroska")),
    "WebM": ("video/webm", lambda: film("webm", codecs="vp8+libopus")),
    "live WebM": (
        "video/webm",
        lambda: film("webm", codecs="vp8+libopus", options={"live": "1"}),
    ),
    "AVI": ("video/x-msvideo", lambda: film("avi")),
    "WAV": ("audio/wav", lambda: sound("wav", "pcm_s16le")),
    "RF64": ("audio/wav", lambda: _rf64()),
    "MP3": ("audio/mpeg", lambda: sound("mp3", "libmp3lame")),
    "FLAC": ("audio/flac", lambda: sound("flac", "flac")),
    "Ogg Opus": ("audio/ogg", lambda: sound("ogg", "libopus")),
    "Ogg Vorbis": ("audio/ogg", lambda: sound("ogg", "vorbis")),
    "PDF": ("application/pdf", lambda: pdf(Title="Tides (ebb)", Author="Ä. Öz")),
    "DOCX": ("application/vnd.openxmlformats-officedocument", document),
    "Markdown": ("text/markdown", lambda: MARKDOWN),
    "plain Markdown": ("text/markdown", lambda: b"# Tides\n\nText.\n"),
    "WebVTT": ("text/vtt", lambda: CAPTIONS),
    "captions": ("application/x-subrip", lambda: b"1\n00:00:00,000 --> 00:00:01,000\nTides\n"),
    "JSON": ("application/json", lambda: b'{"a": 1}'),
}
"""Media type and maker of each."""


def _rf64() -> bytes:
    with _written(format="wav", options={"rf64": "always"}) as (made, out):
        _sound_into(made, "pcm_s16le")
    return out.pop()


_MADE: dict[str, bytes] = {}


def sample(name: str) -> bytes:
    """The bytes of one, made once in a process."""
    if name not in _MADE:
        _MADE[name] = MAKERS[name][1]()
    return _MADE[name]


def content(path: Path) -> object:
    """What a file shows, plays or says, decoded; its metadata aside."""
    head = path.read_bytes()[:12]
    if head[:4] == b"%PDF":
        reader = PdfReader(path)
        info = {k: v for k, v in (reader.metadata or {}).items() if k != "/AIGC"}
        return [page.get_contents() for page in reader.pages], info, len(reader.pages)
    if head[:4] == b"PK\x03\x04":
        return _parts(path)
    if head[:3] in (b"\x89PN", b"\xff\xd8\xff", b"GIF", b"II*", b"II+") or head[8:12] == b"WEBP":
        with Image.open(path) as opened:
            shown = [np.asarray(f.convert("RGB")).tobytes() for f in ImageSequence.Iterator(opened)]
            return shown, opened.size, opened.info.get("loop"), opened.info.get("duration")
    if head[:4] in (b"RIFF", b"RF64", b"fLaC", b"OggS", b"\x1aE\xdf\xa3") or b"ftyp" in head:
        return streams(path)
    return streams(path) if head[:3] == b"ID3" or head[:1] == b"\xff" else path.read_bytes()


def streams(path: Path) -> list[object]:
    """Every stream's nature and packets: times, lengths, flags, bytes; and the film's length."""
    with av.open(str(path)) as opened:
        seen: list[object] = [opened.duration, opened.start_time]
        for stream in opened.streams:
            codec = stream.codec_context
            seen.append((stream.type, codec.name, stream.time_base, stream.start_time))
            seen.append((stream.duration, stream.frames, bytes(codec.extradata or b"")))
        for packet in opened.demux():
            digest = hashlib.sha256(bytes(packet)).hexdigest()
            seen.append((packet.stream_index, packet.pts, packet.dts, packet.duration, digest))
        return seen


def tags(path: Path) -> dict[str, str]:
    """What another reader, FFmpeg, makes of a file's metadata."""
    with av.open(str(path)) as opened:
        both = dict(opened.metadata)
        for stream in opened.streams:
            both |= dict(stream.metadata)
        return both


def _parts(path: Path) -> dict[str, bytes]:
    changing = ("[Content_Types].xml", "_rels/.rels", "docProps/custom.xml")
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {n: package.read(n) for n in package.namelist() if n not in changing}
