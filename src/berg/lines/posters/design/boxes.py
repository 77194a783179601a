"""What a template says of where things are, checked: boxes, panels, the picture's place.

A user's template may say anything; what is malformed is an error that says what it should be.
Pure. Not here: contrast (`checks`).
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from berg.errors import StepError
from berg.media.type.safe import Box

KINDS = ("headline", "body", "cta", "brand", "logo", "badge")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_MOST = 200
_SLACK = 1.0
"""Pixels that rounding may cost."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBox:
    """Something to be read."""

    kind: str
    left: float
    top: float
    width: float
    height: float
    ink: str
    em: float
    plate: str | None
    lines: int
    weight: int

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.top + self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class Plate:
    """An opaque panel."""

    box: Box
    fill: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """All that a template said."""

    texts: tuple[TextBox, ...]
    panels: tuple[Plate, ...]
    picture: Box
    view: Box
    """The part of the poster that anything is drawn in."""
    covered: tuple[str, ...] = ()
    """Kinds of texts over which a panel is painted later."""

    @property
    def smallest(self) -> float:
        """Pixels to the em of the smallest type."""
        return min((text.em for text in self.texts if text.em), default=0.0)


def found_in(said: Sequence[Mapping[str, Any]], *, page: tuple[int, int]) -> Drawn:
    """The template's boxes. Raises StepError if one is malformed, or there are too many."""
    if len(said) > _MOST:
        raise StepError(f"the layout tells of {len(said)} boxes; {_MOST} are the most")
    whole = Box(left=0, top=0, width=page[0], height=page[1])
    if not all(isinstance(item, Mapping) for item in said):
        raise StepError("the layout's <berg-box> holds something else than a dictionary")
    boxes = [(str(item.get("kind")), item, _box(item)) for item in said]
    pictures = [_whole(box, whole) for kind, _, box in boxes if kind == "picture"]
    texts = tuple(_text(kind, item, box) for kind, item, box in boxes if kind in KINDS)
    panels = tuple(
        Plate(box=_whole(box, whole), fill=_colour(item, "fill"))
        for kind, item, box in boxes
        if kind == "panel"
    )
    areas = [_padded(t) for t in texts] + [b for kind, _, b in boxes if kind in ("drawn", "panel")]
    return Drawn(
        texts=texts,
        panels=panels,
        picture=pictures[0] if pictures else whole,
        view=_union(areas, whole),
        covered=tuple(_covered(boxes)),
    )


def faults_of(drawn: Drawn, *, page: tuple[int, int], wanted: Iterable[str]) -> tuple[str, ...]:
    """What smaller type might mend: texts over the edge, or over each other."""
    faults = [
        f"the {t.kind} runs over the poster's edge" for t in drawn.texts if not _inside(t, page)
    ]
    readable = [t for t in drawn.texts if t.kind != "badge"]
    faults += [
        f"the {a.kind} and the {b.kind} overlap"
        for a, b in combinations(readable, 2)
        if _meet(a, b)
    ]
    faults += [f"a panel covers the {kind}" for kind in drawn.covered]
    there = {text.kind for text in drawn.texts}
    faults += [f"the layout shows no {kind}" for kind in wanted if kind not in there]
    return tuple(dict.fromkeys(faults))


def problems_of(
    drawn: Drawn, *, wanted: Iterable[str], least: float, page: tuple[int, int]
) -> tuple[str, ...]:
    """What is wrong with a layer as it is drawn; empty if nothing."""
    small = [
        f"the {t.kind} fits only at {t.em:.1f} px; {least:.0f} px is the least that is legible"
        for t in drawn.texts
        if t.em and t.em < least - 0.05
    ]
    return (*faults_of(drawn, page=page, wanted=wanted), *dict.fromkeys(small))


def _covered(boxes: Sequence[tuple[str, Any, tuple[float, float, float, float]]]) -> Iterator[str]:
    """Kinds of texts over which a panel is painted later: those can't be read, nor seen to fail."""
    for place, (kind, _, text) in enumerate(boxes):
        later = [box for other, _, box in boxes[place + 1 :] if other == "panel"]
        if kind in KINDS and any(_share(text, box) for box in later):
            yield kind


def _share(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return (
        a[0] < b[0] + b[2] - _SLACK
        and b[0] < a[0] + a[2] - _SLACK
        and a[1] < b[1] + b[3] - _SLACK
        and b[1] < a[1] + a[3] - _SLACK
    )


def _inside(text: TextBox, page: tuple[int, int]) -> bool:
    return (
        text.left >= -_SLACK
        and text.top >= -_SLACK
        and text.right <= page[0] + _SLACK
        and text.bottom <= page[1] + _SLACK
    )


def _meet(a: TextBox, b: TextBox) -> bool:
    return _share((a.left, a.top, a.width, a.height), (b.left, b.top, b.width, b.height))


def _box(item: Mapping[str, Any]) -> tuple[float, float, float, float]:
    found = tuple(item.get(key) for key in ("x", "y", "width", "height"))
    numbers = [float(n) for n in found if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) < 4 or not all(math.isfinite(n) and abs(n) < 1e6 for n in numbers):
        raise StepError(
            f"the layout tells of a {item.get('kind')!r} without x, y, width, height: {found}"
        )
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _colour(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise StepError(f"the layout tells of a {item.get('kind')!r} whose {key} is no #RRGGBB")
    return value.upper()


def _text(kind: str, item: Mapping[str, Any], box: tuple[float, float, float, float]) -> TextBox:
    em = item.get("em", 0)
    lines, weight = item.get("lines", 1), item.get("weight", 400)
    whole = isinstance(lines, int) and isinstance(weight, int)
    if not whole or not isinstance(em, int | float) or not math.isfinite(em):
        raise StepError(f"the layout tells of a {kind!r} whose em, lines or weight is no number")
    plate = _colour(item, "plate") if item.get("plate") is not None else None
    return TextBox(
        kind=kind, left=box[0], top=box[1], width=box[2], height=box[3],
        ink=_colour(item, "ink"), em=float(em), plate=plate, lines=max(1, min(lines, 99)),
        weight=max(100, min(weight, 900)),
    )  # fmt: skip


def _whole(box: tuple[float, float, float, float], page: Box) -> Box:
    """In whole pixels, inside the page."""
    left, top = max(0, round(box[0])), max(0, round(box[1]))
    right = min(page.width, round(box[0] + box[2]))
    bottom = min(page.height, round(box[1] + box[3]))
    return Box(left=left, top=top, width=max(0, right - left), height=max(0, bottom - top))


def _padded(text: TextBox) -> tuple[float, float, float, float]:
    """With room for what letters reach outside their box."""
    more = text.em * 0.35 + 2
    return text.left - more, text.top - more, text.width + 2 * more, text.height + 2 * more


def _union(areas: Sequence[tuple[float, float, float, float]], page: Box) -> Box:
    if not areas:
        return page
    left = max(0, math.floor(min(a[0] for a in areas)))
    top = max(0, math.floor(min(a[1] for a in areas)))
    right = min(page.width, math.ceil(max(a[0] + a[2] for a in areas)))
    bottom = min(page.height, math.ceil(max(a[1] + a[3] for a in areas)))
    return Box(left=left, top=top, width=max(1, right - left), height=max(1, bottom - top))
