"""Rows of trials as Markdown tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

from bench.watermark.rows import Row
from bench.watermark.statistics import wilson

WANTED = 240
"""Trials a cell."""


class Attack(Protocol):
    """What a table needs to know of an attack."""

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def bar(self) -> float | None: ...


@dataclass(frozen=True)
class Cell:
    """All trials of one attack."""

    attack: Any
    rows: tuple[Row, ...]

    @property
    def right(self) -> int:
        return sum(bool(row["right"]) for row in self.rows)

    @property
    def share(self) -> float:
        return self.right / len(self.rows) if self.rows else 0.0

    @property
    def wrong(self) -> int:
        return sum(int(row["wrong"]) for row in self.rows)

    @property
    def verdict(self) -> str:
        """Beside the bar."""
        if self.attack.bar is None:
            return "–"
        if not self.rows:
            return f"≥ {self.attack.bar:.0%}: not tried"
        word = "met" if self.share >= self.attack.bar else "**missed**"
        so_far = " so far" if len(self.rows) < WANTED else ""
        return f"≥ {self.attack.bar:.0%}: {word}{so_far}"

    @property
    def failures(self) -> str:
        """What failed, the worst first."""
        failed = Counter(row["what"] for row in self.rows if not row["right"])
        named = [f"{name} {count}" for name, count in failed.most_common(8)]
        return ", ".join(named) + (" …" if len(failed) > 8 else "")


def cells(attacks: Iterable[Any], rows: Sequence[Row], bars: bool = True) -> list[Cell]:
    """Each attack's trials, in the order of the list."""
    made = []
    for attack in attacks:
        of = tuple(row for row in rows if row["attack"] == attack.name)
        made.append(Cell(attack, of))
    return [cell for cell in made if cell.rows or (bars and cell.attack.bar is not None)]


def share(successes: int, trials: int) -> str:
    """A share with its interval."""
    if not trials:
        return "– | –"
    low, high = wilson(successes, trials)
    return f"{successes} / {trials} | {successes / trials:.1%} ({low:.1%} to {high:.1%})"


def table(made: Sequence[Cell], *, bars: bool = True) -> str:
    """The table of one medium."""
    lines = [
        "| attack | bar | recovered | share (Wilson, 95 %) | wrong | finding, s | not recovered |",
        "|---|---|---|---|---|---|---|",
    ]
    for cell in made:
        verdict = cell.verdict if bars else "–"
        lines.append(
            f"| {cell.attack.words} | {verdict} | {share(cell.right, len(cell.rows))} "
            f"| {cell.wrong} | {spread([row['find_s'] for row in cell.rows])} | {cell.failures} |"
        )
    return "\n".join(lines)


def spread(values: Sequence[float]) -> str:
    """Median, and what 95 % stay below."""
    if not values:
        return "–"
    ordered = sorted(values)
    return f"{median(ordered):.2f}, {ordered[int(0.95 * (len(ordered) - 1))]:.2f}"


def quartiles(values: Sequence[float], digits: int = 1) -> str:
    """Median, with the lowest and highest."""
    if not values:
        return "–"
    least, middle, most = min(values), median(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def summary(name: str, made: Sequence[Cell]) -> str:
    """One line for the top of the page: what missed, and what was tried too seldom."""
    barred = [cell for cell in made if cell.attack.bar is not None]
    missed = [c for c in barred if c.rows and c.share < c.attack.bar]
    seldom = [c for c in made if len(c.rows) < WANTED]
    met = sum(bool(c.rows) and c.share >= c.attack.bar for c in barred)
    so_far = " so far" if any(len(c.rows) < WANTED for c in barred) else ""
    line = f"- **{name}**: {met} of {len(barred)} bars met{so_far}"
    if missed:
        named = (f"{c.attack.words} ({c.right} / {len(c.rows)})" for c in missed)
        line += f"; missed: {', '.join(named)}"
    if seldom:
        least = min(len(c.rows) for c in seldom)
        line += f"; {len(seldom)} of {len(made)} cells have fewer than {WANTED} trials, "
        line += f"the least {least}"
    return line + "."
