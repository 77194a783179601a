"""What a face may ask of the service, and the same read and checked."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from berg.brief import glyph_check, read_brief, read_storyboard
from berg.brief.each import shape_of
from berg.brief.read import Check
from berg.engine.rehearsal import Line
from berg.errors import BriefError, Fault, RequestError
from berg.lines.posters.line import posters
from berg.lines.short.line import short
from berg.schema.brief import Ask, Brief, PostersAsk, ShortAsk
from berg.schema.do import Do
from berg.schema.storyboard import Storyboard
from berg.service._marking import marked
from berg.service._rows_ask import Each, each_of
from berg.steps.text.board import foresee, make_board
from berg.steps.text.tempo import board_too_long, too_long, too_short
from berg.store import Store
from berg.weights import Weights

if TYPE_CHECKING:
    from berg.provenance.keys import KeyRing

FONTS = ("inter", "noto-sans-cjk-sc")
"""What captions and cards are set in."""
STAGES = ("storyboard",)
"""Documents at which `--until` can end a run."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What `make` and `plan` are asked."""

    brief: Path
    out: Path | None = None
    """Folder of the delivery; None: `out/<slug>`."""
    only: tuple[str, ...] = ()
    """Names of the asks to make; empty for all."""
    until: str | None = None
    """Stage at which to stop."""
    storyboard: Path | None = None
    """An edited storyboard to go on with."""
    seed: int | None = None
    """Instead of the brief's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A request read and checked; nothing has started."""

    brief: Brief
    line: Line
    """Makes all that is made once."""
    folder: Path
    each: tuple[Each, ...] = ()
    """What is made for each row of a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A request read and checked, before this home's keys are asked for."""

    brief: Brief
    board: Storyboard | None
    folder: Path
    checks: tuple[Check, ...]
    """Of every ask, and so of what a row fills in."""

    def prepared(self, store: Store, keys: "KeyRing") -> Prepared:
        """With what hangs on the keys as they are now: watermarks, and who signs."""
        brief = marked(self.brief, keys)
        signer = _signer(keys) if any(ask.each for ask in brief.make) else ""
        each = each_of(brief, path_of=store.path, checks=self.checks, signer=signer)
        line = _line(brief, self.board)
        return Prepared(brief=brief, line=line, folder=self.folder, each=each)


def prepare(
    request: Request,
    store: Store,
    weights: Weights,
    keys: "KeyRing",
    notice: Callable[[str], None],
) -> Prepared:
    """Read and check a request, for the keys as they are now. Raises as `check`."""
    return check(request, store, weights, notice).prepared(store, keys)


def check(
    request: Request, store: Store, weights: Weights, notice: Callable[[str], None]
) -> Checked:
    """Read and check everything that a request names; `notice` hears what is odd but allowed.

    Raises:
        BriefError: with every fault of the brief or the storyboard, line and column.
        RequestError: an option names what is not there.
    """
    if request.until is not None and request.until not in STAGES:
        raise RequestError(f"--until {request.until}: the stages are {', '.join(STAGES)}")
    board_given = request.storyboard is not None
    # an edited storyboard has texts of its own: the script's length says nothing then
    fonts = _fonts(weights)
    checks = ([] if board_given else [_too_long]) + ([glyph_check(fonts)] if fonts else [])
    brief = read_brief(request.brief, adopt=store.adopt, checks=checks, fonts=fonts)
    brief = _narrow(brief, request)
    if any(ask.each for ask in brief.make) and (request.until or request.storyboard):
        raise RequestError("a storyboard is of one film, and this brief makes one for each row")
    board = _read_board(request, brief)
    for ask in map(shape_of, shorts_of(brief)):
        scripted = make_board(ask, languages=brief.languages, seed=brief.seed)
        for warning in too_short(board or scripted, ask):
            notice(warning)
        if board is not None and _texts(board) != _texts(scripted):
            notice("the storyboard's texts are not the brief's script: the storyboard counts")
    folder = request.out or Path("out") / brief.slug
    return Checked(brief=brief, board=board, folder=folder, checks=tuple(checks))


def _signer(keys: "KeyRing") -> str:
    """Who signs, as it stands in the digest of a row; nobody yet, in a home without keys."""
    if not keys.ready():
        return ""
    signer = keys.signer()
    return f"{signer.id} {signer.time_stamp_url or ''}"


def _texts(board: Storyboard) -> list[dict[str, str]]:
    return [shot.text for shot in board.shots]


def check_folder(folder: Path) -> None:
    """Raise RequestError for a folder that can't be made or written, before anything is made."""
    there = folder.absolute()
    while not there.exists() and not there.is_symlink():
        there = there.parent
    action = "; choose another folder with --out DIR"
    if not there.is_dir():
        raise RequestError(f"{there} is no folder{action}", where=str(folder))
    if not os.access(there, os.W_OK | os.X_OK):
        raise RequestError(f"{there} can't be written{action}", where=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cause = f"{folder} can't be made: {error.strerror}{action}"
        raise RequestError(cause, where=str(folder)) from error


def _narrow(brief: Brief, request: Request) -> Brief:
    names = [ask.name for ask in brief.make]
    for name in request.only:
        if name not in names:
            raise RequestError(f"--only {name}: this brief makes {', '.join(names)}")
    asks = tuple(ask for ask in brief.make if not request.only or ask.name in request.only)
    seed = brief.seed if request.seed is None else request.seed
    return brief.model_copy(update={"make": asks, "seed": seed})


def _read_board(request: Request, brief: Brief) -> Storyboard | None:
    if request.storyboard is None:
        return None
    asks = shorts_of(brief)
    if len(brief.make) != 1 or len(asks) != 1:
        raise RequestError("--storyboard belongs to one short: choose it with --only NAME")
    ask = asks[0]
    board = read_storyboard(request.storyboard, brief, ask)
    faults = board_too_long(board, ask)
    if faults:
        raise BriefError(str(request.storyboard), faults)
    return foresee(board, ask)


def _fonts(weights: Weights) -> list[Path]:
    """What every text is checked against; where they aren't here yet, steps refuse the same."""
    return [] if weights.missing(FONTS) else [weights.path(name) for name in FONTS]


def _line(brief: Brief, board: Storyboard | None) -> Line:
    async def produce(do: Do) -> None:
        for ask in brief.make:
            if ask.each is not None:
                continue
            if isinstance(ask, PostersAsk):
                await posters(do, ask, brief)
            else:
                await short(do, ask, brief, board)

    return produce


def _too_long(ask: Ask) -> list[Fault]:
    return too_long(ask) if isinstance(ask, ShortAsk) else []


def shorts_of(brief: Brief) -> list[ShortAsk]:
    """The shorts among what a brief asks for."""
    return [ask for ask in brief.make if isinstance(ask, ShortAsk)]
