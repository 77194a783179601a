"""The image steps: what they promise is what they give, and the same every time."""

import hashlib
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from berg.media.probe import probe
from berg.schema.asset import Asset
from berg.schema.media import Source
from berg.steps.image import (
    PREPARE_PHOTO,
    SURVEY_CLIP,
    prepare_photo,
    survey_clip,
)
from berg.steps.image.look_at_photo.run import striking
from berg.steps.image.prepare_photo.run import prepare_photo as run_prepare_photo
from berg.steps.image.survey_clip.run import survey_clip as run_survey_clip
from tests.media.awkward import card, grey, write_clip, yuv_frame


class World:
    """A context over a folder."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.seed = 0
        self.weights: dict[str, Path] = {}
        self.session: Any = None
        self.objects: dict[str, Path] = {}

    def adopt(self, path: Path) -> Asset:
        return self.put(path, "application/octet-stream")

    def path(self, asset: Asset) -> Path:
        return self.objects[asset.sha256]

    def put(self, path: Path, media_type: str) -> Asset:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self.objects[digest] = path
        return Asset(sha256=digest, size=len(data), media_type=media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        path = self.scratch / hashlib.sha256(data).hexdigest()
        path.write_bytes(data)
        return self.put(path, media_type)

    def progress(self, done: float) -> None:
        assert 0 <= done <= 1


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def source(world: World, path: Path) -> Source:
    return Source(name=path.name, asset=world.adopt(path), facts=probe(path))


def given(step: Any) -> Any:
    return step.kind.call_of(step.params, step.inputs)


def test_a_prepared_photo_is_what_was_foreseen(world: World, tmp_path: Path) -> None:
    Image.fromarray(card(300, 200)).save(tmp_path / "a.jpg")
    step = prepare_photo(source(world, tmp_path / "a.jpg"), width=270, height=480)
    foreseen = PREPARE_PHOTO.predict(given(step))
    made = run_prepare_photo(given(step), world)
    again = run_prepare_photo(given(step), world)
    assert (made.width, made.height) == (foreseen.width, foreseen.height) == (544, 538)
    assert made == again
    with Image.open(world.path(made.raster)) as image:
        assert (image.size, image.mode, image.format) == ((544, 538), "RGB", "PNG")


def test_a_surveyed_clip_skips_its_black_beginning(world: World, tmp_path: Path) -> None:
    frames = [yuv_frame(grey(0, 96, 54), "yuv420p")] * 30
    frames += [yuv_frame(card(96, 54), "yuv420p")] * 60
    path = write_clip(tmp_path / "a.mp4", frames)
    step = survey_clip(source(world, path), width=54, height=96, fps=Fraction(30), start=None)
    made = run_survey_clip(given(step), world)
    assert Fraction(9, 10) <= made.start <= Fraction(6, 5)
    assert made.start + made.available == 3
    assert made == run_survey_clip(given(step), world)


def test_a_given_start_is_kept(world: World, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", [yuv_frame(card(96, 54), "yuv420p")] * 30)
    step = survey_clip(
        source(world, path), width=54, height=96, fps=Fraction(30), start=Fraction(1, 3)
    )
    made = run_survey_clip(given(step), world)
    foreseen = SURVEY_CLIP.predict(given(step))
    assert made.start == foreseen.start == Fraction(1, 3)
    assert made.available == foreseen.available == Fraction(2, 3)


def test_a_long_clip_is_surveyed_without_decoding_all_of_it(world: World, tmp_path: Path) -> None:
    frames = [yuv_frame(grey(60 + i // 5 % 100, 64, 48), "yuv420p") for i in range(600)]
    path = write_clip(tmp_path / "a.mp4", frames, options={"preset": "ultrafast", "g": "30"})
    step = survey_clip(source(world, path), width=64, height=48, fps=Fraction(30), start=None)
    made = run_survey_clip(given(step), world)
    assert made.available >= 6


def test_a_files_name_is_in_no_step(world: World, tmp_path: Path) -> None:
    Image.fromarray(card(64, 48)).save(tmp_path / "a.png")
    one = source(world, tmp_path / "a.png")
    other = one.model_copy(update={"name": "b.png", "words": "a harbour"})
    first, second = (prepare_photo(s, width=64, height=48) for s in (one, other))
    assert (first.params, first.inputs) == (second.params, second.inputs)


def test_declaring_imports_nothing_heavy() -> None:
    code = (
        "import sys, berg.steps.image;"
        "print(sorted({'numpy', 'av', 'cv2', 'PIL', 'berg.media'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_colour_and_contrast_strike() -> None:
    loud = np.zeros((96, 96, 3), np.uint8)
    loud[:48, :, 0], loud[48:, :, 2] = 255, 255
    assert striking(np.full((96, 96, 3), 128, np.uint8)) == 0
    assert striking(loud) > 400
