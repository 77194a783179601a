"""Writing storyboards: the same pure code by which they are predicted."""

from berg.schema.context import Context
from berg.schema.step import NoInputs
from berg.schema.storyboard import Storyboard
from berg.steps.text.board import make_board
from berg.steps.text.declare import WriteStoryboardParams


def write_storyboard(params: WriteStoryboardParams, inputs: NoInputs, ctx: Context) -> Storyboard:
    """The storyboard of a script."""
    return make_board(params.ask, languages=params.languages, seed=params.seed)
