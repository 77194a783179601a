"""The work of text.write_storyboard: the same pure code that predicts it."""

from berg.schema.context import Context
from berg.schema.storyboard import Storyboard
from berg.steps.text.write_storyboard.board import make_board
from berg.steps.text.write_storyboard.script import WriteStoryboard


def write_storyboard(call: WriteStoryboard, ctx: Context) -> Storyboard:
    """The storyboard of a script."""
    return make_board(call)
