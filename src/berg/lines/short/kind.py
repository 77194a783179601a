"""The narrated short, declared."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from berg.errors import BriefError, Fault
from berg.lines.short.ask import LATER, ShortAsk
from berg.lines.short.line import short
from berg.lines.short.page import section
from berg.lines.short.storyboard_read import read_storyboard
from berg.lines.short.storyboard_write import storyboard_to_yaml
from berg.schema.brief import Brief
from berg.schema.line import LineKind, Stage
from berg.schema.storyboard import Storyboard
from berg.steps.audio.declare import ANNOUNCE, MIX
from berg.steps.image.declare import POSTER_FRAME, PREPARE_PHOTO, SURVEY_CLIP
from berg.steps.speech.declare import SYNTHESIZE, TIME, may_open
from berg.steps.text.board import foresee, make_board
from berg.steps.text.declare import WRITE_STORYBOARD
from berg.steps.text.script import storyboard_params
from berg.steps.text.tempo import board_too_long, too_long, too_short
from berg.steps.type.brand_fonts import fonts_of
from berg.steps.type.declare import SET_CAPTIONS, SET_CARD, SET_END_CARD
from berg.steps.type.label import SET_LABEL
from berg.steps.type.subtitles import WRITE_SUBTITLES
from berg.steps.video.declare import JOIN, LAY_OUT, RENDER_DISSOLVE, RENDER_END, RENDER_SHOT


def _weights(ask: ShortAsk, brief: Brief) -> Sequence[str]:
    voices = (may_open(language=lang, voice=ask.voice[lang]) for lang in brief.languages)
    return (*fonts_of(brief.brand), *(name for opened in voices for name in opened))


def _notices(ask: ShortAsk, brief: Brief, given: Mapping[str, Any]) -> Sequence[str]:
    return tuple(_told(ask, brief, given.get("storyboard")))


def _told(ask: ShortAsk, brief: Brief, board: Storyboard | None) -> Iterator[str]:
    scripted = make_board(storyboard_params(ask, languages=brief.languages, seed=brief.seed))
    yield from too_short(board or scripted, ask)
    if board is not None and _texts(board) != _texts(scripted):
        yield "the storyboard's texts are not the brief's script: the storyboard counts"


def _texts(board: Storyboard) -> list[Mapping[str, str]]:
    return [shot.text for shot in board.shots]


def _read(path: Path, brief: Brief, ask: ShortAsk) -> Storyboard:
    """An edited storyboard, its seconds reckoned anew. Raises BriefError, also if it is too long
    at its own tempo."""
    board = read_storyboard(path, brief, ask)
    faults: list[Fault] = board_too_long(board, ask)
    if faults:
        raise BriefError(str(path), faults)
    return foresee(board, ask)


SHORT = LineKind(
    about="a narrated short film, a file for each language",
    ask=ShortAsk,
    line=short,
    steps=(
        *(WRITE_STORYBOARD, SYNTHESIZE, TIME),
        *(PREPARE_PHOTO, SURVEY_CLIP, POSTER_FRAME),
        *(SET_CAPTIONS, SET_CARD, SET_END_CARD, SET_LABEL, WRITE_SUBTITLES),
        *(RENDER_SHOT, RENDER_DISSOLVE, RENDER_END, LAY_OUT, JOIN),
        *(MIX, ANNOUNCE),
    ),
    weights=_weights,
    fonts=("inter", "noto-sans-cjk-sc"),
    check=too_long,
    notices=_notices,
    stage=Stage(name="storyboard", write=storyboard_to_yaml, read=_read),
    later=LATER,
    section=section,
    guide="docs/brief.md",
)
