"""Overlays can be read, are on no face, leave captions and label their room, and go in time."""

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import pytest

from berg.media.type.captions import CaptionStyle, set_pages
from berg.media.type.colour import READABLE, contrast, scheme_on
from berg.media.type.figures import Value, bullets, chart
from berg.media.type.overlays import OverlayStage, callout, said_from, strap
from berg.media.type.place import faces_of, touch
from berg.media.type.safe import Box, safe_box
from berg.media.type.setter import Setter
from berg.media.type.sheet import Cut, make_sheet
from berg.media.type.words import TimedWord
from berg.schema.layer import Clear, Layer, Taken, View
from tests.media.type.stagehand import spoken

SIZES = [(270, 480), (270, 270), (480, 270)]
PALETTES = [("#16202A", "#E8B04A", "#F6F1E7"), ("#FFF4E0", "#C8102E", "#0B3954")]
FACE = Taken(left=340, top=230, width=240, height=200)
VALUES = [Value(name=n, value=Fraction(v), text=f"{v}%") for n, v in (("A", 12), ("B", 46))]
KINDS: dict[str, Callable[[OverlayStage], list[Cut]]] = {
    "strap": lambda stage: strap(stage, "Dr. Maximiliana Featherstone", "Head of Roasting"),
    "strap, zh": lambda stage: strap(stage, "林晓", None),
    "call-out": lambda stage: callout(stage, "4,90 €"),
    "list": lambda stage: bullets(stage, ["Pale", "Dark"]),
    "bars": lambda stage: chart(stage, "bar", VALUES),
    "line": lambda stage: chart(stage, "line", VALUES),
}


def staged(
    setter: Setter,
    size: tuple[int, int],
    *,
    palette: tuple[str, ...] = PALETTES[0],
    words: tuple[TimedWord, ...] = (),
    view: View | None = None,
    begin: int = 0,
) -> OverlayStage:
    return OverlayStage(
        width=size[0], height=size[1], fps=Fraction(30), language="en", family="Inter",
        scheme=scheme_on(palette[0], palette), setter=setter, words=words, brand="",
        clear=Clear(top=20), palette=palette, frames_all=150, view=view or View(), begin=begin,
        captioned=True,
    )  # fmt: skip


def drawn(stage: OverlayStage, kind: str) -> tuple[Layer, ...]:
    cuts = KINDS[kind](stage)
    size = {"width": stage.width, "height": stage.height}
    return make_sheet(cuts, setter=stage.setter, language="en", **size)[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_stands_in_its_room_on_no_face_and_goes_in_time(
    typesetter: Setter, kind: str, size: tuple[int, int]
) -> None:
    stage = staged(typesetter, size, view=View(faces=(FACE,)))
    safe, room = safe_box(*size), stage.field
    assert room.top >= safe.top + 20
    assert room.bottom < safe.bottom - 0.15 * min(size)
    cuts = KINDS[kind](stage)
    (taken,) = stage.taken or (None,)
    if taken is None:
        assert not cuts
        return
    air = stage.share(16)
    assert room.left <= taken.left + air
    assert taken.right - air <= room.right
    assert room.top <= taken.top + air
    assert taken.bottom - air <= room.bottom
    (core,) = faces_of(stage.view, width=size[0], height=size[1], closely=True)
    bare = Box(
        left=taken.left + air, top=taken.top + air, width=taken.width - 2 * air,
        height=taken.height - 2 * air,
    )  # fmt: skip
    assert core.width >= size[0] * 0.17
    assert not touch(bare, core)
    assert all(cut.end is not None and cut.end <= 140 and cut.first < cut.end for cut in cuts)


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_picture_without_faces_every_kind_finds_its_place(
    typesetter: Setter, kind: str
) -> None:
    for size in SIZES:
        assert drawn(staged(typesetter, size), kind)


@pytest.mark.parametrize("palette", PALETTES)
def test_its_colours_are_the_brands_and_can_be_read(
    typesetter: Setter, palette: tuple[str, ...]
) -> None:
    stage = staged(typesetter, SIZES[0], palette=palette)
    assert {stage.plate, stage.ink, stage.accent} <= set(palette)
    assert contrast(stage.ink, stage.plate) >= READABLE


def test_a_list_comes_with_the_voice(typesetter: Setter) -> None:
    words = spoken("We bring pale roast and then dark roast", each=12)
    stage = staged(typesetter, SIZES[1], words=words)
    panel, pale, dark = bullets(stage, ["Pale roast", "Dark roast"])
    assert panel.first == 0
    assert (pale.first, dark.first) == (words[2].first - 3, words[6].first - 3)


def test_a_call_out_comes_with_its_number_and_never_before_the_title_has_gone(
    typesetter: Setter,
) -> None:
    words = spoken("A cup is 4,90 today", each=12)
    (cut,) = callout(staged(typesetter, SIZES[0], words=words), "4,90 €")
    assert cut.first == words[3].first - 3
    (late,) = callout(staged(typesetter, SIZES[0], words=words, begin=80), "4,90 €")
    assert late.first == 80
    assert said_from(staged(typesetter, SIZES[0], words=words), "Sunday") is None


def test_what_is_busy_is_left_free(typesetter: Setter) -> None:
    loud, calm = "ff" * 9, "00" * 9
    view = View(busy=(*[loud] * 8, *[calm] * 8))
    stage = staged(typesetter, SIZES[1], view=view)
    callout(stage, "46%")
    assert stage.taken[0].top + stage.share(16) >= SIZES[1][1] * 0.45


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", ["outline", "plate"])
def test_captions_of_two_lines_begin_below_its_room(
    typesetter: Setter, size: tuple[int, int], look: Literal["outline", "plate"]
) -> None:
    words = spoken("everybody in this whole little town by the sea", each=12)
    stage = staged(typesetter, size, words=words)
    style = CaptionStyle(
        mode="sentence", look=look, language="en", family="Inter", palette=PALETTES[0],
        width=size[0], height=size[1], fps=Fraction(30), clear=Clear(),
    )  # fmt: skip
    made = set_pages(words, style=style, frames=200, setter=typesetter)
    assert made is not None
    assert min(layer.top for layer in made[1]) >= stage.field.bottom - 0.02 * min(size)
