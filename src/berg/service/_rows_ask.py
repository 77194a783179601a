"""An ask with `each`: from a row of its table to the line that makes what the row asks for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from berg.brief.asks import row_faults, texts_of
from berg.brief.read import Check
from berg.brief.table import Row, count_rows, rows_of
from berg.digest import digest_of
from berg.engine.rehearsal import Line
from berg.engine.tools import tool_version
from berg.errors import StepError
from berg.lines.asked import line_of
from berg.lines.kinds import AnyKind, Kinds
from berg.lines.rows import RowError, filled
from berg.schema.brief import Ask, Brief

MOST_FAULTS = 3
"""Faults of one row that its report tells."""


class PerRow(Protocol):
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
        """The digest of everything that decides what a row becomes. Quick. Raises RowError."""
        ...

    def line(self, row: Row) -> Line:
        """What makes the row. Raises RowError: it can't be made, and why."""
        ...


@dataclass(frozen=True, kw_only=True)
class EachAsk:
    """An ask of a brief, and the table that it is made for."""

    ask: Ask
    brief: Brief
    kind: AnyKind
    """The line that makes it."""
    path: Path
    """Path of the table."""
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
        """The digest of the filled texts and everything else that a row's files hang on."""
        ask = self._filled(row)
        return digest_of("row", [self.base, texts_of(ask)])

    def line(self, row: Row) -> Line:
        """The line of the filled ask, once its texts have passed every check."""
        ask = self._filled(row)
        faults = row_faults(ask)
        for check in self.checks if not faults else ():
            faults += check(ask)
        if faults:
            said = [f"{fault.path}: {fault.message}" for fault in faults[:MOST_FAULTS]]
            raise RowError("; ".join(said))
        return line_of(self.kind, ask, self.brief, {})

    def _filled(self, row: Row) -> Ask:
        if row.fault is not None:
            raise RowError(row.fault)
        return filled(self.ask, row.values).model_copy(update={"row": row.id})


def base_of(
    ask: Ask, brief: Brief, *, kind: AnyKind, weight_digest: Callable[[str], str], signer: str
) -> str:
    """Digest of what all rows of an ask share: what it and the brief say beyond their defaults,
    without its texts, its table and other asks; who signs; and what its own line is: its version,
    its kinds of step with their tools, and the weights that they may open.

    Nothing else counts: another line, voice or default option makes no row again.
    """
    own = ask.model_dump(mode="json", exclude={"each", *texts_of(ask)}, exclude_defaults=True)
    rest = brief.model_dump(mode="json", exclude={"make"}, exclude_defaults=True)
    weights = {name: weight_digest(name) for name in sorted(kind.weights(ask, brief))}
    made_by = [kind.key, kind.version, _steps(kind), weights]
    return digest_of("rows", [own, rest, signer, made_by])


def _steps(kind: AnyKind) -> list[list[Any]]:
    """Its kinds of step, with what shapes their bytes."""
    return [
        [step.capability, step.version, {tool: _version(tool) for tool in sorted(step.tools)}]
        for step in sorted(kind.steps, key=lambda step: step.capability)
    ]


def _version(tool: str) -> str:
    try:
        return tool_version(tool)
    except StepError:
        return ""


def each_of(
    brief: Brief,
    *,
    kinds: Kinds,
    path_of: Callable[[Any], Path],
    weight_digest: Callable[[str], str],
    checks: Sequence[Check],
    signer: str,
) -> tuple[EachAsk, ...]:
    """The asks of a brief that have a table; `path_of` says where an asset's bytes are, and
    `weight_digest` what the catalogue gives for a name."""
    return tuple(
        EachAsk(
            ask=ask,
            brief=brief,
            kind=kinds.of(ask),
            path=path_of(ask.each.source),
            checks=tuple(checks),
            base=base_of(
                ask, brief, kind=kinds.of(ask), weight_digest=weight_digest, signer=signer
            ),
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
