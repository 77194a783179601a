import os
import zlib
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from berg.errors import MediaError
from berg.media.probe import limits, probe
from tests.media.awkward import card, grey, write_clip, yuv_frame


def clip(path: Path, frames: int = 6, **how: object) -> Path:
    return write_clip(
        path, [yuv_frame(grey(40 * i % 255), "yuv420p") for i in range(frames)], **how
    )  # type: ignore[arg-type]


def refused(path: Path) -> str:
    with pytest.raises(MediaError) as caught:
        probe(path)
    assert path.name in caught.value.message
    return caught.value.message


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "gif", "bmp", "avif", "jp2"])
def test_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path, suffix: str) -> None:
    made = tmp_path / f"a.{suffix}"
    Image.fromarray(card(64, 48)).save(made)
    misnamed = made.rename(tmp_path / "clip.mp4")
    facts = probe(misnamed)
    assert (facts.kind, facts.width, facts.height, facts.frames) == ("image", 64, 48, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_measured_upright(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(card(64, 48)).save(tmp_path / "a.jpg", exif=exif)
    facts = probe(tmp_path / "a.jpg")
    assert (facts.width, facts.height) == ((64, 48) if orientation < 5 else (48, 64))


def test_transparency_is_seen(tmp_path: Path) -> None:
    Image.new("RGBA", (32, 32)).save(tmp_path / "a.png")
    Image.new("RGB", (32, 32)).save(tmp_path / "b.png")
    assert probe(tmp_path / "a.png").alpha
    assert not probe(tmp_path / "b.png").alpha


def test_a_pixel_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    side = (60_000).to_bytes(4, "big")
    pixels = zlib.compress(bytes(1000))
    header = chunk(b"IHDR", side + side + b"\x08\x02\0\0\0")
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(bomb)
    assert "megapixels" in refused(tmp_path / "bomb.png")


def test_a_tiny_picture_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (8, 200)).save(tmp_path / "a.png")
    assert "at least 16" in refused(tmp_path / "a.png")


def test_a_ribbon_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (5000, 20)).save(tmp_path / "a.png")
    assert "64-fold" in refused(tmp_path / "a.png")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "bmp", "avif"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (96, 128, 3), np.uint8)
    path = tmp_path / f"a.{suffix}"
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    refused(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "HEIC"),
        (b"%PDF-1.7\n" + bytes(100), "PDF"),
        (b"#EXTM3U\nhttp://127.0.0.1:9/a.ts\n", "playlist"),
        (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "playlist"),
        (b"hello, I am a text\n" * 30, "not a clip"),
        (bytes(5000), "not a clip"),
        (b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>", "not a clip"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n", "not a clip"),
    ],
)
def test_what_is_no_media_is_refused_with_its_name(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "thing.mp4"
    path.write_bytes(content)
    assert said in refused(path)


def test_links_pipes_and_folders_are_not_opened(tmp_path: Path) -> None:
    Image.new("RGB", (32, 32)).save(tmp_path / "a.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "a.png")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    for name in ("link.png", "pipe.png", "folder.png"):
        assert "plain files" in refused(tmp_path / name)
    refused(tmp_path / "missing.png")


def test_a_file_beyond_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(limits.MAX_PICTURE_BYTES + 1)  # sparse: takes no disk
    assert "bytes" in refused(huge)


def test_a_clip_is_measured_by_its_packets(tmp_path: Path) -> None:
    facts = probe(clip(tmp_path / "a.mp4", 12))
    assert (facts.kind, facts.frames, facts.fps) == ("video", 12, 30)
    assert facts.duration == Fraction(12, 30)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_clip_is_measured_upright(tmp_path: Path, degrees: int) -> None:
    path = clip(tmp_path / "a.mp4", prepare=lambda s: s.set_display_rotation(degrees))
    facts = probe(path)
    assert (facts.width, facts.height) == ((64, 48) if degrees == 180 else (48, 64))


def test_pixels_that_are_not_square_count_as_shown(tmp_path: Path) -> None:
    def widen(stream: object) -> None:
        stream.codec_context.sample_aspect_ratio = Fraction(3, 2)  # type: ignore[attr-defined]

    facts = probe(clip(tmp_path / "a.mp4", prepare=widen))
    assert (facts.width, facts.height) == (96, 48)


def test_an_animated_gif_is_a_clip_and_a_still_one_a_picture(tmp_path: Path) -> None:
    frames = [Image.fromarray(grey(level)) for level in (0, 120, 240)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    frames[0].save(tmp_path / "b.gif")
    assert probe(tmp_path / "a.gif").kind == "video"
    assert probe(tmp_path / "a.gif").frames == 3
    assert probe(tmp_path / "b.gif").kind == "image"


@pytest.mark.parametrize("seconds", [0, 36_000])
def test_a_header_that_lies_about_its_length_is_not_believed(tmp_path: Path, seconds: int) -> None:
    path = clip(tmp_path / "a.mp4", 12)
    data = bytearray(path.read_bytes())
    for box, scale_at in ((b"mvhd", 12), (b"mdhd", 12), (b"tkhd", None)):
        at = data.index(box) + 4
        scale = 1000 if scale_at is None else int.from_bytes(data[at + 12 : at + 16], "big")
        field = at + (20 if box == b"tkhd" else 16)
        data[field : field + 4] = (seconds * scale).to_bytes(4, "big")
    path.write_bytes(data)
    facts = probe(path)
    assert facts.frames == 12
    assert facts.duration is not None
    assert facts.duration < 1


def test_an_endless_clip_is_refused(tmp_path: Path) -> None:
    day = 24 * 3600
    path = clip(tmp_path / "a.mkv", 3, times=[0, day // 2, day], time_base=Fraction(1))
    assert "at most 4 hours" in refused(path)


@pytest.mark.parametrize("share", [0.05, 0.4, 0.7, 0.95])
@pytest.mark.parametrize("front", [False, True])
def test_a_clip_cut_short_is_refused(tmp_path: Path, share: float, front: bool) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (12, 48, 64, 3), np.uint8)
    path = write_clip(
        tmp_path / "a.mp4",
        [yuv_frame(picture, "yuv420p") for picture in noise],
        container_options={"movflags": "faststart"} if front else None,
    )
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    refused(path)


def test_sound_is_known_as_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with av.open(path, "w") as out:
        stream = out.add_stream("pcm_s16le", rate=24_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 12_000), np.int16), layout="mono")
        frame.sample_rate = 24_000
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    facts = probe(path)
    assert (facts.kind, facts.sample_rate, facts.duration) == ("audio", 24_000, Fraction(1, 2))


def test_an_encrypted_clip_is_called_so(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "a.mp4",
        [yuv_frame(card(64, 48), "yuv420p")] * 5,
        container_options={
            "encryption_scheme": "cenc-aes-ctr",
            "encryption_key": "76a6c65c5ea762046bd749a2e632ccbb",
            "encryption_kid": "a7e61c373e219033c21091fa607bf3b8",
        },
    )
    assert "encrypted" in refused(path)
