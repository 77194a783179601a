import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import pytest
from PIL import Image

from berg.media.video.layers import Deck
from berg.media.video.pixels import to_rgb
from berg.media.video.scenes import paint_ground
from berg.schema.asset import Asset
from berg.schema.brief import Brand
from berg.schema.layer import Clear
from berg.schema.step import Step
from berg.schema.timeline import Segment, Timeline
from berg.steps.speech import LEAD_FRAMES, SAMPLE_RATE, Word
from berg.steps.type import (
    Captions,
    Card,
    Cue,
    draw_code,
    fonts_of,
    set_captions,
    set_card,
    set_end_card,
    set_label,
    write_subtitles,
)
from berg.steps.type.captions.run import captions as run_captions
from berg.steps.type.card.run import card as run_card
from berg.steps.type.code.run import code as run_code
from berg.steps.type.end_card.run import end_card as run_end_card
from berg.steps.type.label.run import label as run_label
from berg.steps.type.subtitles.run import subtitles as run_subtitles
from berg.steps.video import Visual, render_poster
from berg.steps.video.render_poster.run import render_poster as run_poster

BRAND = Brand(name="Tidewater")
FPS = Fraction(30)


@dataclass
class Bench:
    """A step's context over a folder."""

    scratch: Path
    weights: Mapping[str, Path] = field(default_factory=dict)
    seed: int = 0
    session: Any = None

    def path(self, asset: Asset) -> Path:
        return self.scratch / asset.sha256

    def put(self, path: Path, media_type: str) -> Asset:
        return self.put_bytes(path.read_bytes(), media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        name = hashlib.sha256(data).hexdigest()
        (self.scratch / name).write_bytes(data)
        return Asset(sha256=name, size=len(data), media_type=media_type)

    def progress(self, done: float) -> None:
        pass


def words(text: str = "Before the harbour wakes, we roast.") -> tuple[Word, ...]:
    each = SAMPLE_RATE // 4
    return tuple(
        Word(text=part, space=True, start=i * each, end=(i + 1) * each)
        for i, part in enumerate(text.split())
    )


def frames(said: tuple[Word, ...]) -> int:
    return LEAD_FRAMES + -(-said[-1].end * 30 // SAMPLE_RATE) + 12 if said else 30


def captions(said: Any, count: Any, **changes: Any) -> Step[Captions]:
    told = {
        "language": "en", "mode": "word", "drawn": True, "look": "outline", "width": 270,
        "height": 480, "fps": FPS, "brand": BRAND,
    }  # fmt: skip
    return set_captions(said, count, **(told | changes))


@pytest.fixture
def bench(tmp_path: Path, weights: Callable[[str], Path]) -> Bench:
    return Bench(tmp_path, {name: weights(name) for name in fonts_of(BRAND)})


def call_of(step: Step[Any]) -> Any:
    return step.kind.call_of(step.params, step.inputs)


def test_cues_are_foreseen_exactly_and_lie_within_a_frame_of_the_words(bench: Bench) -> None:
    said = words()
    step = captions(said, frames(said))
    made = run_captions(call_of(step), bench)
    assert made.cues == step.kind.predict(call_of(step)).cues
    assert made.cues[0].first == LEAD_FRAMES + said[0].start
    assert made.sheet is not None
    starts = {layer.first for layer in made.sheet.layers}
    for word in said:
        exact = LEAD_FRAMES + Fraction(word.start, SAMPLE_RATE) * FPS
        assert min(abs(first - exact) for first in starts) <= 1


@pytest.mark.parametrize("changes", [{"drawn": False}, {"mode": "none"}])
def test_undrawn_captions_have_cues_and_need_no_fonts(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    said = words()
    step = captions(said, frames(said), **changes)
    assert step.weights == ()
    made = run_captions(call_of(step), Bench(tmp_path))
    assert made.sheet is None
    assert made.cues


def test_a_shot_without_words_has_neither_sheet_nor_cues(bench: Bench) -> None:
    step = captions((), 30)
    assert run_captions(call_of(step), bench) == Captions(sheet=None, cues=())


def test_renaming_the_brand_sets_no_caption_again() -> None:
    renamed = BRAND.model_copy(update={"name": "Harbour"})
    assert captions(words(), 90).params == captions(words(), 90, brand=renamed).params


def test_a_cards_entrance_is_foreseen_exactly(bench: Bench) -> None:
    said = words()
    step = set_card(
        said, frames(said), language="en", seed=2, width=270, height=480, fps=FPS, brand=BRAND
    )
    bench.seed = step.seed
    made = run_card(call_of(step), bench)
    assert isinstance(made, Card)
    assert made.entrance == step.kind.predict(call_of(step)).entrance


def test_an_end_cards_entrance_is_foreseen_exactly(bench: Bench) -> None:
    step = set_end_card(
        brand=BRAND, line="港口 a.example", language="zh", width=270, height=480, fps=FPS
    )
    made = run_end_card(call_of(step), bench)
    assert made.entrance == step.kind.predict(call_of(step)).entrance
    assert made.sheet.layers


@pytest.mark.parametrize(
    "palette", [BRAND.palette, ("#FFF4E0", "#C8102E", "#0B3954"), ("#777777",)]
)
@pytest.mark.parametrize("size", [(540, 960), (540, 540), (960, 540)])
def test_an_end_cards_code_can_be_scanned(
    bench: Bench, size: tuple[int, int], palette: tuple[str, ...]
) -> None:
    address = "https://tidewater.example/order?from=film"
    code = run_code(call_of(draw_code(text=address)), bench)
    step = set_end_card(
        brand=Brand(name="Tidewater", palette=palette), line="Order now", language="en",
        width=size[0], height=size[1], fps=FPS, code=code.image,
    )  # fmt: skip
    card = run_end_card(call_of(step), bench)
    onto = paint_ground(card.ground, width=size[0], height=size[1])
    Deck(bench.path(card.sheet.image), card.sheet.layers).blend(card.entrance + 1, onto)
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(to_rgb(onto))
    assert found == address


def test_a_poster_frame_has_all_words_of_a_card_whole(bench: Bench) -> None:
    said = words()
    told: Any = {"width": 270, "height": 480, "fps": FPS}
    step = set_card(said, frames(said), language="en", seed=1, brand=BRAND, **told)
    card = run_card(call_of(step), bench)
    visual = Visual(kind="card", picture=cast(Any, card), source=None, seed=1)
    poster = render_poster(visual, title=None, label=None, frame=2, mark=None, **told)
    made = run_poster(call_of(poster), bench)
    onto = paint_ground(card.ground, width=270, height=480)
    Deck(bench.path(card.sheet.image), card.sheet.layers).blend(card.entrance + 1, onto)
    with Image.open(bench.path(made.image)) as image:
        seen = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(seen - to_rgb(onto)).mean() < 2
    bare = paint_ground(card.ground, width=270, height=480)
    assert np.abs(seen - to_rgb(bare)).mean() > 8


def test_cues_move_to_their_shots_places_in_the_film(tmp_path: Path) -> None:
    timeline = Timeline(
        fps=FPS, end_start=120, hold=30, frames=180,
        segments=(Segment(start=0, frames=60), Segment(start=60, frames=60)),
    )  # fmt: skip
    cues = ((Cue(text="one", first=3, end=30),), (Cue(text="<two>", first=3, end=45),))
    step = write_subtitles(timeline=timeline, cues=cues)
    bench = Bench(tmp_path)
    made = run_subtitles(call_of(step), bench)
    assert bench.path(made.srt).read_text() == (
        "1\n00:00:00,100 --> 00:00:01,000\none\n\n2\n00:00:02,100 --> 00:00:03,500\n<two>\n"
    )
    assert "00:00:02.100 --> 00:00:03.500\n&lt;two&gt;" in bench.path(made.vtt).read_text()


def test_subtitles_say_how_the_film_was_made(tmp_path: Path) -> None:
    timeline = Timeline(
        fps=FPS, end_start=60, hold=30, frames=150, segments=(Segment(start=0, frames=60),)
    )
    cues = ((Cue(text="one", first=3, end=30),),)
    step = write_subtitles(timeline=timeline, cues=cues, label="AI-generated")
    bench = Bench(tmp_path)
    made = run_subtitles(call_of(step), bench)
    assert (
        bench.path(made.srt)
        .read_text()
        .endswith("\n2\n00:00:02,000 --> 00:00:05,000\nAI-generated\n")
    )
    assert (
        bench.path(made.vtt).read_text().endswith("\n00:00:02.000 --> 00:00:05.000\nAI-generated\n")
    )


@pytest.mark.parametrize("place", ["top-left", "bottom-right"])
def test_a_labels_place_is_foreseen(bench: Bench, place: Any) -> None:
    step = set_label(
        "AI生成", language="zh", place=place, height_thousandths=54, width=270, height=480,
        brand=BRAND,
    )  # fmt: skip
    made = run_label(call_of(step), bench)
    (layer,) = made.sheet.layers
    (foreseen,) = step.kind.predict(call_of(step)).sheet.layers
    assert (layer.top, layer.height) == (foreseen.top, foreseen.height)
    assert layer.width <= foreseen.width + 2
    assert bench.path(made.sheet.image).read_bytes().startswith(b"\x89PNG")


def test_a_label_hangs_on_neither_palette_nor_name() -> None:
    def keyed(brand: Brand) -> Any:
        asked = {"place": "top-left", "height_thousandths": 54, "width": 270, "height": 480}
        return set_label("AI生成", language="zh", **asked, brand=brand).params

    assert keyed(BRAND) == keyed(Brand(name="Other", palette=("#000000",)))


def test_a_label_at_the_top_sets_no_caption_again_and_one_at_the_foot_does() -> None:
    said = words()
    plain = captions(said, frames(said)).params
    assert captions(said, frames(said), clear=Clear(top=40)).params == plain
    assert captions(said, frames(said), clear=Clear(bottom=40)).params != plain
