"""Where each layout can put its type: pure, so that a line chooses before anything is set.

Not here: where exactly type ends up (the templates in `layouts/`, found by `typeset`).
"""

from typing import NamedTuple

LAYOUTS = ("hero", "split", "type", "badge", "grid", "frame")
"""Built in, in the order in which they are tried."""
OWN_PLACES = ("top", "middle", "bottom", "left", "right")
"""What a user's own template may be asked for."""


class Area(NamedTuple):
    """A part of the picture, thousandths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int


_UPRIGHT = {
    "hero": ("bottom", "top"),
    "split": ("bottom", "top"),
    "type": ("top",),
    "badge": ("bottom", "top"),
    "grid": ("top",),
    "frame": ("bottom", "top"),
}
_LYING = {
    "hero": ("left", "right"),
    "split": ("left", "right"),
    "type": ("left",),
    "badge": ("left", "right"),
    "grid": ("left",),
    "frame": ("left", "right"),
}
_AREAS = {
    "top": Area(0, 0, 1000, 480),
    "bottom": Area(0, 520, 1000, 1000),
    "middle": Area(0, 280, 1000, 720),
    "left": Area(0, 0, 560, 1000),
    "right": Area(440, 0, 1000, 1000),
}
_CELL = ((620, 360), (400, 740))
_PANELS = {
    "split": ((1000, 600), (520, 1000)),
    "frame": ((852, 560), (430, 852)),
    "type": _CELL,
    "grid": _CELL,
}
"""Largest panels, thousandths of width and height: of upright posters, of lying ones."""
_OVER_PICTURE = ("hero", "badge")
"""Layouts that set type on the picture itself; the others paint what it stands on."""


def is_lying(width: int, height: int) -> bool:
    """Whether a poster is laid out in columns side by side: clearly wider than high."""
    return width * 4 > height * 5


def places_of(layout: str, width: int, height: int, *, with_picture: bool) -> tuple[str, ...]:
    """The places that a layout offers at this size, best first; any but its own names is a user's.

    Without a picture there is nothing to avoid, so there is one place.
    """
    if layout not in LAYOUTS:
        return OWN_PLACES if with_picture else OWN_PLACES[:1]
    places = (_LYING if is_lying(width, height) else _UPRIGHT)[layout]
    return places if with_picture else places[:1]


def picture_size(layout: str, width: int, height: int) -> tuple[int, int]:
    """Pixels of the picture that a layout is handed at this size: about the panel it is shown in.

    A panel's exact height hangs on the text; the picture is as large as the largest panel, and
    what is cut off then is little. Layouts with panels of a like shape share a picture.
    """
    shares = _PANELS.get(layout)
    if shares is None:
        return width, height
    across, down = shares[is_lying(width, height)]
    return round(width * across / 1000), round(height * down / 1000)


def type_area(layout: str, place: str) -> Area | None:
    """About where type covers the picture, to look there for calm and faces; None if nowhere."""
    if layout in LAYOUTS and layout not in _OVER_PICTURE:
        return None
    return _AREAS[place]


__all__ = ["LAYOUTS", "OWN_PLACES", "Area", "is_lying", "picture_size", "places_of", "type_area"]
