"""The layouts shown: the same words in each, over a picture and without one.

The picture is drawn here, a sun over water, so that nothing need be brought along.
Not here: real posters (`steps.poster`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from berg.errors import StepError
from berg.lines.posters.design.compose import compose, lettering_of
from berg.lines.posters.design.parts import Overlay, Piece, RgbPixels, css_px
from berg.lines.posters.design.places import LAYOUTS, places_of
from berg.lines.posters.design.placing import place
from berg.lines.posters.design.press import Press
from berg.lines.posters.design.typeset import Copy, Type, set_poster
from berg.media.type.safe import Box

PALETTE = ("#12343B", "#F2A65A", "#FBF3E4")
_WORDS = {
    "en": ("The sea is open.", "Swim at sunrise, every day from May.", "Plan your visit"),
    "zh": ("大海已经开放。", "五月起，每天日出时分一起下水。", "安排行程"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Specimen:
    """One picture of a layout."""

    layout: str
    width: int
    height: int
    scheme: str
    language: str
    with_picture: bool
    pixels: RgbPixels

    @property
    def name(self) -> str:
        """A file's name, without its ending."""
        rest = "" if self.with_picture else "-plain"
        return f"{self.layout}-{self.width}x{self.height}-{self.scheme}-{self.language}{rest}"

    def png(self) -> bytes:
        """As a file."""
        return encoded(self.pixels)


SHOWN = (
    (1080, 1350, "dark", "en", True),
    (1080, 1350, "accent", "en", False),
    (1080, 1080, "light", "zh", True),
    (1080, 1080, "dark", "zh", False),
    (1920, 1080, "light", "en", True),
    (1080, 1920, "dark", "en", True),
)
"""Width, height, scheme, language, and whether there is a picture."""


def specimens(
    press: Press,
    *,
    family: str = "Inter",
    shown: tuple[tuple[int, int, str, str, bool], ...] = SHOWN,
) -> Iterator[Specimen]:
    """Every layout as `shown`, one after another."""
    for layout in LAYOUTS:
        for width, height, scheme, language, with_picture in shown:
            headline, body, cta = _WORDS[language]
            places = places_of(layout, width, height, with_picture=with_picture)
            copy = Copy(
                layout=layout, headline=headline, body=body, cta=cta, brand="Northpier",
                palette=PALETTE, family=family, scheme=scheme, place=places[-1],
                language=language, width=width, height=height, with_picture=with_picture,
            )  # fmt: skip
            pixels = composed(set_poster(copy, press), copy, sunrise(width, height))
            yield Specimen(
                layout=layout, width=width, height=height, scheme=scheme, language=language,
                with_picture=with_picture, pixels=pixels,
            )  # fmt: skip


def pieces_of(made: Type) -> list[Piece]:
    """What is to be read of a poster's type, and where."""
    return [
        Piece(
            kind=t.kind, ink=t.ink, em=round(t.em), plate=t.plate is not None, weight=t.weight,
            box=Box(
                left=round(t.left), top=round(t.top), width=round(t.width), height=round(t.height)
            ),
        )
        for t in made.drawn.texts
    ]  # fmt: skip


def composed(made: Type, copy: Copy, picture: RgbPixels) -> RgbPixels:
    """A poster's pixels: type over the picture, with the scrims that it needs."""
    sheet = cv2.imdecode(np.frombuffer(made.png, np.uint8), cv2.IMREAD_UNCHANGED)
    layer = np.ascontiguousarray(np.asarray(sheet, np.uint8)[..., [2, 1, 0, 3]])
    pieces = pieces_of(made)
    whole = Box(left=0, top=0, width=copy.width, height=copy.height)
    placed = place(picture, made.drawn.picture, focus=(500, 500)) if copy.with_picture else None
    return compose(
        lettering_of(Overlay(pixels=layer, left=made.box.left, top=made.box.top), pieces),
        size=(copy.width, copy.height), trim=whole, ground=made.inks.ground, placed=placed,
        tint=made.inks.ground, labels=(), css=css_px(copy.width, copy.height),
    ).pixels  # fmt: skip


def sunrise(width: int, height: int) -> RgbPixels:
    """A sun over water, as large as asked."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    y, x = y / height, (x - width * 0.62) / min(width, height)
    sky = _blend(y / 0.6, ((38, 62, 92), (196, 120, 104), (250, 196, 132)))
    far = np.hypot(x, (y - 0.5) * height / min(width, height))
    sun = np.clip((0.115 - far) * 90, 0, 1)[..., None]
    glow = np.exp(-far * 4)[..., None]
    above = sky + (np.array((255, 226, 170)) - sky) * np.clip(sun + glow * 0.5, 0, 1)
    deep = (y - 0.6) / 0.4
    waves = np.sin(deep * 90 / (0.15 + deep.clip(0)) + np.sin(x * 9) * 1.6)
    path = np.exp(-((x / (0.05 + 0.3 * deep.clip(0))) ** 2)) * (0.5 + 0.5 * waves)
    water = _blend(deep, ((132, 110, 112), (36, 66, 84), (14, 34, 46)))
    water = water + (np.array((255, 206, 140)) - water) * (path * 0.75)[..., None]
    water += waves[..., None] * 5
    picture = np.where(y[..., None] < 0.6, above, water)
    return np.asarray(picture.clip(0, 255), np.uint8)


def _blend(share: np.ndarray, colours: tuple[tuple[int, int, int], ...]) -> np.ndarray:
    stops = np.linspace(0, 1, len(colours))
    channels = [np.interp(share, stops, [c[i] for c in colours]) for i in range(3)]
    return np.stack(channels, axis=-1)


def encoded(pixels: RgbPixels) -> bytes:
    """As PNG."""
    done, data = cv2.imencode(".png", np.ascontiguousarray(pixels[..., ::-1]))
    if not done:
        raise StepError("a picture can't be encoded")
    return data.tobytes()


def reduced(pixels: RgbPixels, width: int) -> RgbPixels:
    """A small copy, its height even."""
    height = round(pixels.shape[0] * width / pixels.shape[1] / 2) * 2
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
