"""text.*: a script made into a storyboard; headlines written by a language model."""

from berg.steps.text.generate.declare import GENERATE, Headlines, Writing, write_headlines
from berg.steps.text.write_storyboard.declare import WRITE_STORYBOARD, write_storyboard

__all__ = [
    "GENERATE",
    "WRITE_STORYBOARD",
    "Headlines",
    "Writing",
    "write_headlines",
    "write_storyboard",
]
