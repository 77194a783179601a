"""A poster's type: laid out by a template, fitted, checked, and drawn on nothing.

Sizes are fitted inside the template, in closed form; what still overlaps or overflows is set
smaller as a whole, and what then is too small to be read is a problem that is reported.
Not here: the picture and contrast on it (`compose`), where type had better stand (the line).
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from berg.errors import StepError
from berg.lines.posters.design.boxes import Drawn, faults_of, found_in, problems_of
from berg.lines.posters.design.flat_png import to_png
from berg.lines.posters.design.inks import Inks, inks_of
from berg.lines.posters.design.logo import Logo, logo_of
from berg.lines.posters.design.places import is_lying
from berg.lines.posters.design.press import Press
from berg.lines.posters.design.texts import ROLES, Role, cleaned, part_of, role_of
from berg.media.type.safe import Box, safe_box
from berg.schema.layer import ALL_FREE, Clear

_SCALES = (1000, 940, 880, 820, 760, 700, 640, 580, 540, 500)
"""Thousandths of the type's size that are tried."""
_WIDER = 0.1
"""Ems by which a text's longest line has to be wider when it is small, to be fitted again."""
_MARGIN = 74
"""Margin, thousandths of the shorter side."""
_SCREEN_LEAST, _SCREEN_SHARE = 11, 20
"""Least type: pixels, and thousandths of the shorter side."""
_PAPER_LEAST, _PAPER_SHARE = 25, 10
"""On paper: 6 pt at 300 dpi, and a hundredth, which on A3 is 8 pt."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """What a poster says, and how it looks."""

    layout: str
    headline: str
    body: str | None = None
    cta: str | None = None
    brand: str = ""
    palette: tuple[str, ...]
    family: str
    scheme: str
    place: str
    language: str
    width: int
    height: int
    with_picture: bool
    paper: bool = False
    logo: Path | None = None
    template: bytes | None = None
    """A user's own, instead of the layout of that name."""
    clear: Clear = ALL_FREE


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    """A poster's type, drawn."""

    png: bytes
    """Straight-alpha RGBA, cropped to what is drawn."""
    box: Box
    """Where it lies on the poster."""
    drawn: Drawn
    inks: Inks
    scale: int
    """Thousandths."""
    problems: tuple[str, ...]
    data: dict[str, Any]
    """What the template was handed in the end."""


def set_poster(copy: Copy, press: Press) -> Type:
    """The type of one poster.

    Raises StepError if a letter is in none of the fonts, nothing is left to be set, or the
    template fails; MediaError if the logo can't be used. What merely doesn't fit is a problem.
    """
    inks, data, drawn, scale = _settled(copy, press)
    sheet, box = _sheet(copy.template or copy.layout, data, drawn, press)
    problems = _problems(drawn, data, copy)
    return Type(
        png=sheet, box=box, drawn=drawn, inks=inks, scale=scale, problems=problems, data=data
    )


def pdf_of(made: Type, copy: Copy, press: Press) -> bytes:
    """The same type as vectors: one PDF page, 1 pt a pixel."""
    return press.pdf(copy.template or copy.layout, made.data)


def least_of(copy: Copy) -> float:
    """Pixels to the em of the smallest type that counts as legible at the delivered size."""
    least, share = (_PAPER_LEAST, _PAPER_SHARE) if copy.paper else (_SCREEN_LEAST, _SCREEN_SHARE)
    return max(least, min(copy.width, copy.height) * share / 1000)


def data_of(copy: Copy, inks: Inks, press: Press) -> dict[str, Any]:
    """What a template is handed (see docs/layouts.md)."""
    setter = press.setter
    language, _, region = copy.language.partition("-")
    short = min(copy.width, copy.height)
    return {
        **_parts(copy, press),
        "logo": _logo(copy, inks, press),
        "colours": inks.as_data(),
        "scheme": copy.scheme,
        "place": copy.place,
        "language": copy.language,
        "width": copy.width,
        "height": copy.height,
        "short": short,
        "lying": is_lying(copy.width, copy.height),
        "margin": round(short * _MARGIN / 1000),
        "safe": _safe(copy),
        "with_picture": copy.with_picture,
        "least": least_of(copy),
        "scale": 1.0,
        "family": setter.family(copy.family),
        "fallback": [n for n in setter.families if n == "Noto Sans CJK SC" or "CJK" not in n],
        "cjk": language in ("zh", "ja", "ko") and not setter.han,
        "lang": language.lower()[:3],
        "region": region[:2] or ("CN" if language == "zh" else "US"),
    }  # fmt: skip


def _parts(copy: Copy, press: Press) -> dict[str, Any]:
    setter = press.setter
    found: dict[str, Any] = dict.fromkeys(("headline", *ROLES))
    for kind in found:
        text = cleaned(getattr(copy, kind) or "", setter.fonts)
        if text:
            role = role_of(kind, copy.layout if copy.template is None else "")
            found[kind] = _part_of(text, role, copy, press)
    if found["headline"] is None:
        raise StepError(f"nothing of the headline {copy.headline[:40]!r} can be set: write words")
    return found


def _part_of(text: str, role: Role, copy: Copy, press: Press) -> dict[str, Any]:
    family = press.setter.family(copy.family)
    return part_of(text, role, setter=press.setter, family=family, language=copy.language)


def _wanted(data: dict[str, Any]) -> tuple[str, ...]:
    """What the poster must show."""
    return tuple(kind for kind in ("headline", "body", "cta") if data[kind] is not None)


def _logo(copy: Copy, inks: Inks, press: Press) -> dict[str, Any] | None:
    if copy.logo is None:
        return None
    drawn = _drawn_logo(press.logo(copy.logo), press)
    return {
        "path": drawn.path,
        "aspect": drawn.aspect,
        "ink": drawn.colour,
        "opaque": drawn.opaque,
        "tile": drawn.tile(copy.palette),
        "seen": {"ground": drawn.seen_on(inks.ground), "accent": drawn.seen_on(inks.accent)},
    }


_LOGOS: dict[tuple[int, str], Logo] = {}


def _drawn_logo(path: str, press: Press) -> Logo:
    key = (id(press), path)
    if key not in _LOGOS:
        _LOGOS[key] = logo_of(path, setter=press.setter, root=press.root)
    return _LOGOS[key]


def _safe(copy: Copy) -> dict[str, int]:
    """Edges between which type stands: generous margins, free of platforms' own and the label."""
    short = min(copy.width, copy.height)
    margin = round(short * _MARGIN / 1000)
    safe = safe_box(copy.width, copy.height)
    upright = copy.width * 4 < copy.height * 3
    top = max(margin, safe.top * 6 // 10 if upright and not copy.paper else 0)
    low = max(margin, (copy.height - safe.bottom) * 6 // 10 if upright and not copy.paper else 0)
    if copy.clear.top:
        top = max(top, safe.top + copy.clear.top)
    if copy.clear.bottom:
        low = max(low, copy.height - safe.bottom + copy.clear.bottom)
    return {"left": margin, "top": top, "right": copy.width - margin, "bottom": copy.height - low}


def _settled(copy: Copy, press: Press) -> tuple[Inks, dict[str, Any], Drawn, int]:
    """Inks, what the template is handed, where all is, and at which scale (thousandths)."""
    inks = inks_of(copy.palette, copy.scheme, layout=copy.layout, with_picture=copy.with_picture)
    data, template = data_of(copy, inks, press), copy.template or copy.layout
    scale, drawn = _fitted(data, template, copy, press)
    wider = _wider(drawn, data, copy, press)
    if wider:
        anew = _fitted(data | wider, template, copy, press)
        # A hair too wide is better than too small to be read; composing sees the very letters.
        if not _problems(anew[1], data, copy) or _problems(drawn, data, copy):
            data |= wider
            scale, drawn = anew
    return inks, data | {"scale": scale / 1000}, drawn, scale


def _problems(drawn: Drawn, data: dict[str, Any], copy: Copy) -> tuple[str, ...]:
    page = (copy.width, copy.height)
    return problems_of(drawn, wanted=_wanted(data), least=least_of(copy), page=page)


def _wider(drawn: Drawn, data: dict[str, Any], copy: Copy, press: Press) -> dict[str, Any]:
    """Texts measured anew as small as they were drawn, where they are wider so."""
    found: dict[str, Any] = {}
    for kind in ("headline", *ROLES):
        role = role_of(kind, copy.layout if copy.template is None else "")
        em = min((text.em for text in drawn.texts if text.kind == kind and text.em), default=0.0)
        if not 1 <= em < role.measured_at:
            continue
        small = replace(role, measured_at=int(em))
        part = _part_of(data[kind]["text"], small, copy, press)
        before, now = (one["settings"][0]["widest"] for one in (data[kind], part))
        if now > before + _WIDER:
            found[kind] = part
    return found


def _fitted(
    data: dict[str, Any], template: str | bytes, copy: Copy, press: Press
) -> tuple[int, Drawn]:
    """The largest scale at which nothing overflows or overlaps; the smallest if none."""
    page = (copy.width, copy.height)
    for scale in _SCALES:
        said = press.boxes(template, data | {"scale": scale / 1000})
        drawn = found_in(said, page=page)
        if not faults_of(drawn, page=page, wanted=_wanted(data)):
            break
    return scale, drawn


def _sheet(
    template: str | bytes, data: dict[str, Any], drawn: Drawn, press: Press
) -> tuple[bytes, Box]:
    """The layer's picture, and where it lies on the poster."""
    if isinstance(template, str):
        # A layout of our own tells of all that it draws, and the page is cut to that: the PNG is
        # good as it is. To decode, crop and encode it again would take as long as to draw it.
        return press.drawn(template, data, _as_view(drawn.view)), drawn.view
    whole = Box(left=0, top=0, width=data["width"], height=data["height"])
    return _cropped(press.drawn(template, data, _as_view(whole)), whole)


def _as_view(box: Box) -> dict[str, int]:
    return {"x": box.left, "y": box.top, "width": box.width, "height": box.height}


def _cropped(png: bytes, view: Box) -> tuple[bytes, Box]:
    """The sheet cut to its ink, and where it lies."""
    pixels = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None or pixels.ndim != 3 or pixels.shape[2] != 4:
        pixels = np.zeros((view.height, view.width, 4), np.uint8)
    if pixels.shape[:2] != (view.height, view.width):
        raise StepError("the layout gave a page of another size: begin it with `#show: poster`")
    rows, columns = (np.flatnonzero(pixels[..., 3].max(axis=axis) > 1) for axis in (1, 0))
    if len(rows) == 0:
        raise StepError("the layout drew nothing")
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    ink = np.asarray(cv2.cvtColor(pixels[top:bottom, left:right], cv2.COLOR_BGRA2RGBA), np.uint8)
    box = Box(
        left=view.left + int(left), top=view.top + int(top), width=ink.shape[1], height=ink.shape[0]
    )
    return to_png(ink), box


def colours_of(made: Type) -> tuple[str, ...]:
    """The ground's colour, then those of the opaque panels, each once."""
    return tuple(dict.fromkeys((made.inks.ground, *(p.fill for p in made.drawn.panels))))
