"""Any file that FFmpeg knows as sound, well or ill made."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from berg.errors import MediaError
from berg.media.audio.read import stereo_blocks
from tests.media.audio.sounds import Samples, chords, write_wav


def heard(path: Path, limit: int | None = None) -> Samples:
    return np.concatenate(list(stereo_blocks(path, what=path.name, limit=limit)))


def encoded(path: Path, codec: str, *, layout: str, rate: int, form: str) -> Path:
    channels = av.AudioLayout(layout).nb_channels
    sound = chords(1.0, rate=rate, channels=channels).astype(np.float32)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        stream.format = form
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound.T), format="fltp", layout=layout
        )
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=form, layout=layout, rate=rate)
        for piece in resampler.resample(frame):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec", "layout", "rate", "form"),
    [
        ("a.wav", "pcm_s16le", "mono", 8_000, "s16"),
        ("a.wav", "pcm_s24le", "stereo", 96_000, "s32"),
        ("a.wav", "pcm_f32le", "5.1", 48_000, "flt"),
        ("a.flac", "flac", "stereo", 44_100, "s16"),
        ("a.mp3", "libmp3lame", "stereo", 44_100, "fltp"),
        ("a.m4a", "aac", "5.1", 48_000, "fltp"),
        ("a.ogg", "libopus", "mono", 16_000, "s16"),
        ("a.webm", "libopus", "stereo", 48_000, "s16"),
        ("a.aiff", "pcm_s16be", "stereo", 32_000, "s16"),
    ],
)
def test_every_common_kind_becomes_stereo_of_the_same_length(
    tmp_path: Path, name: str, codec: str, layout: str, rate: int, form: str
) -> None:
    path = encoded(tmp_path / name, codec, layout=layout, rate=rate, form=form)

    sound = heard(path)

    assert sound.shape[1] == 2
    assert len(sound) == pytest.approx(48_000, abs=2_400)
    assert 0.05 < np.abs(sound).max() <= 1.2


def test_resampling_neither_shifts_nor_stretches(tmp_path: Path) -> None:
    clicks = np.zeros(24_000)
    clicks[[100, 12_000, 23_900]] = 0.5
    path = write_wav(tmp_path / "v.wav", clicks)

    sound = np.abs(heard(path)[:, 0])

    assert len(sound) == 48_000
    assert [sound[a:b].argmax() + a for a, b in ((0, 999), (999, 40_000), (40_000, 48_000))] == [
        200,
        24_000,
        47_800,
    ]


def test_no_more_is_decoded_than_asked_for(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "m.wav", chords(2.0), rate=44_100)

    assert len(heard(path, limit=1_234)) == 1_234


def test_what_is_not_a_number_becomes_silence_and_nothing_after_it_suffers(tmp_path: Path) -> None:
    samples = np.full((1, 48_000), 0.25, np.float32)
    samples[0, 10_000:10_100] = np.nan
    samples[0, 20_000] = np.inf
    path = tmp_path / "nan.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout="mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))

    sound = heard(path)

    assert np.isfinite(sound).all()
    assert sound[30_000:].min() > 0.1


def test_constant_offset_is_taken_away_where_asked(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "dc.wav", chords(2.0) + 0.3, rate=44_100)

    blocked = np.concatenate(list(stereo_blocks(path, what="x", block_dc=True)))

    assert abs(blocked[48_000:].mean()) < 1e-3


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.9])
def test_a_truncated_file_gives_what_there_is_or_an_error(tmp_path: Path, keep: float) -> None:
    whole = encoded(tmp_path / "a.mp3", "libmp3lame", layout="stereo", rate=44_100, form="fltp")
    data = whole.read_bytes()
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(data[: int(len(data) * keep)])

    if keep < 0.1:
        with pytest.raises(MediaError, match=r"cut\.mp3"):
            heard(cut)
    else:
        assert 0 < len(heard(cut)) <= 48_000 * (keep + 0.1)


def test_damage_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.mp3", "libmp3lame", layout="stereo", rate=44_100, form="fltp")
    data = bytearray(path.read_bytes())
    data[5_000:6_500] = bytes(range(256))[:250] * 6
    path.write_bytes(data)

    sound = heard(path)

    assert len(sound) > 30_000
    assert np.isfinite(sound).all()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\n{other}\n#EXT-X-ENDLIST\n"),
        ("list.wav", b"ffconcat version 1.0\nfile {other}\n"),
        ("empty.mp3", b""),
        ("text.wav", b"this is not a sound" * 99),
        ("zeros.m4a", bytes(9_999)),
    ],
)
def test_what_is_no_sound_is_refused_and_no_other_file_opened(
    tmp_path: Path, name: str, data: bytes
) -> None:
    other = write_wav(tmp_path / "other.wav", chords(1.0), rate=44_100)
    path = tmp_path / name
    path.write_bytes(data.replace(b"{other}", str(other).encode()))

    with pytest.raises(MediaError, match=name):
        heard(path)


def test_a_picture_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        container.mux(stream.encode(picture))
        container.mux(stream.encode(None))

    with pytest.raises(MediaError, match="no sound"):
        heard(path)


def test_a_rate_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fast.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(4_000_000)
        file.writeframes(bytes(8_000))

    with pytest.raises(MediaError, match="samples a second"):
        heard(path)
