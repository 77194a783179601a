"""The work of text.*. Storyboards are written by the same pure code that predicts them."""

from berg.schema.context import Context
from berg.schema.step import NoInputs
from berg.schema.storyboard import Storyboard
from berg.steps.text.board import make_board
from berg.steps.text.generate_run import generate
from berg.steps.text.script import WriteStoryboardParams

__all__ = ["generate", "write_storyboard"]


def write_storyboard(params: WriteStoryboardParams, inputs: NoInputs, ctx: Context) -> Storyboard:
    """The storyboard of a script."""
    return make_board(params)
