"""Shapes of cards: rectangles, rings, and the footer with the brand's name."""

from collections.abc import Mapping
from typing import Any

from berg.media.type.safe import Box
from berg.media.type.setter import Typeface, span, text_item
from berg.media.type.sheet import Cut
from berg.media.type.stage import CardStage, strip


def shape(
    stage: CardStage, item: Mapping[str, Any], *, over_ms: int, first_ms: int = 0, rise: int = 0
) -> Cut:
    """A piece for a rectangle or ring, cut off at the picture's edges."""
    margin = 2
    side = item.get("radius", 0) * 2 if item["kind"] == "ring" else 0
    box = Box(
        left=int(item["x"]) - margin,
        top=int(item["y"]) - margin,
        width=int(side or item["width"]) + 2 * margin + 1,
        height=int(side or item["height"]) + 2 * margin + 1,
    )
    first = stage.frames(first_ms) if first_ms else 0
    return Cut(box=box, items=[item], first=first, fade_in=stage.frames(over_ms), rise=rise)


def rect(
    x: float, y: float, width: float, height: float, fill: str, radius: float = 0
) -> dict[str, Any]:
    """A filled rectangle."""
    return {
        "kind": "rect", "x": x, "y": y, "width": width, "height": height, "radius": radius,
        "fill": fill,
    }  # fmt: skip


def ring(
    x: float, y: float, radius: float, *, fill: str | None, line: str = "", stroke: float = 0
) -> dict[str, Any]:
    """A circle by its centre; filled, drawn as a line of `stroke` pixels, or both."""
    return {
        "kind": "ring", "x": x - radius, "y": y - radius, "radius": radius, "fill": fill,
        "line": line, "stroke": stroke,
    }  # fmt: skip


def footer(stage: CardStage, *, fill: str, square: str) -> list[Cut]:
    """The brand's name, small, at the foot of the safe box, after a square in its accent."""
    if not stage.brand:
        return []
    safe = stage.safe
    size = stage.share(34)
    left, y = stage.room.left, safe.bottom - round(size * 0.3)
    dot = round(size * 0.62)
    face = Typeface(family=stage.family, size=size, weight=600)
    room = stage.room.width - dot * 2
    wide = stage.setter.widths([stage.brand], face, language=stage.language)[0]
    if wide > room:
        face = Typeface(family=stage.family, size=size * room / wide, weight=600)
    item = text_item(
        face, [span(stage.brand, fill)], x=left + dot * 1.8, y=y, language=stage.language
    )
    row = strip(stage, y, size)
    box = Box(left=left - 2, top=row.top, width=room + 3 * dot, height=row.height)
    items = [rect(left, y - dot - size * 0.05, dot, dot, square), item]
    return [Cut(box=box, items=items, fade_in=stage.frames(300))]
