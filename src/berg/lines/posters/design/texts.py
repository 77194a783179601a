"""A poster's texts as a template is handed them: measured, broken in every good way, in ems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from berg.errors import StepError
from berg.lines.posters.design.bearings import end_of, start_of
from berg.lines.posters.design.lines import settings_of
from berg.lines.posters.design.tokens import tokens_of
from berg.media.type.coverage import coverage, missing_glyphs, settable
from berg.media.type.setter import Setter, Typeface
from berg.media.type.text import is_wide, rises_high

_SQUARE = "国"


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """How a kind of text is set. Ems."""

    weight: int
    tracking: float
    """Letter spacing of Latin; Han is never spaced."""
    lead: float
    lead_wide: float
    """Leading of Han."""
    measured_at: int
    """Pixels to the em at which it is measured: letters of a font with an optical axis are wider
    when small."""
    most: int
    """Lines."""


HEADLINE = Role(weight=800, tracking=-0.028, lead=1.0, lead_wide=1.2, measured_at=100, most=12)
ROLES: Mapping[str, Role] = {
    "body": Role(weight=450, tracking=-0.004, lead=1.42, lead_wide=1.62, measured_at=24, most=26),
    "cta": Role(weight=650, tracking=-0.006, lead=1.2, lead_wide=1.3, measured_at=26, most=3),
    "brand": Role(weight=700, tracking=-0.014, lead=1.1, lead_wide=1.2, measured_at=26, most=2),
}
HEADLINES: Mapping[str, Role] = {
    "type": Role(weight=900, tracking=-0.036, lead=0.94, lead_wide=1.14, measured_at=100, most=12),
    "badge": Role(weight=750, tracking=-0.022, lead=1.3, lead_wide=1.5, measured_at=100, most=12),
    "grid": Role(weight=700, tracking=-0.034, lead=0.98, lead_wide=1.2, measured_at=100, most=12),
    "frame": Role(weight=600, tracking=-0.03, lead=1.06, lead_wide=1.28, measured_at=100, most=12),
}
"""Headlines by layout, where they are not as `HEADLINE`."""


def role_of(kind: str, layout: str) -> Role:
    """How a kind of text is set in a layout."""
    return HEADLINES.get(layout, HEADLINE) if kind == "headline" else ROLES[kind]


def cleaned(text: str, fonts: tuple[Path, ...]) -> str:
    """The text as the fonts can set it; pictographs that none has are left out.

    Raises StepError if a letter is in none of the fonts: an empty box would be worse.
    """
    missing = missing_glyphs(text, fonts)
    if missing:
        raise StepError(
            f"no font that berg was given has {missing[:40]!r}: choose another font, or other words"
        )
    found = settable(text, coverage(fonts))
    # A comma after a pictograph that was left out goes to the word before.
    return found if found == text else re.sub(r"\s+(?=[,.])", "", found)


def part_of(text: str, role: Role, *, setter: Setter, family: str, language: str) -> dict[str, Any]:
    """A cleaned text as data: its metrics, and its settings in 1, 2, … lines."""
    return _part(text, role, setter, family, language)


@lru_cache(maxsize=2000)
def _part(text: str, role: Role, setter: Setter, family: str, language: str) -> dict[str, Any]:
    squares = sum(map(is_wide, text)) * 2 > len(text.replace(" ", ""))
    tracking = 0.0 if squares else role.tracking
    em = float(role.measured_at)
    face = Typeface(family=family, size=em, weight=role.weight, tracking=tracking * em)
    tokens = tokens_of(text, language=language)
    *widths, blank, without = setter.widths(
        [*(t.text for t in tokens), "n n", "nn"], face, language=language
    )
    found = settings_of(tokens, widths, space=blank - without, most=role.most)
    exact = _exact([line for s in found for line in s.lines], setter, face, language)
    return _metrics(text, squares, role) | {
        "text": text,
        "squares": squares,
        "weight": role.weight,
        "tracking": tracking,
        "settings": [
            {
                "lines": s.lines,
                "rough": s.rough,
                "widest": max(exact[line] for line in s.lines) / em + 0.002,
                "widths": [exact[line] / em for line in s.lines],
                "starts": [
                    start_of(line[0], fonts=setter.fonts, weight=role.weight) for line in s.lines
                ],
                "ends": [
                    end_of(line[-1], fonts=setter.fonts, weight=role.weight) for line in s.lines
                ],
            }
            for s in found
        ],
    }


def _exact(lines: list[str], setter: Setter, face: Typeface, language: str) -> dict[str, float]:
    return dict(zip(lines, setter.widths(lines, face, language=language), strict=True))


def _metrics(text: str, squares: bool, role: Role) -> dict[str, float]:
    """Ems: from the first baseline up and from the last down, and from line to line."""
    if squares:
        return {"rise": 0.86, "fall": 0.12, "over": 0, "lead": role.lead_wide, "centre": 0.378}
    rise = 0.95 if rises_high(text) else 0.86 if any(map(is_wide, text)) else 0.73
    more = 0.1 if rise > 0.8 else 0.0
    falls = any(char in "gjpqyQçş,;()[]{}@/|_$" or is_wide(char) for char in text)
    return {
        "rise": rise, "over": 0.0 if rise > 0.9 else 0.09,
        "fall": 0.21 if falls else 0.02, "lead": role.lead + more,
        "centre": 0.364,
    }  # fmt: skip
