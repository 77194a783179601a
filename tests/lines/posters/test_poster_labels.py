"""A poster's visible label and what is said of it go by the poster's own picture and words."""

from pathlib import Path
from typing import Any

import pytest

from berg.engine.interface import JobSpec
from berg.engine.rehearsal import Line
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.line import posters
from berg.lines.posters.nouns import Layout, Size
from berg.lines.posters.steps import SET_TYPE
from berg.schema.brief import Brand, Brief
from berg.schema.do import Do
from berg.schema.layer import ALL_FREE
from berg.schema.marking import Marks, Profile
from berg.schema.promised import Promised
from berg.schema.step import Out, StepKind
from berg.steps import text
from berg.steps.text import Writing
from berg.steps.type import SET_LABEL
from berg.store import Store
from tests.lines.doubles import Walked, rehearse, walk
from tests.lines.posters.test_posters import answering as posters_answering
from tests.lines.posters.test_posters import ask_of, photo

SAYS = {"en": "AI picture"}
PROFILE = Profile(name="any", texts=SAYS)
OWN = photo("own.png")
GENERATED = photo("generated.png").model_copy(update={"aigc": '{"Label": "1"}'})


def one_of_each(**more: Any) -> PostersAsk:
    """A poster of one's own photograph and one of a generated, in the same words."""
    told: dict[str, Any] = {
        "headlines": {"en": ("One",)},
        "pictures": (OWN, GENERATED),
        "sizes": (Size(name="540x540", width=540, height=540),),
        "layouts": (Layout(name="grid"),),
        "schemes": ("dark",),
        "variants": 2,
    }
    return ask_of(**told | more)


def line_of(ask: PostersAsk) -> Line:
    marks = Marks(profile=PROFILE, watermark=False)
    brand = Brand(name="Tidewater")
    brief = Brief(title="Any", slug="any", languages=("en",), brand=brand, make=(ask,), marks=marks)

    async def line(do: Do) -> None:
        await posters(do, ask, brief)

    return line


def answering(spec: JobSpec, store: Store) -> Out | None:
    kinds: list[StepKind[..., Any, Any]] = [SET_LABEL]
    kinds += [kind for kind in vars(text).values() if isinstance(kind, StepKind)]
    for kind in kinds:
        if spec.runner == kind.runner:
            call = kind.calls.read(spec.params, spec.inputs)
            foreseen: Out = kind.predict(call)
            return foreseen
    return posters_answering()(spec, store)


def made(home: Path, ask: PostersAsk) -> Walked:
    return walk(home, line_of(ask), answering)


def by_picture(walked: Walked) -> dict[str, Promised]:
    return {
        promised.facts["picture"]: promised
        for promised in walked.driver.promised
        if isinstance(promised.facts, dict) and "picture" in promised.facts
    }


def has_label(walked: Walked, promised: Promised) -> bool:
    """Whether the label's sheet is among what the poster is composed of."""
    step = walked.driver.steps[promised.asset.promise.name].step
    return step.inputs["label"] is not None


def test_only_the_poster_of_a_generated_picture_is_labelled_and_says_so(tmp_path: Path) -> None:
    walked = made(tmp_path, one_of_each())
    own, generated = (by_picture(walked)[source.name] for source in (OWN, GENERATED))
    assert (own.origin.label, own.origin.generated) == (None, ())
    assert (generated.origin.label, generated.origin.generated) == ("AI picture", ("picture",))
    assert not has_label(walked, own)
    assert has_label(walked, generated)


def test_type_makes_room_for_a_label_only_where_there_is_one(tmp_path: Path) -> None:
    walked = made(tmp_path, one_of_each())
    free = {
        name: step.step.params.clear == ALL_FREE
        for name, step in walked.driver.steps.items()
        if "/type/" in name and step.step.kind is SET_TYPE
    }
    assert sorted(free.values()) == [False, True]
    assert all(free[name] != name.endswith("-labelled") for name in free)


def test_a_sheet_says_what_is_true_of_any_poster_on_it(tmp_path: Path) -> None:
    walked = made(tmp_path, one_of_each())
    (sheet,) = [p for p in walked.driver.promised if p.path == "posters/sheet-en.jpg"]
    assert (sheet.origin.label, sheet.origin.generated) == ("AI picture", ("picture",))


def test_other_formats_say_the_same_as_the_first(tmp_path: Path) -> None:
    walked = made(tmp_path, one_of_each(formats=("png", "webp")))
    said = {
        (promised.path.rpartition(".")[0], promised.origin.label)
        for promised in walked.driver.promised
        if promised.path.endswith((".png", ".webp"))
    }
    assert sorted(label or "" for _, label in said) == ["", "AI picture"]


def test_paper_is_labelled_by_its_own_picture_as_well(tmp_path: Path) -> None:
    paper = (Size(name="A6", width=1240, height=1748, paper_mm=(105, 148)),)
    ask = one_of_each().model_copy(update={"sizes": paper})
    walked = made(tmp_path, ask)
    own, generated = (by_picture(walked)[source.name] for source in (OWN, GENERATED))
    assert not has_label(walked, own)
    assert has_label(walked, generated)
    labels = {p.origin.label for p in walked.driver.promised if p.path.endswith(".jpg")}
    assert labels == {None, "AI picture"}


def test_a_label_is_set_once_a_size_and_foreseen_as_it_is_made(tmp_path: Path) -> None:
    ask = one_of_each(schemes=("dark", "light"), variants=4)
    foreseen = rehearse(tmp_path, line_of(ask))
    walked = made(tmp_path, ask)
    assert sum("/label/" in name for name in walked.names) == 1
    assert {step.name for step in foreseen.steps} == walked.names


def test_words_that_a_model_wrote_label_every_poster(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="headlines are foreseen only where they can be written")
    ask = one_of_each(headlines={}, writing=Writing(count=1))
    walked = made(tmp_path, ask)
    own, generated = (by_picture(walked)[source.name] for source in (OWN, GENERATED))
    assert own.origin.generated == ("text",)
    assert generated.origin.generated == ("text", "picture")
    assert has_label(walked, own)
    assert has_label(walked, generated)


def test_where_no_picture_is_generated_nothing_is_labelled(tmp_path: Path) -> None:
    walked = made(tmp_path, one_of_each(pictures=(OWN, photo("more.png"))))
    assert {promised.origin.label for promised in walked.driver.promised} == {None}
    assert not any("/label/" in name for name in walked.names)
