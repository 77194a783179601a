"""Which place for type is calmest, and free of faces: pure, light to import.

Works on the two grids that `ground` makes: how busy and how bright each of their cells is.
"""

from collections.abc import Iterator, Mapping, Sequence

from berg.lines.posters.design.places import Area

COLUMNS, ROWS = 8, 10
"""Cells of the grids, stored row by row."""
_BUSIEST = 0.35
"""What the busiest cells weigh against the mean: one bright window spoils a headline."""
_UNEVEN = 0.5
"""What a place's uneven brightness weighs: type in one colour can't be read on both."""
_FACE = 400.0
"""What a whole face under the type weighs; the busiest place alone scores about 200."""
_FOCUS = 18.0
"""What covering the subject's centre weighs."""


def in_order(
    areas: Mapping[str, Area | None],
    *,
    detail: Sequence[int],
    luma: Sequence[int],
    faces: Sequence[Area],
    focus: tuple[int, int],
) -> tuple[str, ...]:
    """The names of `areas`, best first; of equals, in the order in which they are given.

    Areas and faces are thousandths of the picture, `focus` is its subject's centre; the grids are
    0 to 255. An area that is None covers none of the picture, and is as good as can be.
    """

    def score(name: str) -> float:
        area = areas[name]
        if area is None:
            return 0.0
        covered = sum(_share(face, area) for face in faces)
        centre = area.left <= focus[0] < area.right and area.top <= focus[1] < area.bottom
        # Rounded: equals are equal, whatever the order in which their cells were added up.
        return round(_busy(area, detail, luma) + _FACE * covered + _FOCUS * centre, 3)

    return tuple(sorted(areas, key=score))


def _busy(area: Area, detail: Sequence[int], luma: Sequence[int]) -> float:
    cells = list(_cells(area))
    if not cells:
        return 255.0
    total = sum(weight for _, weight in cells)
    mean = sum(detail[cell] * weight for cell, weight in cells) / total
    top = sorted((detail[cell] for cell, _ in cells), reverse=True)
    busiest = top[: max(1, len(top) // 5)]
    bright = sum(luma[cell] * weight for cell, weight in cells) / total
    uneven = sum(abs(luma[cell] - bright) * weight for cell, weight in cells) / total
    return mean + _BUSIEST * sum(busiest) / len(busiest) + _UNEVEN * uneven


def _cells(area: Area) -> Iterator[tuple[int, float]]:
    """Cells that an area covers, and the share of each that it does."""
    for row in range(ROWS):
        for column in range(COLUMNS):
            left, top = column * 1000 / COLUMNS, row * 1000 / ROWS
            wide = min(area.right, left + 1000 / COLUMNS) - max(area.left, left)
            tall = min(area.bottom, top + 1000 / ROWS) - max(area.top, top)
            if wide > 0 and tall > 0:
                yield row * COLUMNS + column, wide * tall * COLUMNS * ROWS / 1e6


def _share(face: Area, area: Area) -> float:
    """Share of a face that lies in an area."""
    wide = min(area.right, face.right) - max(area.left, face.left)
    tall = min(area.bottom, face.bottom) - max(area.top, face.top)
    size = (face.right - face.left) * (face.bottom - face.top)
    return max(0, wide) * max(0, tall) / size if size else 0.0
