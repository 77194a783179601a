"""An ask with `each`: from a row of its table to the line that makes what the row asks for."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from berg.brief.each import TEXTS
from berg.brief.read import Check
from berg.brief.row_check import row_faults
from berg.brief.table import Row, count_rows, rows_of
from berg.digest import digest_of, file_sha256
from berg.engine.rehearsal import Line
from berg.engine.tools import tool_version
from berg.errors import StepError
from berg.lines.posters.line import posters
from berg.lines.rows import RowError, filled
from berg.lines.short.line import short
from berg.schema.brief import Ask, Brief, PostersAsk
from berg.schema.do import Do
from berg.schema.step import StepKind

MOST_FAULTS = 3
"""Faults of one row that its report tells."""


class Each(Protocol):
    """Something that is made once for each row, whatever it is."""

    @property
    def name(self) -> str:
        """The ask's name; its files lie in a folder of this name."""
        ...

    def rows(self) -> Iterator[Row]:
        """The rows, anew at each call."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def digest(self, row: Row) -> str:
        """Of all that decides what a row becomes; quick. Raises RowError."""
        ...

    def line(self, row: Row) -> Line:
        """What makes the row. Raises RowError: it can't be made, and why."""
        ...


@dataclass(frozen=True, kw_only=True)
class EachAsk:
    """An ask of a brief, and the table that it is made for."""

    ask: Ask
    brief: Brief
    path: Path
    """Of the table."""
    checks: tuple[Check, ...]
    base: str
    """Digest of what all rows have in common."""

    @property
    def name(self) -> str:
        """The ask's name."""
        return self.ask.name

    def rows(self) -> Iterator[Row]:
        """The table's rows."""
        assert self.ask.each is not None
        return rows_of(self.path, self.ask.each)

    def count(self) -> int:
        """How many rows the table has."""
        assert self.ask.each is not None
        return count_rows(self.path, self.ask.each)

    def digest(self, row: Row) -> str:
        """Of the filled texts and everything else that a row's files hang on."""
        ask = self._filled(row)
        return digest_of("row", [self.base, [getattr(ask, key) for key in TEXTS[ask.kind]]])

    def line(self, row: Row) -> Line:
        """The line of the filled ask, once its texts have passed every check."""
        ask, brief = self._filled(row), self.brief
        if isinstance(ask, PostersAsk):
            ask = ask.model_copy(update={"row": row.id})
        faults = row_faults(ask)
        for check in self.checks if not faults else ():
            faults += check(ask)
        if faults:
            said = [f"{fault.path}: {fault.message}" for fault in faults[:MOST_FAULTS]]
            raise RowError("; ".join(said))

        async def produce(do: Do) -> None:
            if isinstance(ask, PostersAsk):
                await posters(do, ask, brief)
            else:
                await short(do, ask, brief)

        return produce

    def _filled(self, row: Row) -> Ask:
        if row.fault is not None:
            raise RowError(row.fault)
        return filled(self.ask, row.values)


def base_of(ask: Ask, brief: Brief, *, signer: str) -> str:
    """Digest of what all rows of an ask share: all of it but its texts and its table, the brief
    but its other asks, who signs, and what berg's own steps and tools are."""
    own = ask.model_dump(mode="json", exclude={"each", *TEXTS[ask.kind]})
    rest = brief.model_dump(mode="json", exclude={"make"})
    return digest_of("rows", [own, rest, signer, list(_kinds()), _catalogue()])


def _kinds() -> Iterator[list[Any]]:
    """Every kind of step that is known, its version and its tools': what shapes bytes."""
    found: dict[str, StepKind[Any, Any, Any]] = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("berg.steps.", "berg.lines.")):
            kinds = [thing for thing in vars(module).values() if isinstance(thing, StepKind)]
            found |= {kind.capability: kind for kind in kinds}
    for capability, kind in sorted(found.items()):
        yield [capability, kind.version, {tool: _version(tool) for tool in sorted(kind.tools)}]


def _version(tool: str) -> str:
    try:
        return tool_version(tool)
    except StepError:
        return ""


def _catalogue() -> str:
    from berg.weights import catalogue

    return file_sha256(Path(catalogue.__file__).with_name("catalogue.toml"))


def each_of(
    brief: Brief,
    *,
    path_of: Callable[[Any], Path],
    checks: Sequence[Check],
    signer: str,
) -> tuple[EachAsk, ...]:
    """The asks of a brief that have a table; `path_of` says where an asset's bytes are."""
    return tuple(
        EachAsk(
            ask=ask,
            brief=brief,
            path=path_of(ask.each.source),
            checks=tuple(checks),
            base=base_of(ask, brief, signer=signer),
        )
        for ask in brief.make
        if ask.each is not None
    )


def place_of(name: str, *, shard: int, row: str, path: str) -> str:
    """Where a file of a row lies, from where it would lie if there were but one row.

    `short.en.mp4` of row `anna` becomes `short/00/anna.en.mp4`.
    """
    rest = path.removeprefix(name).lstrip("./").replace("/", ".")
    return f"{name}/{shard:02d}/{row}.{rest}"
