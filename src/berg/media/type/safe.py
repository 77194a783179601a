"""Where type may stand: free of what players and platforms draw over a film.

Figures, share of the picture (checked November 2026; platforms move them, so look again):

| shape | top | bottom | left | right |
|---|---|---|---|---|
| upright (9:16) | 14 % | 25 % | 6 % | 13 % |
| square | 8 % | 9 % | 7 % | 7 % |
| wide (16:9) | 6 % | 9 % | 8 % | 8 % |

Upright: Meta keeps top 14 %, sides 6 %, bottom 20 % (Stories) to 35 % (Reels advertisements) for
itself; TikTok's buttons take 12 to 13 % on the right, its caption 20 to 30 % below. Square: feeds
draw only a corner button. Wide: EBU graphics-safe 5 % of each side, a player's bar about 8 %.

Sources: Meta Business Help, "About safe zones"; TikTok Ads Manager, "Video ads specifications";
EBU R 95 v1.1 (2017). A film booked as a Reels *advertisement* should keep 35 % free below.
"""

from dataclasses import dataclass, replace

from berg.schema.layer import Clear


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle in pixels of the picture."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column outside."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row outside."""
        return self.top + self.height

    @property
    def middle(self) -> int:
        """Centre column."""
        return self.left + self.width // 2


_UPRIGHT = (140, 250, 60, 130)
_SQUARE = (80, 90, 70, 70)
_WIDE = (60, 90, 80, 80)


def safe_box(width: int, height: int) -> Box:
    """The part of a picture in which type is never covered."""
    top, bottom, left, right = _margins(width, height)
    x, y = width * left // 1000, height * top // 1000
    return Box(
        left=x,
        top=y,
        width=width - x - width * right // 1000,
        height=height - y - height * bottom // 1000,
    )


def centred_box(width: int, height: int) -> Box:
    """The widest part of the safe box that lies symmetrically in the picture."""
    safe = safe_box(width, height)
    side = max(safe.left, width - safe.right)
    return Box(left=side, top=safe.top, width=width - 2 * side, height=safe.height)


def cleared(box: Box, clear: Clear) -> Box:
    """The box without the bands that are kept free for a label."""
    height = max(1, box.height - clear.top - clear.bottom)
    return replace(box, top=box.top + clear.top, height=height)


def _margins(width: int, height: int) -> tuple[int, int, int, int]:
    if width * 4 < height * 3:
        return _UPRIGHT
    return _WIDE if width * 3 > height * 4 else _SQUARE
