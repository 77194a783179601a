"""The end card: logo, name, and where to go, in the brand's colours, arriving one after another."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image, ImageStat

from berg.media.type.arrival import end_entrance
from berg.media.type.code import Square
from berg.media.type.colour import DARK, LIGHT, ColourScheme, contrast, schemes
from berg.media.type.logo import safe_logo
from berg.media.type.pieces import settable_words
from berg.media.type.safe import Box, centred_box
from berg.media.type.setter import Setter
from berg.media.type.shapes import rect, ring, shape
from berg.media.type.sheet import Cut, make_sheet
from berg.media.type.stage import CardStage, Fitted, fit, line_item, strip
from berg.media.type.words import TimedWord
from berg.schema.layer import ALL_FREE, Clear, Layer

_SEEN = 2.5
"""Least contrast of a logo's mean colour to what it stands on; below, it gets a tile."""


def set_end_card(
    *,
    brand: str,
    line: str | None,
    logo: Path | None,
    language: str,
    family: str,
    palette: Sequence[str],
    width: int,
    height: int,
    fps: Fraction,
    setter: Setter,
    scratch: Path,
    clear: Clear = ALL_FREE,
    code: Path | None = None,
) -> tuple[tuple[str, str], bytes, tuple[Layer, ...], int]:
    """Ground (top, bottom), sheet, layers, and frames until all have arrived.

    `code` is a QR code, one pixel a module. `scratch` is a folder for a copy of the logo.
    Raises MediaError if the logo can't be used, StepError if a letter is in none of the fonts.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as held:
        root = Path(held)
        drawn = _Logo(safe_logo(logo, root), setter, root) if logo else None
        scheme = drawn.scheme(schemes(palette)) if drawn else schemes(palette)[0]
        stage = CardStage(
            width=width, height=height, fps=fps, language=language, family=setter.family(family),
            scheme=scheme, setter=setter, words=_as_words(brand, setter), brand="",
            clear=clear,
        )  # fmt: skip
        square = Square(code, palette, root) if code else None
        cuts = _composed(stage, _as_words(line or "", setter), drawn, square)
        image, layers = make_sheet(
            cuts, setter=setter, language=language, width=width, height=height, root=root
        )
    return scheme.ground, image, layers, end_entrance(fps)


class _Logo:
    """The logo: its proportions and colour, found by drawing it once."""

    def __init__(self, path: Path, setter: Setter, root: Path) -> None:
        self.name = path.name
        item = {"kind": "image", "path": path.name, "x": 0, "y": 0, "width": 400, "height": 400}
        (drawn,) = setter.draw(
            [{"width": 400, "height": 400, "items": [item]}], language="en", root=root
        )
        ink = drawn.getchannel("A").getbbox() or (0, 0, 400, 400)
        self.shape = (ink[2] - ink[0], ink[3] - ink[1])
        cropped = drawn.crop(ink)
        solid = cropped.getchannel("A").point([0] * 128 + [255] * 128)
        self.opaque = ImageStat.Stat(solid).mean[0] > 250
        self.colour = _mean(cropped, solid)

    def scheme(self, choices: Sequence[ColourScheme]) -> ColourScheme:
        """The first scheme on whose ground the logo is seen, else the first."""
        return next((s for s in choices if self.opaque or self._seen(s.ground[0])), choices[0])

    def tile(self, ground: str) -> str | None:
        """The colour of a tile to stand on, if the ground alone won't do."""
        if self.opaque or self._seen(ground):
            return None
        return max((LIGHT, DARK), key=lambda tile: contrast(tile, self.colour))

    def _seen(self, ground: str) -> bool:
        return contrast(self.colour, ground) >= _SEEN


def _mean(picture: Image.Image, solid: Image.Image) -> str:
    if solid.getbbox() is None:
        return DARK
    mean = ImageStat.Stat(picture.convert("RGB"), mask=solid).mean
    return "#" + "".join(f"{round(value):02X}" for value in mean)


def _as_words(text: str, setter: Setter) -> tuple[TimedWord, ...]:
    found = (TimedWord(text=part, space=True, first=0, end=1) for part in text.split())
    return settable_words(tuple(found), setter)


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """What stands on the card, sized; heights in pixels."""

    logo: tuple[int, int]
    tile: int
    """Pixels by which the logo's tile is larger than the logo on every side."""
    name: Fitted | None
    low: Fitted | None
    gap: int
    bar: int
    padding: int
    """Above and below the line in its shape, together."""
    code: int
    """Side of the QR code, a whole number of pixels a module; 0 without one."""

    @property
    def tall(self) -> float:
        """From the top of the first to the foot of the last."""
        parts: list[float] = [2 * self.tile + self.logo[1]] if self.logo[1] else []
        parts += [self.name.height] if self.name else []
        parts += [self.bar]
        parts += [self.low.height + self.padding] if self.low else []
        parts += [self.code] if self.code else []
        return sum(parts) + self.gap * (len(parts) - 1)


_SIZES = (1000, 900, 800, 700, 600, 500, 400)
"""Sizes that are tried, thousandths, until the parts fit their room."""


def _parts(
    stage: CardStage,
    line: tuple[TimedWord, ...],
    logo: _Logo | None,
    code: Square | None,
    room: Box,
    per_mille: int,
) -> _Parts:
    def share(part: int) -> int:
        return stage.share(part * per_mille / 1000)

    saying = replace(stage, words=line)
    third = Box(left=room.left, top=0, width=room.width, height=share(330))
    below = Box(left=room.left, top=0, width=room.width - stage.share(96), height=share(200))
    largest = (170 * per_mille // 1000, 50 * per_mille // 1000)
    return _Parts(
        logo=_size(logo, share(230), room) if logo else (0, 0),
        tile=stage.share(36) if logo and logo.tile(stage.scheme.ground[0]) else 0,
        name=fit(stage, stage.words, third, largest=largest[0]) if stage.words else None,
        low=fit(saying, line, below, largest=largest[1], weight=600) if line else None,
        gap=share(56),
        bar=stage.share(10),
        padding=stage.share(64),
        code=code.side(min(room.width, share(340 if stage.height > stage.width else 250)))
        if code
        else 0,
    )


def _composed(
    stage: CardStage, line: tuple[TimedWord, ...], logo: _Logo | None, code: Square | None
) -> list[Cut]:
    centred = centred_box(stage.width, stage.height)
    room = replace(centred, top=stage.safe.top, height=stage.safe.height)
    tried = (_parts(stage, line, logo, code, room, size) for size in _SIZES)
    parts = next((p for p in tried if p.tall <= room.height), None)
    parts = parts or _parts(stage, line, logo, code, room, _SIZES[-1])
    colours, gap, name = stage.scheme, parts.gap, parts.name
    y = room.top + max(0, room.height - parts.tall) * 0.5
    cuts = [*_backdrop(stage)]
    if logo:
        y += parts.tile
        cuts.append(_logo_cut(stage, logo, room.middle - parts.logo[0] / 2, y, parts.logo))
        y += parts.logo[1] + parts.tile + gap
    if name:
        cuts.extend(_name(stage, name, room.middle, y))
        y += name.height + gap
    wide = stage.share(110)
    line_below = rect(room.middle - wide / 2, y, wide, parts.bar, colours.accent)
    cuts.append(shape(stage, line_below, first_ms=370, over_ms=270))
    y += parts.bar + gap
    if parts.low:
        cuts.append(_call(stage, parts.low, room.middle, y))
        y += parts.low.height + parts.padding + gap
    if code:
        box, items = code.drawn(room.middle, y, parts.code, stage.share(18))
        cuts.append(_rising(stage, box, items, first_ms=500))
    return cuts


def _name(stage: CardStage, name: Fitted, middle: int, y: float) -> Iterator[Cut]:
    ink = stage.scheme.ink
    for row, pieces in enumerate(name.lines):
        base = y + name.rise + row * name.leading
        item = line_item(stage, name.face, pieces, x=middle, y=base, fill=ink, align="center")
        yield _rising(stage, strip(stage, base, name.face.size), [item], first_ms=200)


def _backdrop(stage: CardStage) -> list[Cut]:
    """Two great rings in the ground, cut off by the picture's corners."""
    line = max(2.0, stage.short * 0.0045)
    tint = stage.scheme.accent + "66"
    radius = stage.share(430 if stage.height * 3 > stage.width * 4 else 235)
    top = ring(stage.width, 0, radius, fill=stage.scheme.accent + "2E")
    low = ring(0, stage.height, radius, fill=None, line=tint, stroke=line)
    return [
        shape(stage, top, first_ms=0, over_ms=600, rise=stage.share(30)),
        shape(stage, low, first_ms=70, over_ms=600),
    ]


def _call(stage: CardStage, low: Fitted, middle: int, y: float) -> Cut:
    colours = stage.scheme
    pad_x, pad_y = stage.share(48), stage.share(32)
    items: list[dict[str, Any]] = []
    fill = colours.ink
    if len(low.lines) == 1:
        wide = low.lines[0]
        texts = "".join(p.text + (" " if p.space else "") for p in wide).strip()
        width = stage.setter.widths([texts], low.face, language=stage.language)[0]
        height = low.height + 2 * pad_y
        items.append(
            rect(
                middle - width / 2 - pad_x, y, width + 2 * pad_x, height, colours.accent, height / 2
            )
        )
        fill = colours.on_accent
    base = y + pad_y + low.rise
    for row, pieces in enumerate(low.lines):
        items.append(
            line_item(
                stage,
                low.face,
                pieces,
                x=middle,
                y=base + row * low.leading,
                fill=fill,
                align="center",
            )
        )
    box = Box(
        left=0,
        top=round(y) - 4,
        width=stage.width,
        height=round(low.height + 2 * pad_y + low.leading),
    )
    return _rising(stage, box, items, first_ms=470)


def _logo_cut(stage: CardStage, logo: _Logo, x: float, y: float, size: tuple[int, int]) -> Cut:
    items: list[dict[str, Any]] = []
    tile = logo.tile(stage.scheme.ground[0])
    pad = stage.share(36) if tile else 0
    if tile:
        items.append(
            rect(x - pad, y - pad, size[0] + 2 * pad, size[1] + 2 * pad, tile, stage.share(36))
        )
    items.append(
        {"kind": "image", "path": logo.name, "x": x, "y": y, "width": size[0], "height": size[1]}
    )
    box = Box(
        left=round(x) - pad - 3,
        top=round(y) - pad - 3,
        width=size[0] + 2 * pad + 6,
        height=size[1] + 2 * pad + 6,
    )
    return _rising(stage, box, items, first_ms=0)


def _rising(stage: CardStage, box: Box, items: list[dict[str, Any]], *, first_ms: int) -> Cut:
    first = stage.frames(first_ms) if first_ms else 0
    over = min(stage.frames(400), end_entrance(stage.fps) - first)
    return Cut(box=box, items=items, first=first, fade_in=max(1, over), rise=stage.share(26))


def _size(logo: _Logo, tallest: int, room: Box) -> tuple[int, int]:
    wide, tall = logo.shape
    scale = min(room.width * 0.62 / wide, tallest / tall)
    return max(1, round(wide * scale)), max(1, round(tall * scale))
