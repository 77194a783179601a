"""What a photograph is about, told in whole numbers, still gives the crop that it gave before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.lines.posters.design.subject import enough_for, heard, subject_of, told
from berg.media.image.faces import Face
from berg.media.image.framing import fill
from berg.media.image.subject import Subject

SHARES = st.floats(0.05, 0.95)
SIZE = (1500, 1800)


def seen(at: tuple[float, float], faces: tuple[Face, ...] = ()) -> Subject:
    """A map with one soft spot."""
    y, x = np.mgrid[0:96, 0:80]
    weights = np.exp(-(((x / 80 - at[0]) ** 2 + (y / 96 - at[1]) ** 2) / 0.02))
    return Subject(weights / weights.sum(), faces)


@settings(deadline=None, max_examples=30)
@given(
    at=st.tuples(SHARES, SHARES), output=st.sampled_from([(1080, 1350), (1080, 600), (400, 900)])
)
def test_what_was_told_is_cropped_as_what_was_found(
    at: tuple[float, float], output: tuple[int, int]
) -> None:
    found = seen(at)
    before, after = (fill(s, picture=SIZE, output=output) for s in (found, heard(*told(found))))
    # A place to the side: there are 49 along each way.
    assert np.abs(np.subtract(before.crop, after.crop)).max() <= max(SIZE) / 48 + 1
    assert after.focus == pytest.approx(before.focus, abs=0.03)


@given(edges=st.tuples(*[st.floats(0, 0.5)] * 2, *[st.floats(0.01, 0.5)] * 2))
def test_faces_are_told_to_a_millionth(edges: tuple[float, float, float, float]) -> None:
    (face,) = heard(*told(seen((0.5, 0.5), (Face(*edges),)))).faces
    assert (face.left, face.top, face.width, face.height) == pytest.approx(edges, abs=2e-6)


def test_weights_add_up_to_one() -> None:
    assert heard(*told(seen((0.2, 0.7)))).weights.sum() == pytest.approx(1)


@given(width=st.integers(1, 60_000), height=st.integers(1, 60_000))
def test_enough_is_never_more_than_there_is_and_fine_enough(width: int, height: int) -> None:
    wide, tall = enough_for(width, height)
    assert 1 <= wide <= width
    assert 1 <= tall <= height
    assert max(wide, tall) == min(768, max(width, height))


@pytest.mark.parametrize("shape", [(3, 30_000), (9000, 40)])
def test_long_strips_have_a_subject(shape: tuple[int, int]) -> None:
    subject = subject_of(np.full((*shape, 3), 120, np.uint8))
    assert subject.weights.sum() == pytest.approx(1)
    assert subject.faces == ()
