"""The steps of video.*, run as a worker runs them."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from berg.digest import file_sha256
from berg.errors import StepError
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.layer import Layer, Sheet
from berg.schema.media import MediaFacts, Source
from berg.schema.step import Step
from berg.schema.timeline import Timeline
from berg.steps.image import Clip, Still
from berg.steps.type import Card
from berg.steps.video import (
    RENDER_SHOT,
    EndStrip,
    Film,
    Strip,
    Visual,
    join,
    lay_out,
    render_end,
    render_shot,
)
from berg.steps.video.join.declare import Join
from berg.steps.video.join.run import join as run_join
from berg.steps.video.lay_out.declare import MIN_HOLD, LayOut
from berg.steps.video.lay_out.run import lay_out as run_lay_out
from berg.steps.video.nouns import Picture
from berg.steps.video.render_dissolve.declare import RenderDissolve
from berg.steps.video.render_dissolve.run import render_dissolve as run_render_dissolve
from berg.steps.video.render_end.declare import STANDING, Hold, RenderEnd
from berg.steps.video.render_end.run import render_end as run_render_end
from berg.steps.video.render_shot.declare import RenderShot
from berg.steps.video.render_shot.run import render_shot as run_render_shot

WIDTH, HEIGHT, FPS = 270, 480, Fraction(30)
SIZE = {"width": WIDTH, "height": HEIGHT, "fps": FPS}


@dataclass
class Desk:
    """A worker's context over a folder."""

    folder: Path
    seed: int = 0
    weights: Mapping[str, Path] = field(default_factory=dict)
    session: Any = None
    reports: list[float] = field(default_factory=list)
    numbers: Any = field(default_factory=itertools.count)

    @property
    def scratch(self) -> Path:
        path = self.folder / "scratch"
        path.mkdir(exist_ok=True)
        return path

    def path(self, asset: Asset) -> Path:
        return self.folder / asset.sha256

    def put(self, path: Path, media_type: str) -> Asset:
        digest, size = file_sha256(path), path.stat().st_size
        path.rename(self.folder / digest)
        return Asset(sha256=digest, size=size, media_type=media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        path = self.scratch / f"bytes{next(self.numbers)}"
        path.write_bytes(data)
        return self.put(path, media_type)

    def progress(self, done: float) -> None:
        self.reports.append(done)

    def picture(self, image: np.ndarray) -> Asset:
        return self.put_bytes(cv2.imencode(".png", image)[1].tobytes(), "image/png")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def still(desk: Desk, seed: int = 1) -> Still:
    coarse = np.random.default_rng(seed).integers(0, 256, (24, 14, 3), dtype=np.uint8)
    raster = desk.picture(cv2.resize(coarse, (302, 538), interpolation=cv2.INTER_CUBIC))
    return Still(raster=raster, width=302, height=538, focus_x=500, focus_y=400)


def card(desk: Desk) -> Card:
    image = desk.picture(np.full((40, 200, 4), 255, np.uint8))
    place = {"x": 0, "y": 0, "width": 200, "height": 40, "left": 35, "top": 200}
    layers = (Layer(**place, fade_in=8, rise=20),)
    return Card(ground=("#0B3954", "#16202A"), sheet=Sheet(image=image, layers=layers), entrance=8)


def shot(desk: Desk, picture: Picture, *, frames: int, trim: int = 0, kind: str = "photo") -> Strip:
    call = RenderShot(
        **SIZE, kind=kind, seed=3, trim_end=trim, picture=picture, sheet=None, frames=frames
    )
    return run_render_shot(call, desk)


def frames_of(desk: Desk, asset: Asset) -> list[np.ndarray]:
    with av.open(str(desk.path(asset))) as film:
        return [frame.to_ndarray() for frame in film.decode(video=0)]


def test_a_shot_has_as_many_frames_as_it_was_foreseen_to_have(desk: Desk) -> None:
    picture = Picture(photo=still(desk))
    call = RenderShot(
        **SIZE, kind="photo", seed=3, trim_end=4, picture=picture, sheet=None, frames=14
    )

    made = run_render_shot(call, desk)

    assert made.frames == RENDER_SHOT.predict(call).frames == 10
    assert len(frames_of(desk, made.video)) == 10
    assert desk.reports[-1] == 1


def test_a_shot_is_the_same_each_time_and_captions_are_seen(desk: Desk) -> None:
    picture = Picture(photo=still(desk))
    plain = shot(desk, picture, frames=6)
    sheet = card(desk).sheet
    call = RenderShot(
        **SIZE, kind="photo", seed=3, trim_end=0, picture=picture, sheet=sheet, frames=6
    )

    assert shot(desk, picture, frames=6) == plain
    assert run_render_shot(call, desk) != plain


def test_a_longer_shot_begins_just_like_a_shorter_one(desk: Desk) -> None:
    picture = Picture(photo=still(desk))
    short = frames_of(desk, shot(desk, picture, frames=8).video)
    long = frames_of(desk, shot(desk, picture, frames=16).video)

    for a, b in zip(short, long, strict=False):
        assert np.abs(a.astype(int) - b).mean() < 2


def test_a_dissolve_continues_both_of_its_shots(desk: Desk) -> None:
    # GIVEN a shot that ends four frames early, the dissolve, and the next shot
    a, b = Picture(photo=still(desk, 1)), Picture(photo=still(desk, 2))
    call = RenderDissolve(
        **SIZE, kinds=("photo", "photo"), seeds=(3, 3), count=4, a=a, b=b, a_frames=12
    )
    before = frames_of(desk, shot(desk, a, frames=12, trim=4).video)
    after = frames_of(desk, shot(desk, b, frames=8).video)

    between = run_render_dissolve(call, desk)

    # THEN each step across it is about as large as the others
    film = before[-1:] + frames_of(desk, between.video) + after[:1]
    steps = [np.abs(x.astype(int) - y).mean() for x, y in itertools.pairwise(film)]
    assert between.frames == 4
    assert max(steps) < 2 * min(steps)


def test_a_clip_is_shown_from_its_start(desk: Desk) -> None:
    strip = shot(desk, Picture(photo=still(desk)), frames=20)
    clip = Clip(
        crop=(0, 0, WIDTH, HEIGHT), start=Fraction(1, 3), available=Fraction(1, 3), backdrop=False
    )

    made = shot(desk, Picture(clip=clip, source=strip.video), frames=5, kind="clip")

    wanted, seen = frames_of(desk, strip.video)[10], frames_of(desk, made.video)[0]
    assert np.abs(wanted.astype(int) - seen).mean() < 2


def test_a_shot_without_a_picture_is_refused(desk: Desk) -> None:
    with pytest.raises(StepError, match="neither photograph nor clip nor card"):
        shot(desk, Picture(), frames=4)


def test_an_end_card_can_be_held_for_any_time_without_a_pulse(desk: Desk) -> None:
    call = RenderEnd(**SIZE, card=card(desk))
    end = run_render_end(call, desk)
    foreseen = render_end.predict(call)
    assert end.intro_frames == foreseen.intro_frames
    assert [h.frames for h in end.holds] == [h.frames for h in foreseen.holds] == list(STANDING)

    timeline = Timeline(fps=FPS, segments=(), end_start=0, hold=75, frames=end.intro_frames + 75)
    film = run_join(Join(**SIZE, strips=(), end=end, timeline=timeline, sound=None), desk)

    pictures = frames_of(desk, film.video)
    assert len(pictures) == timeline.frames
    settled = pictures[end.intro_frames - 5 :]
    errors = [((a.astype(float) - b) ** 2).mean() for a, b in itertools.pairwise(settled)]
    assert 10 * np.log10(255**2 / max(*errors, 1e-9)) > 45


@pytest.mark.parametrize("hold", [0, 1, 15, 127, 128, 900])
def test_a_hold_is_a_sum_of_standing_strips(hold: int) -> None:
    asset = Asset(sha256="a", size=1, media_type="video/mp4")
    lengths = {f"h{n}": n for n in STANDING}
    holds = tuple(
        Hold(frames=n, video=Asset(sha256=f"h{n}", size=1, media_type="video/mp4"))
        for n in STANDING
    )
    end = EndStrip(intro=asset, intro_frames=9, holds=holds)

    chosen = end.strips(hold)

    assert chosen[0] == asset
    assert sum(lengths[strip.sha256] for strip in chosen[1:]) == hold


def test_the_end_card_takes_up_what_remains(desk: Desk) -> None:
    call = LayOut(fps=FPS, target_frames=300, frames=(90, 100), intro_frames=40)

    timeline = run_lay_out(call, desk)

    assert timeline == lay_out.predict(call)
    assert [(s.start, s.frames) for s in timeline.segments] == [(0, 90), (90, 100)]
    assert (timeline.end_start, timeline.hold, timeline.frames) == (190, 70, 300)


def test_a_film_that_became_too_long_still_shows_its_end(desk: Desk) -> None:
    call = LayOut(fps=FPS, target_frames=100, frames=(200,), intro_frames=40)

    timeline = run_lay_out(call, desk)

    assert timeline.hold == MIN_HOLD
    assert timeline.frames == 240 + MIN_HOLD


def test_a_film_says_what_it_is(desk: Desk) -> None:
    end = run_render_end(RenderEnd(**SIZE, card=card(desk)), desk)
    strip = shot(desk, Picture(photo=still(desk)), frames=7)
    frames = 7 + end.intro_frames + 3
    timeline = Timeline(fps=FPS, segments=(), end_start=7, hold=3, frames=frames)
    call = Join(**SIZE, strips=(strip,), end=end, timeline=timeline, sound=None)

    film = run_join(call, desk)

    assert film.facts == join.predict(call).facts
    assert Film.model_validate_json(film.model_dump_json()) == film
    assert len(frames_of(desk, film.video)) == film.facts.frames == frames
    assert film.facts.duration == Fraction(frames, 30)


class Promised:
    name = "a step"

    def wait(self) -> Any:
        yield


def visual(kind: Any, seed: int) -> Visual:
    asset = Asset(sha256="c" * 64, size=1, media_type="video/mp4")
    source = Source(name="a.mp4", asset=asset, facts=MediaFacts(kind="video"))
    return Visual(kind=kind, picture=Handle(Promised()), source=source, seed=seed)


def asked(kind: str, seed: int) -> Step[Strip]:
    frames: Handle[int] = Handle(Promised(), ("frames",))
    return render_shot(visual(kind, seed), sheet=None, frames=frames, trim_end=0, **SIZE)


def test_a_seed_counts_only_where_it_moves_something() -> None:
    assert asked("photo", 1).params != asked("photo", 2).params
    assert asked("card", 1).params == asked("card", 2).params
    assert asked("clip", 1).params == asked("clip", 2).params


def test_a_clip_is_known_by_its_content_and_not_by_its_name() -> None:
    assert asked("clip", 1).inputs["picture"]["source"] == visual("clip", 1).source.asset
    assert asked("photo", 1).inputs["picture"]["source"] is None
