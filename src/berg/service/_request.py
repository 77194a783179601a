"""What a face may ask of the service, and the same read and checked."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berg.brief import glyph_check, read_brief
from berg.brief.asks import shape_of
from berg.brief.faults import listed
from berg.brief.read import Check
from berg.engine.rehearsal import Line
from berg.errors import Fault, RequestError
from berg.lines.asked import line_of
from berg.lines.kinds import NO_KINDS, Kinds
from berg.schema.brief import Ask, Brief
from berg.schema.choices import FALLBACK_FONTS
from berg.schema.do import Do
from berg.service._marking import marked
from berg.service._rows_ask import PerRow, each_of
from berg.store import Store
from berg.weights import Weights

if TYPE_CHECKING:
    from berg.provenance.keys import KeyRing


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
    each: tuple[PerRow, ...] = ()
    """What is made for each row of a table."""
    kinds: Kinds = NO_KINDS
    """The lines that make it, for their stages and their parts of the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A request read and checked, before this home's keys are asked for."""

    brief: Brief
    given: Mapping[str, Any]
    """Edited documents, by their stages' names."""
    folder: Path
    checks: tuple[Check, ...]
    """Checks of every ask, and so of what a row fills in."""
    kinds: Kinds

    def prepared(self, store: Store, weights: Weights, keys: "KeyRing") -> Prepared:
        """With what hangs on the keys as they are now: watermarks, and who signs."""
        brief = marked(self.brief, keys)
        signer = _signer(keys) if any(ask.each for ask in brief.make) else ""
        each = each_of(
            brief,
            kinds=self.kinds,
            path_of=store.path,
            weight_digest=weights.digest,
            checks=self.checks,
            signer=signer,
        )
        line = _line(brief, self.kinds, self.given)
        return Prepared(brief=brief, line=line, folder=self.folder, each=each, kinds=self.kinds)


def prepare(
    request: Request,
    store: Store,
    weights: Weights,
    kinds: Kinds,
    keys: "KeyRing",
    notice: Callable[[str], None],
) -> Prepared:
    """Read and check a request, for the keys as they are now. Raises as `check`."""
    return check(request, store, weights, kinds, notice).prepared(store, weights, keys)


def check(
    request: Request, store: Store, weights: Weights, kinds: Kinds, notice: Callable[[str], None]
) -> Checked:
    """Read and check everything that a request names; `notice` hears what is odd but allowed.

    Raises:
        BriefError: with every fault of the brief or the storyboard, line and column.
        RequestError: an option names what is not there.
    """
    stages = [kind.stage.name for kind in kinds.lines if kind.stage]
    if request.until is not None and request.until not in stages:
        raise RequestError(f"--until {request.until}: the stages are {', '.join(stages)}")
    checks = (_own_check(kinds, request), _texts_check(kinds, weights))
    brief = read_brief(
        request.brief,
        kinds=kinds.lines,
        adopt=store.adopt,
        checks=checks,
        fonts=_fonts(weights, FALLBACK_FONTS),
        models={item.name: item for item in weights.entries()},
        notice=notice,
    )
    brief = _narrow(brief, request)
    if any(ask.each for ask in brief.make) and (request.until or request.storyboard):
        raise RequestError("a storyboard is of one film, and this brief makes one for each row")
    given = _given(request, brief, kinds)
    for ask in map(shape_of, brief.make):
        for warning in kinds.of(ask).notices(ask, brief, given):
            notice(warning)
    folder = request.out or Path("out") / brief.slug
    return Checked(brief=brief, given=given, folder=folder, checks=checks, kinds=kinds)


def _own_check(kinds: Kinds, request: Request) -> Check:
    """What each line says of its asks; not where an edited document has texts of its own."""

    def check(ask: Ask) -> list[Fault]:
        kind = kinds.of(ask)
        edited = kind.stage is not None and kind.stage.name in _documents(request)
        return [] if edited else list(kind.check(ask))

    return check


def _texts_check(kinds: Kinds, weights: Weights) -> Check:
    """That the fonts of an ask's line have its texts."""
    known: dict[str, Check] = {}

    def check(ask: Ask) -> list[Fault]:
        if ask.kind not in known:
            known[ask.kind] = glyph_check(_fonts(weights, kinds.of(ask).fonts))
        return list(known[ask.kind](ask))

    return check


def _documents(request: Request) -> dict[str, Path]:
    """Files with edited documents, by their stages' names."""
    return {} if request.storyboard is None else {"storyboard": request.storyboard}


def _signer(keys: "KeyRing") -> str:
    """Who signs, as it stands in the digest of a row; nobody yet, in a home without keys."""
    if not keys.ready():
        return ""
    signer = keys.signer()
    return f"{signer.id} {signer.time_stamp_url or ''}"


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


def _given(request: Request, brief: Brief, kinds: Kinds) -> dict[str, Any]:
    found = {}
    for name, path in _documents(request).items():
        kind = kinds.of(brief.make[0])
        if len(brief.make) != 1 or kind.stage is None or kind.stage.name != name:
            keys = (one.key for one in kinds.lines if one.stage and one.stage.name == name)
            said = f"--{name} belongs to one {listed(keys)}: choose it with --only NAME"
            raise RequestError(said)
        found[name] = kind.stage.read(path, brief, brief.make[0])
    return found


def _fonts(weights: Weights, names: tuple[str, ...]) -> list[Path]:
    """What texts are checked against; where they aren't here yet, steps refuse the same."""
    return [] if weights.missing(names) else [weights.path(name) for name in names]


def _line(brief: Brief, kinds: Kinds, given: Mapping[str, Any]) -> Line:
    lines = [line_of(kinds.of(ask), ask, brief, given) for ask in brief.make if ask.each is None]

    async def produce(do: Do) -> None:
        for line in lines:
            await line(do)

    return produce
