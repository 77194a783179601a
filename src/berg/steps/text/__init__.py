"""text.*: a script made into a storyboard; headlines written by a language model."""

from berg.steps.text.generate.declare import GENERATE, Headlines, Writing, write_headlines
from berg.steps.text.liken_pictures.declare import (
    LIKEN_PICTURES,
    LIKENED_BY,
    Likeness,
    liken_pictures,
)
from berg.steps.text.write_storyboard.declare import WRITE_STORYBOARD, write_storyboard

__all__ = [
    "GENERATE",
    "LIKENED_BY",
    "LIKEN_PICTURES",
    "WRITE_STORYBOARD",
    "Headlines",
    "Likeness",
    "Writing",
    "liken_pictures",
    "write_headlines",
    "write_storyboard",
]
