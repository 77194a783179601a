"""Posters, declared."""

from collections.abc import Sequence

from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.line import posters
from berg.lines.posters.page import section
from berg.lines.posters.steps import COMPOSE, GROUND, PDF, SET_TYPE, SHEET, SUBJECT, TABLE
from berg.schema.brief import Brief
from berg.schema.choices import FALLBACK_FONTS
from berg.schema.line import LineKind
from berg.steps.text import GENERATE
from berg.steps.text.generate.models import knows
from berg.steps.type import SET_LABEL, fonts_of


def _weights(ask: PostersAsk, brief: Brief) -> Sequence[str]:
    writing = ask.writing
    writes = writing is not None and writing.file is None and knows(writing.model)
    return (*fonts_of(brief.brand), *((writing.model,) if writes and writing else ()))


POSTERS = LineKind(
    about="posters: variants of a few texts, pictures, layouts and sizes",
    ask=PostersAsk,
    line=posters,
    steps=(GENERATE, SUBJECT, GROUND, SET_TYPE, SET_LABEL, COMPOSE, PDF, SHEET, TABLE),
    weights=_weights,
    fonts=FALLBACK_FONTS,
    section=section,
    guide="docs/posters.md",
)
