from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from berg.media.video.encode import EncoderSettings, encode_scene, encode_standing
from berg.media.video.join import join
from berg.media.video.yuv import empty_planes
from tests.media.video.parts import SIZE, pictures, still, strip, times

SETTINGS = [EncoderSettings(), EncoderSettings(codec="libsvtav1", preset="10", crf=40)]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: s.codec)
def test_the_same_frames_give_the_same_bytes(tmp_path: Path, settings: EncoderSettings) -> None:
    made = {
        strip(tmp_path / f"{n}.mp4", frames=12, settings=settings).read_bytes() for n in range(4)
    }

    assert len(made) == 1


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: s.codec)
def test_strips_of_either_codec_can_be_joined(tmp_path: Path, settings: EncoderSettings) -> None:
    strips = [strip(tmp_path / f"{n}.mp4", frames=n, seed=n, settings=settings) for n in (8, 1, 5)]

    join(strips, None, tmp_path / "film.mp4", fps=Fraction(30), frames=14)

    assert times(tmp_path / "film.mp4") == [Fraction(n, 30) for n in range(14)]


def test_a_strip_says_what_its_colours_are(tmp_path: Path) -> None:
    with av.open(str(strip(tmp_path / "one.mp4", frames=2))) as film:
        context = film.streams.video[0].codec_context

        assert context.profile == "High"
        assert context.pix_fmt == "yuv420p"
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert tags == (1, 1, 1), "BT.709"
        assert context.color_range == 1, "limited"


def test_what_is_painted_is_what_is_seen(tmp_path: Path) -> None:
    settings = EncoderSettings(crf=8)
    scene, canvas = still(tmp_path / "scene"), empty_planes(**SIZE)
    path = tmp_path / "one.mp4"
    encode_scene(scene, path, first=3, end=9, **SIZE, fps=Fraction(30), settings=settings)

    for seen, _ in zip(pictures(path), scene.paint(3, 9, canvas), strict=True):
        assert np.abs(seen[:480].astype(int) - canvas.y).mean() < 1.5
        u = seen[480:600].reshape(240, 135)
        assert np.abs(u.astype(int) - canvas.u).mean() < 1.5


def test_a_strip_that_stands_still_costs_next_to_nothing(tmp_path: Path) -> None:
    scene, settings = still(tmp_path / "scene"), EncoderSettings()
    for count in (1, 32):
        encode_standing(
            scene,
            tmp_path / str(count),
            frame=5,
            count=count,
            **SIZE,
            fps=Fraction(30),
            settings=settings,
        )

    assert len(pictures(tmp_path / "32")) == 32
    assert (tmp_path / "32").stat().st_size < 3 * (tmp_path / "1").stat().st_size


def test_a_failure_while_painting_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), _encoder(tmp_path / "broken.mp4"):
        raise ZeroDivisionError


def _encoder(path: Path):  # type: ignore[no-untyped-def]
    from berg.media.video.encode import Encoder

    return Encoder(path, **SIZE, fps=Fraction(30), settings=EncoderSettings())
