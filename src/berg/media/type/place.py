"""Where an overlay stands: in the calmest part of its room, never on a face or on another.

Pure. A place is tried on a fine raster of positions; what is preferred (a corner, the foot) counts
beside how busy the picture is there.
"""

from collections.abc import Sequence

from berg.media.type.safe import Box
from berg.schema.layer import Taken, View

_ACROSS, _DOWN = 9, 24
_MARGIN = 12
"""Air around a face, per mille of the picture's shorter side."""

_CHIN = (0.04, 0.1)
"""What a found face leaves out at its sides and its chin, shares of it."""
_CORE = (-0.14, -0.14)


def faces_of(view: View, *, width: int, height: int, closely: bool = False) -> tuple[Box, ...]:
    """The faces in a picture of `width` by `height` pixels, with air around them.

    `closely`: eyes, nose and mouth alone, for a picture that a face fills.
    """
    air = min(width, height) * _MARGIN // 1000
    return tuple(
        _around(face, width, height, 0 if closely else air, _CORE if closely else _CHIN)
        for face in view.faces
    )


def _around(face: Taken, width: int, height: int, air: int, more: tuple[float, float]) -> Box:
    """A face's box, wider and deeper by shares of itself."""
    wide, tall = face.width * width / 1000, face.height * height / 1000
    across, below = more[0] * wide, more[1] * tall
    left, top = face.left * width / 1000 - across, face.top * height / 1000 + min(0.0, -below / 2)
    if below < 0:
        top = face.top * height / 1000 - below
    return Box(
        left=round(left) - air, top=round(top) - air, width=round(wide + 2 * across) + 2 * air,
        height=round(tall + (1.5 if below > 0 else 2) * below) + 2 * air,
    )  # fmt: skip


def place(
    size: tuple[int, int],
    room: Box,
    *,
    view: View,
    picture: tuple[int, int],
    taken: Sequence[Box],
    wish: tuple[float, float],
    calmly: float = 1.0,
) -> Box | None:
    """The best box of `size` pixels in `room` that touches nothing `taken`; None if none is free.

    `wish`: where in its room it would stand on an even picture, shares across and down.
    `calmly`: how much a busy ground counts beside that.
    """
    spare_x, spare_y = room.width - size[0], room.height - size[1]
    if spare_x < 0 or spare_y < 0:
        return None
    best: tuple[float, Box] | None = None
    for row in range(_DOWN + 1):
        for column in range(_ACROSS + 1):
            across, down = column / _ACROSS, row / _DOWN
            box = Box(
                left=room.left + round(spare_x * across),
                top=room.top + round(spare_y * down),
                width=size[0],
                height=size[1],
            )
            if any(touch(box, other) for other in taken):
                continue
            away = abs(across - wish[0]) * 0.7 + abs(down - wish[1])
            cost = away * 0.6 + calmly * _busy(view, box, picture)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, box)
    return best and best[1]


def touch(a: Box, b: Box) -> bool:
    """Whether two boxes share a pixel."""
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _busy(view: View, box: Box, picture: tuple[int, int]) -> float:
    """Mean busyness under a box, 0 to 1."""
    if not view.busy:
        return 0.0
    rows, columns = len(view.busy), len(view.busy[0]) // 2
    tops = range(box.top * rows // picture[1], -(-box.bottom * rows // picture[1]))
    lefts = range(box.left * columns // picture[0], -(-box.right * columns // picture[0]))
    cells = [
        int(view.busy[y][2 * x : 2 * x + 2], 16)
        for y in tops
        if 0 <= y < rows
        for x in lefts
        if 0 <= x < columns
    ]
    return sum(cells) / (255 * len(cells)) if cells else 0.0
