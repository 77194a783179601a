"""A poster as HTML and CSS: the same words, sizes and photograph in the same places as berg's."""

import html
from pathlib import Path

from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.steps import Poster, TypeLayer
from berg.lines.posters.steps.type.nouns import TypeBox

STYLE = """
@font-face {{ font-family: Poster; src: url("{font}"); font-weight: 100 900; }}
* {{ margin: 0; box-sizing: border-box; }}
body {{ width: {width}px; height: {height}px; overflow: hidden; position: relative;
  font-family: Poster, sans-serif; }}
.box {{ position: absolute; }}
img {{ display: block; width: 100%; height: 100%; }}
.photo img {{ object-fit: cover; }}
"""


def page_of(
    layer: TypeLayer, poster: Poster, *, ask: PostersAsk, headline: str, photo: Path, font: Path
) -> str:
    """The document; `photo` and `font` are files."""
    size, ground = ask.sizes[0], layer.ground[0] if layer.ground else "#000000"
    panel = _box(layer.panel.x, layer.panel.y, layer.panel.width, layer.panel.height)
    texts = {"headline": headline, "body": _one(ask.body), "cta": _one(ask.cta)}
    parts = [f'<div class="box photo" style="{panel}"><img src="{photo.as_uri()}"></div>']
    if poster.scrim:
        parts.append(_scrim(layer, poster.scrim / 1000))
    parts += [_text(box, texts.get(box.kind, "Tidewater"), photo) for box in layer.boxes]
    style = STYLE.format(font=font.as_uri(), width=size.width, height=size.height)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><style>{style}</style></head>'
        f'<body style="background:{ground}">{"".join(parts)}</body></html>'
    )


def _text(box: TypeBox, said: str, photo: Path) -> str:
    place = _box(box.x, box.y, box.width, box.height)
    if box.kind == "logo":
        logo = photo.parent.parent / "logo.svg"
        return f'<div class="box" style="{place}"><img src="{logo.as_uri()}"></div>'
    tight = "letter-spacing:-.035em;" if box.kind == "headline" else ""
    plate = (
        "" if box.plate is None else f"box-shadow:0 0 0 16px {box.plate};background:{box.plate};"
    )
    look = (
        f"color:{box.ink};font-size:{box.em}px;font-weight:{box.weight};"
        f"line-height:{box.height / max(1, box.lines):.1f}px;{tight}{plate}"
    )
    return f'<div class="box" style="{place}{look}">{html.escape(said)}</div>'


def _scrim(layer: TypeLayer, opacity: float) -> str:
    """A gradient from below, as is usual."""
    place = _box(layer.panel.x, layer.panel.y, layer.panel.width, layer.panel.height)
    strong = f"{layer.scrim}{round(min(opacity, 1) * 255):02x}"
    fade = f"background:linear-gradient(to top,{strong} 40%,{layer.scrim}00)"
    return f'<div class="box" style="{place}{fade}"></div>'


def _one(texts: dict[str, str] | None) -> str:
    return next(iter(texts.values())) if texts else ""


def _box(left: int, top: int, width: int, height: int) -> str:
    return f"left:{left}px;top:{top}px;width:{width}px;height:{height}px;"
