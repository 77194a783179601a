"""What a face may ask of the service, and the same read and checked."""

from dataclasses import dataclass
from pathlib import Path

from berg.brief import read_brief, read_storyboard
from berg.engine.rehearsal import Line
from berg.errors import RequestError
from berg.lines.short import short
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.storyboard import Storyboard
from berg.store import Store

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
    folder: Path


def prepare(request: Request, store: Store) -> Prepared:
    """Read and check everything that a request names.

    Raises:
        BriefError: with every fault of the brief or the storyboard, line and column.
        RequestError: an option names what is not there.
    """
    if request.until is not None and request.until not in STAGES:
        raise RequestError(f"--until {request.until}: the stages are {', '.join(STAGES)}")
    brief = read_brief(request.brief, adopt=store.adopt)
    brief = _narrow(brief, request)
    board = _read_board(request, brief)
    folder = request.out or Path("out") / brief.slug
    return Prepared(brief=brief, line=_line(brief, board), folder=folder)


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
    if len(brief.make) != 1:
        raise RequestError("--storyboard belongs to one short: choose it with --only NAME")
    return read_storyboard(request.storyboard, brief, brief.make[0])


def _line(brief: Brief, board: Storyboard | None) -> Line:
    async def produce(do: Do) -> None:
        for ask in brief.make:
            await short(do, ask, brief, board)

    return produce
