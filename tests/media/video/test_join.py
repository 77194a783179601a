from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from berg.errors import StepError
from berg.media.video.encode import EncoderSettings
from berg.media.video.join import join
from tests.media.video.parts import RATE, boxes, pictures, sound, strip, times

NTSC = Fraction(30_000, 1001)


@pytest.mark.parametrize("fps", [Fraction(30), Fraction(24), NTSC, Fraction(25)], ids=str)
def test_strips_of_any_length_follow_one_another_without_gap(tmp_path: Path, fps: Fraction) -> None:
    lengths = (9, 1, 2, 5, 3)
    strips = [strip(tmp_path / f"{n}.mp4", frames=n, seed=n, fps=fps) for n in lengths]

    join(strips, None, tmp_path / "film.mp4", fps=fps, frames=sum(lengths))

    assert times(tmp_path / "film.mp4") == [n / fps for n in range(sum(lengths))]
    film = av.open(str(tmp_path / "film.mp4"))
    with film:
        assert film.streams.video[0].average_rate == fps


def test_joining_changes_no_picture(tmp_path: Path) -> None:
    strips = [strip(tmp_path / f"{n}.mp4", frames=n, seed=n) for n in (6, 1, 11)]

    join(strips, None, tmp_path / "film.mp4", fps=Fraction(30), frames=18)

    alone = [picture for path in strips for picture in pictures(path)]
    assert all(map(np.array_equal, pictures(tmp_path / "film.mp4"), alone))


def test_packets_are_decoded_in_order_and_before_they_are_shown(tmp_path: Path) -> None:
    strips = [strip(tmp_path / f"{n}.mp4", frames=n, seed=n) for n in (10, 1, 10)]
    join(strips, None, tmp_path / "film.mp4", fps=Fraction(30), frames=21)

    with av.open(str(tmp_path / "film.mp4")) as film:
        packets = [p for p in film.demux(video=0) if p.pts is not None]

    assert any(p.pts != p.dts for p in packets), "no B-frames: this test proves nothing"
    assert all(a.dts < b.dts for a, b in pairwise(packets))
    assert all(p.dts <= p.pts for p in packets)


def test_the_index_comes_first(tmp_path: Path) -> None:
    one = strip(tmp_path / "one.mp4", frames=4)
    heard = sound(tmp_path / "sound.m4a", samples=6400, click=100)

    join([one], heard, tmp_path / "film.mp4", fps=Fraction(30), frames=4)

    names = boxes(tmp_path / "film.mp4")
    assert names.index("moov") < names.index("mdat")


@pytest.mark.parametrize("fps", [Fraction(30), NTSC], ids=str)
def test_sound_is_in_step_with_the_picture_after_ten_minutes(tmp_path: Path, fps: Fraction) -> None:
    # GIVEN ten minutes of a short strip, and a click in the last second
    one, count = strip(tmp_path / "one.mp4", frames=60, fps=fps), round(10 * fps)
    frames, samples = 60 * count, round(60 * count / fps * RATE)
    click = samples - 30_000
    heard = sound(tmp_path / "sound.m4a", samples=samples, click=click)

    # WHEN they are joined
    join([one] * count, heard, tmp_path / "film.mp4", fps=fps, frames=frames)

    # THEN the click and both ends are where they should be
    with av.open(str(tmp_path / "film.mp4")) as film:
        video = film.streams.video[0]
        packets = [p for p in film.demux(video) if p.pts is not None]
    last = max(p.pts * p.time_base for p in packets)
    assert last == Fraction(frames - 1) / fps
    assert len(packets) == frames
    with av.open(str(tmp_path / "film.mp4")) as film:
        film.seek(int((samples / RATE - 3) * 1_000_000))
        blocks = [(f.pts, f.to_ndarray()[0]) for f in film.decode(audio=0)]
    begin = blocks[0][0]
    wave = np.concatenate([block for _, block in blocks])
    assert abs(begin + int(np.argmax(np.abs(wave))) - click - 24) < 48
    assert abs((begin + len(wave)) / RATE - frames / fps) < 1 / fps


def test_strips_of_other_settings_are_refused(tmp_path: Path) -> None:
    one = strip(tmp_path / "one.mp4", frames=2)
    other = strip(tmp_path / "two.mp4", frames=2, settings=EncoderSettings(preset="ultrafast"))

    with pytest.raises(StepError, match="different settings"):
        join([one, other], None, tmp_path / "film.mp4", fps=Fraction(30), frames=4)


def test_a_wrong_number_of_frames_is_refused(tmp_path: Path) -> None:
    one = strip(tmp_path / "one.mp4", frames=2)

    with pytest.raises(StepError, match="2 frames where 3"):
        join([one], None, tmp_path / "film.mp4", fps=Fraction(30), frames=3)


def test_the_same_strips_make_the_same_film(tmp_path: Path) -> None:
    one = strip(tmp_path / "one.mp4", frames=3)
    heard = sound(tmp_path / "sound.m4a", samples=4800, click=10)

    for name in "ab":
        join([one], heard, tmp_path / name, fps=Fraction(30), frames=3)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
