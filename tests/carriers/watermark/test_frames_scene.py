import numpy as np
import pytest

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import HELD, FrameMarker, MarkedScene
from berg.media.video.yuv import Planes, copy_planes, empty_planes
from tests.carriers.watermark.films import HEIGHT, WIDTH, moving

KEY = MarkKey.of(b"k" * 32)
MARK = {"identifier": "00c0ffee42", "key": KEY, "width": WIDTH, "height": HEIGHT}


class Reel:
    """Frames in a list; one that is held isn't painted again."""

    def __init__(self, frames, *, held=1):
        self._frames, self._held = frames, held

    def paint(self, first, end, onto):
        for planes in self._frames[first:end]:
            copy_planes(planes, onto)
            for _ in range(self._held):
                yield


@pytest.fixture(scope="module")
def frames():
    return moving(1, HELD + 2)


def painted(scene, first, end):
    canvas = empty_planes(WIDTH, HEIGHT)
    return [Planes(*(p.copy() for p in canvas)) for _ in scene.paint(first, end, canvas)]


def test_every_frame_is_painted_then_marked_as_the_last_look_says(frames):
    marker = FrameMarker(**MARK)
    made = painted(MarkedScene(Reel(frames), **MARK), 0, len(frames))
    for number, (one, plain) in enumerate(zip(made, frames, strict=True)):
        expected = Planes(*(p.copy() for p in plain))
        if number % HELD == 0:
            marker.look(plain.y)
        marker.mark_luma(expected.y, onto=expected.y)
        assert (one.y != plain.y).any()
        for plane, other in zip(one, expected, strict=True):
            assert (plane == other).all()


def test_painted_again_a_frame_is_the_same(frames):
    scene = MarkedScene(Reel(frames), **MARK)
    first, again = (painted(scene, 1, 4) for _ in range(2))
    assert all((one.y == other.y).all() for one, other in zip(first, again, strict=True))


def test_a_frame_that_is_held_is_marked_once(frames):
    one, two = painted(MarkedScene(Reel(frames[:1], held=2), **MARK), 0, 1)
    assert (one.y == two.y).all()


def test_the_scene_inside_is_left_alone(frames):
    before = frames[0].y.copy()
    painted(MarkedScene(Reel(frames), **MARK), 0, 1)
    assert (frames[0].y == before).all()


def test_padding_beside_the_plane_is_left_alone(frames):
    rows = np.full((HEIGHT, WIDTH + 36), 7, np.uint8)
    canvas = empty_planes(WIDTH, HEIGHT)._replace(y=rows[:, :WIDTH])
    next(MarkedScene(Reel(frames), **MARK).paint(0, 1, canvas))
    assert (rows[:, WIDTH:] == 7).all()
    assert (rows[:, :WIDTH] != 7).any()
