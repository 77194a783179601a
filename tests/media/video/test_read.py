"""Which frame is shown when, and which way up."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from berg.errors import MediaError
from berg.media.video.read import upright_frames
from tests.media.awkward import PATCHES, card, fill, grey, to_rgb, write_clip, yuv_frame

LOSSLESS = {"qp": "0"}


def ramp(count: int, step: int = 8) -> list[av.VideoFrame]:
    """Frames whose luma is 20, 20 + step, …"""
    frames = []
    for index in range(count):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane, value in zip(frame.planes, (20 + step * index, 128, 128), strict=True):
            fill(plane, np.full((48, 64) if value != 128 else (24, 32), float(value)))
        frame.colorspace, frame.color_range = 1, 1
        frames.append(frame)
    return frames


def read(
    path: Path, *, fps: int = 30, count: int = 5, start: Fraction = Fraction(0), **how: Any
) -> Any:
    size = how.pop("size", (64, 48))
    return upright_frames(
        path,
        start=start,
        fps=Fraction(fps),
        count=count,
        crop=how.pop("crop", None),
        size=size,
        **how,
    )


def lumas(path: Path, step: int = 8, **how: Any) -> list[int]:
    """Numbers of the frames shown."""
    return [round((float(y[20, 20]) - 20) / step) for y, _, _ in read(path, **how)]


def corners(planes: Any) -> list[tuple[int, ...]]:
    y, u, v = planes
    h, w = y.shape
    found = []
    for row, column in (
        (h // 4, w // 4),
        (h // 4, 3 * w // 4),
        (3 * h // 4, w // 4),
        (3 * h // 4, 3 * w // 4),
    ):
        half = (row // 2, column // 2)
        found.append(to_rgb(float(y[row, column]), float(u[half]), float(v[half])))
    return [tuple(round(float(c)) for c in patch) for patch in found]


def near(found: list[tuple[int, ...]], wanted: Any, by: int = 3) -> bool:
    return bool(np.abs(np.array(found) - np.array(wanted)).max() <= by)


def test_every_frame_of_a_matching_clip_is_shown_once(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(10), options=LOSSLESS)
    assert lumas(path, count=10) == list(range(10))


def test_the_last_frame_is_held_when_the_clip_ends(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(3), options=LOSSLESS)
    assert lumas(path, count=6) == [0, 1, 2, 2, 2, 2]


def test_a_single_frame_is_a_clip(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(1), options=LOSSLESS)
    assert lumas(path, count=3) == [0, 0, 0]


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_clip_of_double_rate_gives_every_second_frame(tmp_path: Path, suffix: str) -> None:
    path = write_clip(
        tmp_path / f"a.{suffix}", ramp(20), options=LOSSLESS, time_base=Fraction(1001, 60_000)
    )
    assert lumas(path, count=10) == list(range(0, 20, 2))


def test_a_slower_clip_repeats_frames_without_running_ahead(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(5), options=LOSSLESS, time_base=Fraction(1, 15))
    assert lumas(path, count=10) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_variable_rate_is_followed_by_presentation_time(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "a.mp4", ramp(4), options=LOSSLESS, times=[0, 1, 5, 6], time_base=Fraction(1, 30)
    )
    assert lumas(path, count=8) == [0, 1, 1, 1, 1, 2, 3, 3]


@pytest.mark.parametrize("first", [-7, 90])
def test_time_counts_from_the_first_frame_wherever_it_lies(tmp_path: Path, first: int) -> None:
    path = write_clip(
        tmp_path / "a.mkv" if first < 0 else tmp_path / "a.ts",
        ramp(10),
        options=LOSSLESS,
        times=[first + i for i in range(10)],
    )
    assert lumas(path, count=5) == [0, 1, 2, 3, 4]
    assert lumas(path, count=3, start=Fraction(4, 30)) == [4, 5, 6]


@pytest.mark.parametrize("start", [0, 1, 29, 30, 31, 59, 61, 89])
@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_seeking_finds_the_very_frame(tmp_path: Path, start: int, suffix: str) -> None:
    path = write_clip(
        tmp_path / f"a.{suffix}", ramp(90, 2), options={"qp": "0", "g": "25", "bf": "3"}
    )
    found = lumas(path, step=2, count=2, start=Fraction(start, 30))
    assert found == [start, min(start + 1, 89)]


def test_starting_beyond_the_end_shows_the_last_frame(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(40, 4), options=LOSSLESS)
    assert lumas(path, step=4, count=2, start=Fraction(100)) == [39, 39]


def test_an_edit_list_is_obeyed(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(12), options=LOSSLESS)
    data = bytearray(path.read_bytes())
    at = data.index(b"elst") + 4
    assert int.from_bytes(data[at + 4 : at + 8], "big") == 1
    media_time = int.from_bytes(data[at + 12 : at + 16], "big")
    with av.open(path) as clip:
        tick = clip.streams.video[0].time_base
    assert tick is not None
    data[at + 12 : at + 16] = (media_time + round(Fraction(3, 30) / tick)).to_bytes(4, "big")
    path.write_bytes(data)
    assert lumas(path, count=4) == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("degrees", "order"), [(90, (1, 3, 0, 2)), (180, (3, 2, 1, 0)), (270, (2, 0, 3, 1))]
)
def test_a_rotation_flag_is_obeyed(tmp_path: Path, degrees: int, order: tuple[int, ...]) -> None:
    path = write_clip(
        tmp_path / "a.mp4",
        [yuv_frame(card(64, 48), "yuv420p")] * 3,
        options=LOSSLESS,
        prepare=lambda s: s.set_display_rotation(degrees),
    )
    size = (64, 48) if degrees == 180 else (48, 64)
    planes = next(read(path, size=size))
    assert planes[0].shape == size[::-1]
    assert near(corners(planes), [PATCHES[i] for i in order])


@pytest.mark.parametrize(
    ("matrix", "order"),
    [
        ((-1, 0, 0, 1), (1, 0, 3, 2)),
        ((1, 0, 0, -1), (2, 3, 0, 1)),
        ((0, 1, 1, 0), (0, 2, 1, 3)),
        ((0, -1, -1, 0), (3, 1, 2, 0)),
    ],
)
def test_a_mirroring_display_matrix_is_obeyed(
    tmp_path: Path, matrix: tuple[int, ...], order: tuple[int, ...]
) -> None:
    path = write_clip(
        tmp_path / "a.mp4", [yuv_frame(card(64, 48), "yuv420p")] * 3, options=LOSSLESS
    )
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    for place, value in zip((0, 4, 12, 16), matrix, strict=True):
        data[at + place : at + place + 4] = (value << 16).to_bytes(4, "big", signed=True)
    path.write_bytes(data)
    size = (48, 64) if matrix[0] == 0 else (64, 48)
    assert near(corners(next(read(path, size=size))), [PATCHES[i] for i in order])


@pytest.mark.parametrize("degrees", [0, 90])
def test_a_crop_is_taken_in_upright_pixels(tmp_path: Path, degrees: int) -> None:
    path = write_clip(
        tmp_path / "a.mp4",
        [yuv_frame(card(64, 48), "yuv420p")] * 3,
        options=LOSSLESS,
        prepare=(lambda s: s.set_display_rotation(degrees)) if degrees else None,
    )
    crop = (32, 0, 32, 24) if degrees == 0 else (24, 0, 24, 32)
    wanted = PATCHES[1] if degrees == 0 else PATCHES[3]
    planes = next(read(path, crop=crop, size=(24, 24)))
    assert near(corners(planes), [wanted] * 4)


def test_rows_stored_from_the_bottom_are_read_from_the_top(tmp_path: Path) -> None:
    frame = av.VideoFrame.from_ndarray(card(64, 48), "rgb24").reformat(format="bgr24")
    frame.colorspace = 0
    path = write_clip(tmp_path / "a.avi", [frame] * 2, codec="rawvideo")
    assert near(corners(next(read(path))), PATCHES)


def test_pixels_that_are_not_square_are_stretched(tmp_path: Path) -> None:
    def widen(stream: Any) -> None:
        stream.codec_context.sample_aspect_ratio = Fraction(2)

    frames = [yuv_frame(card(64, 48), "yuv420p")] * 3
    path = write_clip(tmp_path / "a.mp4", frames, options=LOSSLESS, prepare=widen)
    # The right half of what is seen: 64 of 128 square pixels, 32 of 64 coded ones.
    planes = next(read(path, crop=(64, 0, 64, 48), size=(64, 48)))
    assert near(corners(planes), [PATCHES[1], PATCHES[1], PATCHES[3], PATCHES[3]])


def test_an_odd_size_is_read(tmp_path: Path) -> None:
    frames = [yuv_frame(card(67, 51), "yuv444p")] * 3
    path = write_clip(tmp_path / "a.mp4", frames, options=LOSSLESS)
    assert near(
        corners(
            next(read(path)),
        ),
        PATCHES,
    )


def test_interlaced_frames_are_woven_and_keep_their_time(tmp_path: Path) -> None:
    frames = []
    for index in range(8):
        # A bar that moves between the fields: combs, unless deinterlaced.
        values = np.full((96, 128), 40.0)
        values[0::2, 8 * index : 8 * index + 24] = 200
        values[1::2, 8 * index + 4 : 8 * index + 28] = 200
        frame = av.VideoFrame(128, 96, "yuv420p")
        for plane, filled in zip(
            frame.planes, (values, *[np.full((48, 64), 128.0)] * 2), strict=True
        ):
            fill(plane, filled)
        frame.colorspace, frame.color_range = 1, 1
        frames.append(frame)
    flagged = {"qp": "0", "x264-params": "tff=1"}
    path = write_clip(tmp_path / "a.mp4", frames, options=flagged)
    plain = write_clip(tmp_path / "b.mp4", frames, options=LOSSLESS)

    def combing(planes: Any) -> float:
        y = planes[0].astype(float)
        return float(np.abs(y[1:-1] - (y[:-2] + y[2:]) / 2).mean())

    woven, combed = list(read(path, size=(128, 96))), list(read(plain, size=(128, 96)))
    assert combing(woven[3]) < 0.5 * combing(combed[3])
    lefts = [int(np.argmax(planes[0][48] > 120)) for planes in woven]
    assert all(abs(left - 8 * index) <= 5 for index, left in enumerate(lefts))


def test_a_damaged_frame_is_replaced_by_the_one_before_and_counted(tmp_path: Path) -> None:
    pictures = [av.VideoFrame.from_ndarray(grey(20 + 8 * i), "rgb24") for i in range(8)]
    path = write_clip(tmp_path / "a.mov", pictures, codec="png")
    with av.open(path) as clip:
        places = [packet.pos for packet in clip.demux(video=0) if packet.size]
    data = bytearray(path.read_bytes())
    start = data.index(b"\x89PNG", places[4])
    data[start : start + 60] = bytes(60)
    path.write_bytes(data)
    frames = read(path, count=8)
    levels = [to_rgb(float(y[20, 20]), 128.0, 128.0)[0] for y, _, _ in frames]
    assert [round((level - 20) / 8) for level in levels] == [0, 1, 2, 3, 3, 5, 6, 7]
    assert frames.damaged == 1


def test_a_clip_that_breaks_off_is_held(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", ramp(20), codec="ffv1")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    shown = lumas(path, count=20)
    assert len(shown) == 20
    assert shown[0] == 0
    assert shown[-1] == max(shown) > 2


def test_what_has_no_frames_raises_a_media_error(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(bytes(3000))
    with pytest.raises(MediaError, match=r"a\.mp4"):
        next(read(path))


def test_a_backdrop_shows_the_whole_picture_over_a_darker_one(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "a.mp4", [yuv_frame(card(64, 48), "yuv420p")] * 3, options=LOSSLESS
    )
    y, u, v = next(read(path, size=(90, 160), backdrop=True))
    assert (y.shape, u.shape, v.shape) == ((160, 90), (80, 45), (80, 45))
    inset = [plane[a:b] for plane, a, b in ((y, 24, 90), (u, 12, 45), (v, 12, 45))]
    assert near(corners(inset), PATCHES, by=6)
    assert float(y[2:10].mean()) < 0.7 * float(inset[0][:8].mean())


def test_the_plain_way_copies_nothing(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(3), options=LOSSLESS)
    planes = next(read(path))
    assert not any(plane.flags.owndata or plane.flags.writeable for plane in planes)


def test_pictures_stay_valid_after_the_file_is_closed(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ramp(6), options=LOSSLESS)
    held = list(read(path, count=6))
    assert [round((float(y[20, 20]) - 20) / 8) for y, _, _ in held] == [0, 1, 2, 3, 4, 5]


def test_reading_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (4, 48, 64, 3), np.uint8)
    frames = [yuv_frame(picture, "yuv420p10le", matrix="bt2020") for picture in noise]
    path = write_clip(tmp_path / "a.mkv", frames, codec="ffv1", tone=(9, 16, 9))
    first, second = (
        [np.concatenate([p.ravel() for p in planes]) for planes in read(path, size=(50, 70))]
        for _ in range(2)
    )
    assert all((a == b).all() for a, b in zip(first, second, strict=True))
