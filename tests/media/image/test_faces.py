"""Faces count only where two searches agree; a search that can't matter is not made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.image import faces
from berg.media.image.faces import FaceBox, Search, find_faces
from berg.media.image.photo import Pixels

GREY = np.full((100, 120, 3), 90, np.uint8)
FINDS = st.lists(
    st.tuples(*[st.integers(0, 60)] * 2, *[st.integers(30, 60)] * 2), max_size=2
)  # what a cascade may see in foliage
CATS = ("frontalcatface", "frontalcatface_extended")


def told(monkeypatch: pytest.MonkeyPatch, seen: dict[str, list[FaceBox]]) -> list[str]:
    """Have each cascade see what a test says; gives the names of those that were run."""
    run: list[str] = []

    def detect(grey: Pixels, name: str, neighbours: int, search: Search) -> list[FaceBox]:
        run.append(name)
        return seen.get(name, [])

    monkeypatch.setattr(faces, "_detect", detect)
    return run


def test_a_picture_without_faces_is_searched_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    run = told(monkeypatch, {})
    assert find_faces(GREY) == ()
    assert run == ["frontalface_alt2", "frontalface_default", "frontalcatface"]


@settings(deadline=None)
@given(first=FINDS, second=FINDS)
def test_cats_count_where_both_searches_agree(first: list[FaceBox], second: list[FaceBox]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        told(patched, dict(zip(CATS, (first, second), strict=True)))
        found = find_faces(GREY)
    assert bool(found) == bool(faces._agreed([first, second]))


def test_a_find_of_one_search_alone_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, {"frontalface_default": [(10, 10, 40, 40)], CATS[0]: [(10, 10, 40, 40)]})
    assert find_faces(GREY) == ()


def test_an_even_picture_has_no_faces() -> None:
    assert find_faces(GREY) == ()
