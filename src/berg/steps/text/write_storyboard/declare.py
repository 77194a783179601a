"""text.write_storyboard: a script cut into shots, each with what it shows and how fast it goes."""

from collections.abc import Sequence

from berg.schema.brief import Brief
from berg.schema.handle import Handle
from berg.schema.needs import LIGHT
from berg.schema.step import Step, StepKind, Work
from berg.schema.storyboard import Storyboard
from berg.steps.text.write_storyboard.board import make_board
from berg.steps.text.write_storyboard.script import (
    Scripted,
    WriteStoryboard,
    scripted_fields,
)

WRITE_STORYBOARD = StepKind(
    capability="text.write_storyboard",
    version=4,
    call=WriteStoryboard,
    out=Storyboard,
    predict=make_board,
    work=lambda call: Work(amount=len(call.script), unit="languages"),
    seconds_per_unit=0.005,
    needs=LIGHT,
    reproducible="bits",
    called="storyboard",
    sense="none",
)
"""Cheap enough that predicting it is doing it, so a rehearsal knows every shot."""


def write_storyboard(
    ask: Scripted,
    brief: Brief,
    *,
    likes: Handle[tuple[tuple[int, ...], ...]] | None = None,
    faces: Sequence[int | Handle[int]] = (),
    striking: Sequence[int | Handle[int]] = (),
) -> Step[Storyboard]:
    """A step that cuts a script into shots and chooses what each of them shows.

    `likes` is what each piece of footage is worth to each shot by meaning; `faces` and `striking`
    are what was seen in each piece.
    """
    fields = scripted_fields(ask, languages=brief.languages, seed=brief.seed)
    if likes is not None:
        fields |= {"likes": likes, "faces": faces, "striking": striking}
    return WRITE_STORYBOARD(**fields)
