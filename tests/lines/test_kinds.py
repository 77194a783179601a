"""Lines as nouns: found by their folder, held to what they declare; what their rows hang on."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import pytest

from berg.brief import read_brief
from berg.brief.forms import Whole
from berg.errors import BriefError, LineError
from berg.lines.asked import line_of
from berg.lines.kinds import AnyKind, built_in
from berg.lines.names import FIRST, folder_names
from berg.lines.short.ask import ShortAsk
from berg.lines.short.kind import SHORT
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief, Table
from berg.service._rows_ask import base_of
from tests.brief.parts import adopt, short_with

TABLE = Table(
    source=Asset(sha256="0" * 64, size=1, media_type="text/csv"),
    name="people.csv",
    format="csv",
    columns=("id", "name"),
)
ASK = ShortAsk(script={"en": "Hi {name}."}, voice={"en": "af_heart"}, each=TABLE)
BRIEF = Brief(
    title="Any", slug="any", languages=("en",), brand=Brand(name="Tidewater"), make=(ASK,)
)


def test_every_folder_of_a_line_holds_one_kind_and_the_first_two_lead() -> None:
    assert tuple(kind.key for kind in built_in()) == folder_names()
    assert folder_names()[:2] == FIRST


@pytest.mark.parametrize("kind", built_in(), ids=lambda kind: kind.key)
def test_a_line_says_what_it_is(kind: AnyKind) -> None:
    assert kind.about
    assert kind.guide
    assert kind.section is not None
    assert len({step.capability for step in kind.steps}) == len(kind.steps)


def digest(kind: AnyKind = SHORT, *, brief: Brief = BRIEF, ask: Any = ASK, salt: str = "") -> str:
    def weight_digest(name: str) -> str:
        return f"{name}{salt if name == 'kokoro-af_heart' else ''}"

    return base_of(ask, brief, kind=kind, weight_digest=weight_digest, signer="me")


def test_rows_hang_on_their_own_lines_steps_and_weights_and_on_nothing_else() -> None:
    first, *rest = SHORT.steps
    changed = replace(SHORT, steps=(replace(first, version=first.version + 1), *rest))
    assert digest(changed) != digest()
    assert digest(replace(SHORT, version=SHORT.version + 1)) != digest()
    assert digest(salt="another voice file") != digest()
    assert digest(ask=ASK.model_copy(update={"seconds": 31})) != digest()
    other = BRIEF.model_copy(update={"make": (*BRIEF.make, ASK.model_copy(update={"name": "b"}))})
    assert digest(brief=other) == digest(), "another ask of the brief"
    assert digest(replace(SHORT, about="said otherwise")) == digest()


def test_rows_hang_on_no_option_that_stands_at_its_default() -> None:
    class More(ShortAsk):
        """As a later version has it."""

        sparkle: bool = False

    assert digest(ask=More(**dict(ASK))) == digest()
    assert digest(ask=More(**{**dict(ASK), "sparkle": True})) != digest()


class Sparkling(ShortAsk):
    """A short with one option more: all that it takes is its field."""

    sparkle: Annotated[int, Whole(low=0, high=9)] = 0


def test_an_option_more_is_a_field_more(tmp_path: Path) -> None:
    kinds = (replace(SHORT, ask=Sparkling),)
    path = tmp_path / "brief.yaml"
    path.write_text(short_with("sparkle: 3"))
    (ask,) = read_brief(path, kinds=kinds, adopt=adopt).make
    assert ask == Sparkling(script=ask.script, voice=ask.voice, sparkle=3)
    path.write_text(short_with("sparkle: 12"))
    with pytest.raises(BriefError, match=r"6:16: .*sparkle: \"12\" is not .* from 0 to 9"):
        read_brief(path, kinds=kinds, adopt=adopt)


class Door:
    """A `Do` that notes nothing and gives nothing."""

    def __call__(self, step: Any, *, name: str) -> Any:
        raise AssertionError(f"{name} got through")


@pytest.mark.parametrize(
    ("less", "said"),
    [
        (lambda: replace(SHORT, steps=SHORT.steps[1:]), "text.write_storyboard, which its steps"),
        (lambda: replace(SHORT, steps=()), "which its steps don't list"),
    ],
)
def test_a_line_may_ask_for_nothing_that_it_does_not_declare(
    less: Callable[[], AnyKind], said: str
) -> None:
    line = line_of(less(), ASK, BRIEF, {})
    with pytest.raises(LineError, match=said):
        asyncio.run(line(Door()))  # type: ignore[arg-type]
