"""The short's line: what is rehearsed is what runs, whatever the steps turn out to give."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from berg.brief import read_brief
from berg.engine.interface import JobSpec
from berg.engine.rehearsal import Line
from berg.lines.kinds import built_in
from berg.lines.short.ask import ShortAsk
from berg.lines.short.line import short
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief
from berg.schema.do import Do
from berg.schema.overlay import Overlays, Strap
from berg.schema.step import Out, StepKind
from berg.schema.storyboard import Storyboard
from berg.steps import audio, image, speech, text, video
from berg.steps import type as type_
from berg.steps.speech.nouns import frames_of
from berg.steps.text.write_storyboard.board import make_board
from berg.steps.text.write_storyboard.script import scripted
from berg.store import Store
from tests.lines.briefs import briefs, photo
from tests.lines.doubles import rehearse, small_home, walk
from tests.service.film import write_brief

KINDS = {
    kind.runner: kind
    for module in (audio, image, speech, text, type_, video)
    for kind in vars(module).values()
    if isinstance(kind, StepKind)
}


def line_of(brief: Brief, board: Storyboard | None = None) -> Line:
    async def line(do: Do) -> None:
        for ask in brief.make:
            await short(do, ask, brief, board)

    return line


def otherwise(seed: int) -> Any:
    """Answers that are of the right type, and other than foreseen: longer voices, other bytes."""

    def answer(spec: JobSpec, store: Store) -> Out:
        kind = KINDS[spec.runner]
        call = kind.calls.read(spec.params, spec.inputs)
        out = kind.predict(call)
        if isinstance(out, speech.Voice):
            chance = random.Random(f"{seed} {call.text}")  # type: ignore[attr-defined]
            out = _said_otherwise(out, call.fps, chance)  # type: ignore[attr-defined]
        return _made(out, f"{seed} {spec.name}", store)

    return answer


def _said_otherwise(voice: speech.Voice, fps: Any, chance: random.Random) -> speech.Voice:
    samples = max(2400, round(voice.samples * chance.uniform(0.4, 2.0)))
    words = tuple(
        word.model_copy(
            update={
                "start": word.start * samples // voice.samples,
                "end": word.end * samples // voice.samples,
            }
        )
        for word in voice.words
    )
    frames = voice.frames - frames_of(voice.samples, fps) + frames_of(samples, fps)
    return voice.model_copy(update={"samples": samples, "frames": frames, "words": words})


def _made(value: Any, what: str, store: Store) -> Any:
    """The same with every foreseen asset made, of bytes that nobody foresaw."""
    if isinstance(value, Asset):
        return store.put_bytes(what.encode(), value.media_type) if value.predicted else value
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        made = {name: _made(getattr(value, name), f"{what}.{name}", store) for name in fields}
        return value.model_copy(update=made)
    if isinstance(value, tuple):
        return tuple(_made(item, f"{what}.{n}", store) for n, item in enumerate(value))
    return value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(brief=briefs(), edited=st.booleans(), seed=st.integers(0, 1000))
def test_rehearsed_names_and_edges_are_those_of_the_run(
    tmp_path_factory: pytest.TempPathFactory, brief: Brief, edited: bool, seed: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    board = _edited(brief, seed) if edited else None
    foreseen = rehearse(home, line_of(brief, board))
    run = walk(home, line_of(brief, board), otherwise(seed))
    assert [step.name for step in foreseen.steps] == list(run.driver.steps)
    assert {(s.name, need) for s in foreseen.steps for need in s.needs} == run.edges
    assert foreseen.deliver_paths == run.delivered
    assert len(run.delivered) == 4 * len(brief.languages)
    event(f"dissolves: {sum(name.endswith('dissolve') for name in run.names)}")
    again = rehearse(home, line_of(brief, board))
    assert {step.state for step in again.steps} == {"cached"}


def _edited(brief: Brief, seed: int) -> Storyboard:
    """A storyboard as a person may hand it back: other pictures, other transitions."""
    (ask,) = brief.make
    board = make_board(scripted(ask, languages=brief.languages, seed=brief.seed))
    chance = random.Random(seed)
    shots = [
        shot.model_copy(
            update={
                "transition": chance.choice(("cut", "dissolve")),
                "overlays": Overlays(callout=dict.fromkeys(brief.languages, chance.choice("12"))),
            }
        )
        for shot in board.shots[1:]
    ]
    chance.shuffle(shots)
    return board.model_copy(update={"shots": (board.shots[0], *shots)})


def _retaken(take: int) -> Any:
    """Voices as foreseen but for their sound, and words a hair later; captions really set."""
    foreseen = otherwise(take)

    def answer(spec: JobSpec, store: Store) -> Out | None:
        kind = KINDS[spec.runner]
        if kind.capability.startswith("type."):
            return None
        if kind.capability != "speech.synthesize":
            return foreseen(spec, store)  # type: ignore[no-any-return]
        call = kind.calls.read(spec.params, spec.inputs)
        out = kind.predict(call)
        words = tuple(
            word.model_copy(update={"start": word.start + 20 * take * bool(n)})
            for n, word in enumerate(out.words)
        )
        return _made(out.model_copy(update={"words": words}), f"take {take} {spec.name}", store)  # type: ignore[no-any-return]

    return answer


def test_a_voice_retaken_at_the_same_length_encodes_no_picture_again(tmp_path: Path) -> None:
    home = small_home(tmp_path / "home")
    walk(home, line_of(_spoken_by("af_heart")), _retaken(0))
    again = walk(home, line_of(_spoken_by("af_bella")), _retaken(1))
    parts = {name.rpartition("/")[2] for name in again.ran}
    assert parts == {"storyboard", "voice", "captions", "sound", "film"}
    assert {name for name in again.ran if name.endswith("film")} == {"short/en/film"}


def _spoken_by(voice: str) -> Brief:
    ask = ShortAsk(
        width=64,
        height=114,
        script={"en": "The harbour sleeps.\n\nWe roast before dawn."},
        voice={"en": voice},
        captions="sentence",
        footage=(photo("a.png"), photo("b.png")),
    )
    brand = Brand(name="Tidewater")
    return Brief(title="Any", slug="any", languages=("en",), brand=brand, make=(ask,))


def test_an_edited_strap_renders_its_own_shot_alone_in_its_language(tmp_path: Path) -> None:
    home = small_home(tmp_path / "home")
    script = {"en": "The harbour sleeps.\n\nWe roast.", "zh": "港口睡了。\n\n我们烘焙。"}
    ask = (
        _spoken_by("af_heart")
        .make[0]
        .model_copy(update={"script": script, "voice": {"en": "none", "zh": "none"}})
    )
    brief = _spoken_by("af_heart").model_copy(update={"make": (ask,), "languages": ("en", "zh")})
    board = make_board(scripted(ask, languages=brief.languages, seed=0))
    walk(home, line_of(brief, _strapped(board, {"en": "Mara", "zh": "马拉"})), otherwise(0))
    run = walk(
        home, line_of(brief, _strapped(board, {"en": "Mara Lind", "zh": "马拉"})), otherwise(1)
    )
    shot = f"short/en/shot/{board.shots[1].id}"
    assert set(run.ran) == {f"{shot}/overlays", f"{shot}/film", "short/en/film"}


def _strapped(board: Storyboard, who: dict[str, str]) -> Storyboard:
    first, second = board.shots
    named = second.model_copy(update={"overlays": Overlays(strap=Strap(who=who))})
    return board.model_copy(update={"shots": (first, named)})


REAL = {
    "cards and no captions": {"photos": (), "captions": "none"},
    "a dissolve, music, words": {"script": ("Cold.", "", "Hot."), "music": True},
    "one photograph, two languages": {
        "photos": ("a",),
        "script": {"en": ("Cold.", "Hot."), "zh": ("冷。", "热。")},
        "captions": "sentence",
    },
}


@pytest.mark.parametrize("shape", REAL)
def test_a_real_film_has_the_steps_that_were_rehearsed(tmp_path: Path, shape: str) -> None:
    home = small_home(tmp_path / "home")
    brief = write_brief(tmp_path, size="64x114", seconds=8, **REAL[shape])
    with Store(home) as store:
        line = line_of(read_brief(brief, kinds=built_in(), adopt=store.adopt))
    foreseen = rehearse(home, line)
    run = walk(home, line, None)
    assert [step.name for step in foreseen.steps] == list(run.driver.steps)
    assert {(s.name, need) for s in foreseen.steps for need in s.needs} == run.edges
    assert {step.ending for step in run.driver.steps.values()} <= {"ran", "cached"}
