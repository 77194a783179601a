"""Whatever happens to a file's bytes, probing it ends: with facts, or with a MediaError."""

import contextlib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from berg.errors import MediaError
from berg.media.probe import probe
from berg.media.video.read import upright_frames
from tests.media.awkward import card, grey, write_clip, yuv_frame

EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("seeds")
    frames = [yuv_frame(grey(30 * i), "yuv420p") for i in range(8)]
    for name, codec in (("a.mp4", "libx264"), ("a.mkv", "ffv1"), ("a.avi", "mpeg4")):
        write_clip(folder / name, frames, codec=codec)
    picture = Image.fromarray(card(64, 48))
    for name in ("a.jpg", "a.png", "a.gif", "a.webp", "a.tiff"):
        picture.save(folder / name)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "name", ["a.mp4", "a.mkv", "a.avi", "a.jpg", "a.png", "a.gif", "a.webp", "a.tiff"]
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=EDITS, keep=st.floats(0.1, 1))
def test_a_mutated_file_gives_facts_or_a_media_error(
    seeds: dict[str, bytes],
    tmp_path: Path,
    name: str,
    edits: list[tuple[float, bytes]],
    keep: float,
) -> None:
    data = bytearray(seeds[name])
    for place, patch in edits:
        at = int(place * len(data))
        data[at : at + len(patch)] = patch
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * keep) if keep < 0.95 else len(data)])
    with contextlib.suppress(MediaError):  # and nothing else
        facts = probe(path)
        if facts.kind == "video":
            made = upright_frames(
                path, start=Fraction(0), fps=Fraction(30), count=3, crop=None, size=(32, 32)
            )
            assert len(list(made)) == 3
