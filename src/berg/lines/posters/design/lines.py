"""The best lines of a text for every number of lines, whatever the size: pure arithmetic.

Widths scale with the type, so where lines break best depends on their number alone. A template
then chooses the number that lets its type be largest.
Not here: tokens and their costs (`tokens`), measuring (`texts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from berg.lines.posters.design.tokens import LineToken

_COSTLY = 0.24
"""What a break of cost 1 weighs against a line that is a half wider or narrower than the mean."""
_MOST = 40
_UNBROKEN = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A text broken into lines."""

    lines: tuple[str, ...]
    widest: float
    """Widest line, in the unit of the widths."""
    rough: float
    """Mean cost of its breaks; of a single line what keeps it from always winning."""


def settings_of(
    tokens: Sequence[LineToken], widths: Sequence[float], *, space: float, most: int = _MOST
) -> list[Setting]:
    """One setting for 1, 2, … lines, as even as good breaks allow; each narrower than those before.

    `widths` are the tokens', in any unit; `space` a blank's.
    """
    wide = _spans(tokens, widths, space)
    costs = np.array([min(token.cost, 9.0) for token in tokens])
    found: list[Setting] = []
    for count in range(1, min(most, len(tokens)) + 1):
        breaks = _best(wide, costs, count)
        rows = [(a, b) for a, b in zip([0, *breaks], [*breaks, len(tokens)], strict=True)]
        widest = max(float(wide[a, b]) for a, b in rows)
        if not found or widest < found[-1].widest * 0.999:
            lines = tuple(_joined(tokens[a:b]) for a, b in rows)
            rough = float(costs[[b - 1 for b in breaks]].mean()) if breaks else _UNBROKEN
            found.append(Setting(lines=lines, widest=widest, rough=rough))
    return found


def _joined(tokens: Sequence[LineToken]) -> str:
    return "".join(t.text + (" " if t.space else "") for t in tokens).strip()


def _spans(
    tokens: Sequence[LineToken], widths: Sequence[float], space: float
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Width of a line from token a to before token b, at [a, b]; infinite unless a < b."""
    blanks = np.array([space if token.space else 0.0 for token in tokens])
    sums = np.concatenate([[0.0], np.cumsum(np.array(widths, float) + blanks)])
    spans = sums[None, :] - sums[:, None]
    spans[:, 1:] -= blanks[None, :]
    spans[np.tril_indices(len(sums))] = np.inf
    return np.asarray(spans, np.float64)


def _best(wide: np.ndarray, costs: np.ndarray, count: int) -> list[int]:
    """Where the lines but the first begin."""
    ideal = wide[0, -1] / count
    uneven = np.where(np.isfinite(wide), (np.nan_to_num(wide, posinf=0.0) / ideal - 1) ** 2, np.inf)
    uneven[:, :-1][:, 1:] += _COSTLY * costs[None, :-1]
    total, backs = uneven[0].copy(), []
    for _ in range(count - 1):
        options = total[:, None] + uneven
        backs.append(options.argmin(axis=0))
        total = options.min(axis=0)
    breaks: list[int] = []
    at = len(wide) - 1
    for back in reversed(backs):
        at = int(back[at])
        breaks.insert(0, at)
    return breaks
