"""The narrated short, declared."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from berg.brief.faults import Faults
from berg.errors import BriefError, Fault
from berg.language.sayable import unsayable
from berg.lines.short.ask import LATER, ShortAsk
from berg.lines.short.line import short
from berg.lines.short.page import section
from berg.lines.short.storyboard_read import read_storyboard
from berg.lines.short.storyboard_write import storyboard_to_yaml
from berg.schema.brief import Brief
from berg.schema.choices import FALLBACK_FONTS
from berg.schema.line import LineKind, Stage
from berg.schema.storyboard import Storyboard
from berg.steps.audio import ANNOUNCE, MIX
from berg.steps.image import LOOK_AT_PHOTO, PREPARE_PHOTO, SURVEY_CLIP
from berg.steps.speech import SYNTHESIZE, TIME, may_open
from berg.steps.text import LIKEN_PICTURES, LIKENED_BY, WRITE_STORYBOARD
from berg.steps.text.write_storyboard.board import foresee, make_board
from berg.steps.text.write_storyboard.script import scripted
from berg.steps.text.write_storyboard.tempo import board_too_long, too_long, too_short
from berg.steps.type import (
    SET_CAPTIONS,
    SET_CARD,
    SET_END_CARD,
    SET_LABEL,
    SET_OVERLAYS,
    SET_TITLE,
    draw_code,
    fonts_of,
    write_subtitles,
)
from berg.steps.video import (
    LOOK_OVER,
    RENDER_DISSOLVE,
    RENDER_POSTER,
    RENDER_SHOT,
    join,
    lay_out,
    render_end,
)


def _weights(ask: ShortAsk, brief: Brief) -> Sequence[str]:
    voices = (may_open(language=lang, voice=ask.voice[lang]) for lang in brief.languages)
    matching = LIKENED_BY if ask.match == "meaning" else ()
    return (*fonts_of(brief.brand), *matching, *(name for opened in voices for name in opened))


def _unfit(ask: ShortAsk) -> Sequence[Fault]:
    """What can't be said, then what takes too long."""
    return [*_unsaid(ask.script, ask), *too_long(ask)]


def _unsaid(script: Mapping[str, str], ask: ShortAsk) -> Iterator[Fault]:
    """Faults of words that a voice would pass over in silence."""
    for language, text in script.items():
        words = [] if ask.voice[language] == "none" else unsayable(text, language)
        if words:
            listed = ", ".join(map(Faults.quote, words[:5]))
            message = (
                f"no voice of {language} can say {listed}{' …' * (len(words) > 5)}: "
                f"write it as it sounds, leave it out, or choose voice: none"
            )
            yield Fault(message=message, line=0, column=0, path=f"script.{language}")


def _notices(ask: ShortAsk, brief: Brief, given: Mapping[str, Any]) -> Sequence[str]:
    return tuple(_told(ask, brief, given.get("storyboard")))


def _told(ask: ShortAsk, brief: Brief, board: Storyboard | None) -> Iterator[str]:
    written = make_board(scripted(ask, languages=brief.languages, seed=brief.seed))
    yield from too_short(board or written, ask)
    if board is not None and _texts(board) != _texts(written):
        yield "the storyboard's texts are not the brief's script: the storyboard counts"


def _texts(board: Storyboard) -> list[Mapping[str, str]]:
    return [shot.text for shot in board.shots]


def _read(path: Path, brief: Brief, ask: ShortAsk) -> Storyboard:
    """An edited storyboard, its seconds reckoned anew. Raises BriefError, also if it is too long
    at its own tempo."""
    board = read_storyboard(path, brief, ask)
    texts = {k: "\n".join(shot.text[k] for shot in board.shots) for k in board.languages}
    faults: list[Fault] = [*_unsaid(texts, ask), *board_too_long(board, ask)]
    if faults:
        raise BriefError(str(path), faults)
    return foresee(board, ask)


SHORT = LineKind(
    about="a narrated short film, a file for each language",
    version=2,
    ask=ShortAsk,
    line=short,
    steps=(
        *(WRITE_STORYBOARD, LIKEN_PICTURES, SYNTHESIZE, TIME),
        *(LOOK_AT_PHOTO, PREPARE_PHOTO, SURVEY_CLIP, LOOK_OVER, RENDER_POSTER),
        *(
            SET_CAPTIONS,
            SET_CARD,
            SET_END_CARD,
            SET_LABEL,
            SET_OVERLAYS,
            draw_code,
            SET_TITLE,
            write_subtitles,
        ),
        *(RENDER_SHOT, RENDER_DISSOLVE, render_end, lay_out, join),
        *(MIX, ANNOUNCE),
    ),
    weights=_weights,
    fonts=FALLBACK_FONTS,
    check=_unfit,
    notices=_notices,
    stage=Stage(name="storyboard", write=storyboard_to_yaml, read=_read),
    later=LATER,
    section=section,
    guide="docs/brief.md",
)
