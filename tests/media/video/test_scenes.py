"""What every scene must hold, and what each kind is for."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from berg.media.video.layers import Deck
from berg.media.video.motion import Window
from berg.media.video.scene import CaptionedScene, DissolveScene, Scene
from berg.media.video.scenes import CardScene, ClipScene, look_through, paint_ground, read_raster
from berg.media.video.yuv import Planes, empty_planes
from berg.schema.layer import Layer
from tests.media.video.parts import SIZE, photograph, still, strip

FPS = Fraction(30)


def deck(folder: Path) -> Deck:
    cv2.imwrite(str(folder / "sheet.png"), np.full((40, 100, 4), 255, np.uint8))
    place = {"x": 0, "y": 0, "width": 100, "height": 40, "left": 31, "top": 99}
    return Deck(folder / "sheet.png", [Layer(**place, first=4, fade_in=4, rise=20, end=30)])


def card(folder: Path) -> Scene:
    return CardScene(("#0B3954", "#16202A"), deck(folder), **SIZE)


def clip(folder: Path, start: Fraction = Fraction(1, 2)) -> Scene:
    path = strip(folder / "clip.mp4", frames=40)
    crop = (0, 0, SIZE["width"], SIZE["height"])
    return ClipScene(path, start=start, crop=crop, backdrop=False, **SIZE, fps=FPS)


def photo(folder: Path) -> Scene:
    return still(folder / "photo", seed=5)


def captioned(folder: Path) -> Scene:
    return CaptionedScene(photo(folder), deck(folder))


def dissolve(folder: Path) -> Scene:
    return DissolveScene(photo(folder), card(folder), before_frames=50, count=12)


def seen(scene: Scene, first: int, end: int) -> list[Planes]:
    canvas = empty_planes(**SIZE)
    return [Planes(*(p.copy() for p in canvas)) for _ in scene.paint(first, end, canvas)]


def same(a: Planes, b: Planes) -> bool:
    return all(map(np.array_equal, a, b))


@pytest.mark.parametrize("make", [photo, clip, card, captioned, dissolve], ids=lambda m: m.__name__)
def test_a_frame_depends_on_its_number_alone(tmp_path: Path, make: Callable[[Path], Scene]) -> None:
    scene = make(tmp_path)
    whole, later = seen(scene, 0, 12), seen(scene, 7, 12)

    assert len(whole) == 12
    assert all(map(same, whole[7:], later))


@pytest.mark.parametrize("make", [photo, clip, card, captioned], ids=lambda m: m.__name__)
def test_the_run_up_leads_into_the_shot(tmp_path: Path, make: Callable[[Path], Scene]) -> None:
    scene = make(tmp_path)
    before, joined = seen(scene, -10, 0), seen(scene, -10, 2)

    assert len(before) == 10
    assert all(map(same, before, joined[:10]))
    assert same(joined[10], seen(scene, 0, 1)[0])
    jump = np.abs(joined[10].y.astype(int) - joined[9].y).mean()
    assert jump < 8


def test_a_clip_stands_before_its_own_beginning(tmp_path: Path) -> None:
    frames = seen(clip(tmp_path, start=Fraction(1, 10)), -10, 5)

    assert all(same(frames[0], frame) for frame in frames[:8])
    assert not same(frames[8], frames[14])


def test_a_clip_that_is_too_short_holds_its_last_picture(tmp_path: Path) -> None:
    frames = seen(clip(tmp_path, start=Fraction(1)), 0, 20)

    assert len(frames) == 20
    assert same(frames[10], frames[19])


def test_a_finished_card_stands_still(tmp_path: Path) -> None:
    frames = seen(card(tmp_path), 0, 20)

    assert not same(frames[3], frames[5])
    assert all(same(frames[9], frame) for frame in frames[9:])


def test_a_ground_keeps_its_colours_and_shows_no_bands() -> None:
    ground = paint_ground(("#0B3954", "#16202A"), width=64, height=256)
    rows = ground.y.mean(axis=1)

    steps = np.abs(np.diff(cv2.blur(rows[:, None], (1, 8))[8:-8, 0]))
    assert steps.max() < 0.3, "a band would be a step of 1"
    assert len(np.unique(ground.y[100])) <= 2, "and the dither is as faint as can be"


def test_a_dissolve_goes_evenly_from_one_to_the_other(tmp_path: Path) -> None:
    a, b = photo(tmp_path), card(tmp_path)
    scene = DissolveScene(a, b, before_frames=50, count=9)
    before, after = seen(a, 41, 50), seen(b, -9, 0)

    for n, mixed in enumerate(seen(scene, 0, 9)):
        share = (n + 1) / 10
        expected = before[n].y * (1 - share) + after[n].y * share
        assert np.abs(mixed.y - expected).max() <= 1


def test_luma_and_chroma_move_together(tmp_path: Path) -> None:
    # GIVEN a soft edge between grey and green, in the middle of the raster
    share = np.clip((np.arange(302) + 0.5 - 131) / 40, 0, 1)[None, :, None]
    edge = (1 - share) * (90, 90, 90) + share * (0, 255, 0)
    cv2.imwrite(str(tmp_path / "e.png"), np.rint(np.tile(edge, (538, 1, 1))).astype(np.uint8))
    onto = empty_planes(**SIZE)

    # WHEN it is looked at from further left
    look_through(read_raster(tmp_path / "e.png"), Window(left=7.3, top=20, scale=1.04), onto)

    # THEN luma and chroma have it at the same place; chroma lies on every second luma column
    expected = (151 - 7.3) / 1.04 - 0.5
    for plane, step in ((onto.y, 1), (onto.u, 2), (onto.v, 2)):
        row = plane[plane.shape[0] // 2].astype(float)
        middle = (row[0] + row[-1]) / 2
        rising = row if row[-1] > row[0] else 2 * middle - row
        place = np.interp(middle, rising, np.arange(len(row)) * step)
        assert abs(place - expected) < 0.3


@pytest.mark.parametrize("rgb", [(255, 102, 99), (11, 57, 84), (255, 244, 224), (0, 0, 0)])
def test_a_flat_colour_survives_the_still_within_three(
    tmp_path: Path, rgb: tuple[int, int, int]
) -> None:
    cv2.imwrite(str(tmp_path / "flat.png"), np.full((538, 302, 3), rgb[::-1], np.uint8))
    onto = empty_planes(**SIZE)

    look_through(read_raster(tmp_path / "flat.png"), Window(left=3, top=5, scale=1.1), onto)

    y, cb, cr = (float(plane.mean()) for plane in onto)
    luma = (y - 16) / 219
    red, blue = luma + 1.5748 * (cr - 128) / 224, luma + 1.8556 * (cb - 128) / 224
    green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152
    assert np.abs(np.array([red, green, blue]) * 255 - rgb).max() <= 3


def test_motion_is_smooth_to_a_fraction_of_a_pixel(tmp_path: Path) -> None:
    # the brightness under one pixel of a ramp shows where the window is
    ramp = np.tile(np.linspace(20, 235, 538, dtype=np.float32)[:, None, None], (1, 302, 3))
    cv2.imwrite(str(tmp_path / "ramp.png"), np.rint(ramp).astype(np.uint8))
    raster, onto = read_raster(tmp_path / "ramp.png"), empty_planes(**SIZE)
    levels = []
    for n in range(40):
        look_through(raster, Window(left=0, top=n * 0.35, scale=1.03), onto)
        levels.append(float(onto.y[100:300].mean()))

    steps = np.diff(levels)
    assert steps.min() > 0
    assert steps.max() < 1.6 * steps.min()


def test_a_raster_of_odd_size_loses_a_line_at_most(tmp_path: Path) -> None:
    planes = read_raster(photograph(tmp_path / "odd.png", size=(303, 539)))

    assert planes.y.shape == (538, 302)
    assert planes.u.shape == (269, 151)
