"""text.*: a script made into a storyboard; headlines written by a language model."""

from berg.schema.brief import Brief
from berg.schema.needs import LIGHT
from berg.schema.step import NoInputs, Step, StepKind, Work
from berg.schema.storyboard import Storyboard
from berg.steps.text.board import make_board
from berg.steps.text.generate import (
    GENERATE,
    GenerateInputs,
    GenerateParams,
    Headlines,
    write_headlines,
)
from berg.steps.text.script import (
    Scripted,
    WriteStoryboardParams,
    former_params,
    storyboard_params,
)

__all__ = [
    "GENERATE",
    "WRITE_STORYBOARD",
    "GenerateInputs",
    "GenerateParams",
    "Headlines",
    "WriteStoryboardParams",
    "write_headlines",
    "write_storyboard",
]


WRITE_STORYBOARD: StepKind[WriteStoryboardParams, NoInputs, Storyboard] = StepKind(
    capability="text.write_storyboard",
    version=1,
    params=WriteStoryboardParams,
    inputs=NoInputs,
    out=Storyboard,
    runner="berg.steps.text.run:write_storyboard",
    predict=lambda params, inputs: make_board(params),
    work=lambda params, inputs: Work(amount=len(params.script), unit="languages"),
    seconds_per_unit=0.005,
    needs=LIGHT,
    reproducible="bits",
    called="storyboard",
    sense="none",
)
"""Cheap enough that predicting it is doing it, so a rehearsal knows every shot."""


def write_storyboard(ask: Scripted, brief: Brief) -> Step[Storyboard]:
    """A step that cuts a script into shots and chooses what each of them shows."""
    languages, seed = brief.languages, brief.seed
    return WRITE_STORYBOARD.step(
        params=storyboard_params(ask, languages=languages, seed=seed),
        former=lambda: former_params(ask, languages=languages, seed=seed),
    )
