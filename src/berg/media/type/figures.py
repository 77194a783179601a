"""Lists that build up and simple charts, on a panel in the brand's ground."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from berg.media.type.colour import mix
from berg.media.type.overlays import SIZES, OverlayStage, around, said_from, widest
from berg.media.type.safe import Box
from berg.media.type.setter import Typeface, span, text_item
from berg.media.type.shapes import rect, ring
from berg.media.type.sheet import Cut
from berg.media.type.stage import line_item


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One number of a chart as it is written."""

    name: str
    value: Fraction
    text: str


def bullets(stage: OverlayStage, items: Sequence[str]) -> list[Cut]:
    """A list on a panel; each item comes when the voice comes to it."""
    for per_mille, closely in SIZES:
        pad = stage.share(40 * per_mille / 1000)
        room = stage.field
        dot = stage.share(20 * per_mille / 1000)
        indent = dot * 2.3
        most = round(room.width * (0.46 if stage.wide else 0.86) - 2 * pad - indent)
        box = replace(room, width=most, height=stage.share(130))
        rows = [stage.set(item, box, 56 * per_mille // 1000, 700) for item in items]
        small = min(rows, key=lambda row: row.face.size).face.size
        box = replace(box, height=round(small * 2.6))
        rows = [
            stage.set(item, box, max(8, int(small * 1000 / stage.short)), 700) for item in items
        ]
        gap = small * 0.72
        wide = max(map(widest, rows)) + indent + 2 * pad
        tall = sum(row.height for row in rows) + gap * (len(rows) - 1) + 2 * pad
        found = stage.put((wide, tall), (0.0, 0.5), closely=closely)
        if found is None:
            continue
        end, over, fade = stage.end, stage.frames(260), stage.frames(200)
        cuts = [_panel(stage, found)]
        y, first = found.top + float(pad), stage.begin
        for index, (item, row) in enumerate(zip(items, rows, strict=True)):
            even = stage.begin + (stage.end - stage.begin) * index * 3 // (len(items) * 4)
            heard = said_from(stage, item)
            first = min(max(first + 1, even if heard is None else heard, 4), end - 1)
            x = found.left + pad
            dot_top = y + row.rise - (row.face.size * 0.36 + dot / 2)
            drawn: list[dict[str, Any]] = [rect(x, dot_top, dot, dot, stage.accent)]
            for place, line in enumerate(row.lines):
                base = y + row.rise + place * row.leading
                drawn.append(line_item(stage, row.face, line, x=x + indent, y=base, fill=stage.ink))
            cuts.append(
                Cut(
                    box=around(found.left, y - gap * 0.5, found.width, row.height + gap),
                    items=drawn, first=first, end=end, fade_in=over, fade_out=fade,
                    rise=stage.share(14),
                )
            )  # fmt: skip
            y += row.height + gap
        return cuts
    return []


def chart(stage: OverlayStage, kind: str, values: Sequence[Value]) -> list[Cut]:
    """Bars that grow one after another, or a line that is drawn from left to right."""
    for per_mille, closely in SIZES:
        room = stage.field
        pad = stage.share(40 * per_mille / 1000)
        across = 0.5 if stage.wide else 0.94
        width = min(room.width * across, stage.share(150 * len(values) + 200)) * per_mille / 1000
        height = min(room.height * 0.8, stage.share(520 * per_mille / 1000))
        found = stage.put((width, height), (0.5, 0.4), closely=closely)
        if found is not None:
            plot = Box(
                left=found.left + pad, top=found.top + pad, width=found.width - 2 * pad,
                height=found.height - 2 * pad,
            )  # fmt: skip
            draw = _line if kind == "line" else _bars
            return [_panel(stage, found), *draw(stage, values, plot)]
    return []


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grid:
    """Where the values of a chart stand."""

    step: float
    label: Typeface
    figure: Typeface
    top: float
    foot: float

    def y(self, share: float) -> float:
        """Where a share (0 to 1) of the greatest value lies."""
        return self.foot - (self.foot - self.top) * share


def _grid(stage: OverlayStage, values: Sequence[Value], plot: Box) -> _Grid:
    step = plot.width / len(values)
    label = _fitting(stage, [v.name for v in values], step * 0.94, 34, 500)
    figure = _fitting(stage, [v.text for v in values], step * 0.96, 46, 800)
    return _Grid(
        step=step, label=label, figure=figure, top=plot.top + figure.size * 1.35,
        foot=plot.bottom - label.size * 1.45,
    )  # fmt: skip


def _fitting(
    stage: OverlayStage, texts: Sequence[str], room: float, largest: int, weight: int
) -> Typeface:
    face = stage.face(stage.share(largest), weight)
    wide = max(stage.setter.widths(texts, face, language=stage.language))
    return face if wide <= room else stage.face(face.size * room / wide, weight)


def _bars(stage: OverlayStage, values: Sequence[Value], plot: Box) -> list[Cut]:
    grid, most = _grid(stage, values, plot), max(v.value for v in values) or Fraction(1)
    cuts = [_baseline(stage, plot, grid)]
    for index, value in enumerate(values):
        x = plot.left + grid.step * (index + 0.5)
        top = grid.y(float(value.value / most))
        wide = min(grid.step * 0.62, stage.share(120))
        fill = stage.accent if value.value == most else mix(stage.plate, stage.ink, 420)
        first = _turn(stage, index)
        tall = max(2.0, grid.foot - top)
        bar = rect(x - wide / 2, grid.foot - tall, wide, tall, fill)
        cuts.append(_piece(stage, around(x - wide / 2, top, wide, tall), [bar], first, wipe=True))
        cuts += _texts(stage, grid, value, x, top, plot, first)
    return cuts


def _line(stage: OverlayStage, values: Sequence[Value], plot: Box) -> list[Cut]:
    grid, most = _grid(stage, values, plot), max(v.value for v in values) or Fraction(1)
    least = min(v.value for v in values)
    spread = (most - least) or Fraction(1)
    low = grid.foot - grid.figure.size * 1.6 - 2 * stage.share(11)  # a valley's number finds room
    points = [
        (
            plot.left + grid.step * (i + 0.5),
            low - (low - grid.top) * float((v.value - least) / spread),
        )
        for i, v in enumerate(values)
    ]
    thick = stage.share(11)
    path = {
        "kind": "path", "x": 0, "y": 0, "points": points, "line": stage.accent, "stroke": thick,
    }  # fmt: skip
    over = _turn(stage, len(values) - 1) - _turn(stage, 0) + stage.frames(200)
    cuts = [
        _baseline(stage, plot, grid),
        Cut(
            box=around(plot.left, plot.top, plot.width, plot.height), items=[path],
            first=_turn(stage, 0), end=stage.end, fade_in=over, fade_out=stage.frames(200),
            wipe="right",
        ),
    ]  # fmt: skip
    heights = [y for _, y in points]
    for index, (value, (x, y)) in enumerate(zip(values, points, strict=True)):
        first = _turn(stage, index)
        dot = ring(x, y, thick * 1.15, fill=stage.accent)
        spot = around(x - 2 * thick, y - 2 * thick, 4 * thick, 4 * thick)
        cuts.append(_piece(stage, spot, [dot], first))
        before = heights[index - 1] if index else y
        after = heights[index + 1] if index + 1 < len(heights) else y
        size = grid.figure.size
        if before < y - 1 and after < y - 1:  # a valley: the number stands below
            cuts += _texts(stage, grid, value, x, y + thick + size * 1.3, plot, first)
        elif after < y - 1:
            cuts += _texts(stage, grid, value, x + size * 0.25, y - thick, plot, first, "right")
        elif before < y - 1:
            cuts += _texts(stage, grid, value, x - size * 0.25, y - thick, plot, first, "left")
        else:
            cuts += _texts(stage, grid, value, x, y - thick, plot, first)
    return cuts


def _texts(
    stage: OverlayStage,
    grid: _Grid,
    value: Value,
    x: float,
    top: float,
    plot: Box,
    first: int,
    align: str = "center",
) -> list[Cut]:
    """The number over `top`, ranged at `x`, and the name under the middle of its column."""
    column = int((x - plot.left) / grid.step)
    middle = plot.left + grid.step * (column + 0.5)
    if align == "right":
        (wide,) = stage.setter.widths([value.text], grid.figure, language=stage.language)
        x = max(x, plot.left + wide)
    figure = text_item(
        grid.figure, [span(value.text, stage.ink)], x=x, y=top - grid.figure.size * 0.32,
        language=stage.language, align=align,
    )  # fmt: skip
    name = text_item(
        grid.label, [span(value.name, stage.ink)], x=middle, y=plot.bottom - grid.label.size * 0.25,
        language=stage.language, align="center",
    )  # fmt: skip
    room = around(middle - grid.step, plot.top - 4, 2 * grid.step, plot.height + 8)
    return [
        _piece(stage, room, [name], stage.begin),
        _piece(stage, room, [figure], min(first + stage.frames(200), stage.end - 1)),
    ]


def _baseline(stage: OverlayStage, plot: Box, grid: _Grid) -> Cut:
    thin = max(2, stage.share(4))
    line = rect(plot.left, grid.foot, plot.width, thin, mix(stage.plate, stage.ink, 420))
    return _piece(stage, around(plot.left, grid.foot, plot.width, thin), [line], stage.begin)


def _piece(
    stage: OverlayStage, box: Box, items: list[dict[str, Any]], first: int, *, wipe: bool = False
) -> Cut:
    return Cut(
        box=box, items=items, first=min(first, stage.end - 1), end=stage.end,
        fade_in=stage.frames(380 if wipe else 240), fade_out=stage.frames(200),
        wipe="up" if wipe else None,
    )  # fmt: skip


def _panel(stage: OverlayStage, box: Box) -> Cut:
    panel = rect(box.left, box.top, box.width, box.height, stage.plate, stage.share(20))
    return Cut(
        box=around(box.left, box.top, box.width, box.height, stage.share(60)), items=[panel],
        first=min(stage.begin, stage.end - 1), end=stage.end, fade_in=stage.frames(240),
        fade_out=stage.frames(200), rise=stage.share(18), shadow=stage.shadow(),
    )  # fmt: skip


def _turn(stage: OverlayStage, index: int) -> int:
    return min(stage.begin + stage.frames(250) + index * stage.frames(160), max(0, stage.end - 1))
