"""The built-in layouts shown: as a list, as small pictures, as a folder with a page."""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.errors import RequestError
from berg.lines.posters.design.about import ABOUT
from berg.lines.posters.design.places import LAYOUTS
from berg.schema.choices import FALLBACK_FONTS
from berg.weights import Weights


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One layout."""

    name: str
    about: str
    pictures: tuple[str, ...]
    """File names in the folder; none without a folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looks:
    """All of them."""

    layouts: tuple[Look, ...]
    page: Path | None


def show_looks(home: Path, *, out: Path | None) -> Looks:
    """The layouts; with `out` their pictures and a page are written there.

    Raises RequestError if `out` is there and not an empty folder, WeightsError without the fonts.
    """
    pictures = _written(home, out) if out is not None else {}
    layouts = tuple(
        Look(name=name, about=ABOUT[name], pictures=tuple(pictures.get(name, ())))
        for name in LAYOUTS
    )
    page = None
    if out is not None:
        page = out / "index.html"
        page.write_text(_page(layouts), encoding="utf-8")
    return Looks(layouts=layouts, page=page)


def small_pictures(home: Path, *, width: int) -> list[tuple[str, Any]]:
    """A layout's name, and a picture of it `width` pixels wide, for each. RGB arrays."""
    from berg.lines.posters.design.specimen import reduced, specimens

    shown = ((1080, 1350, "dark", "en", True),)
    return [(s.layout, reduced(s.pixels, width)) for s in specimens(_press(home), shown=shown)]


def _written(home: Path, out: Path) -> dict[str, list[str]]:
    from berg.lines.posters.design.specimen import specimens

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise RequestError(f"{out} is there and not empty: name a new folder")
    press = _press(home)
    out.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    for specimen in specimens(press):
        name = f"{specimen.name}.png"
        (out / name).write_bytes(specimen.png())
        found.setdefault(specimen.layout, []).append(name)
    return found


def _press(home: Path) -> Any:
    from berg.lines.posters.design.press import press

    room = Weights(home)
    return press(tuple(room.path(name) for name in FALLBACK_FONTS))


def _page(layouts: tuple[Look, ...]) -> str:
    parts = [_section(layout) for layout in layouts]
    return _PAGE.replace("{{sections}}", "\n".join(parts))


def _section(layout: Look) -> str:
    pictures = "".join(
        f'<img loading="lazy" src="{html.escape(name)}" alt="{html.escape(name)}">'
        for name in layout.pictures
    )
    return (
        f"<section><h2>{html.escape(layout.name)}</h2><p>{html.escape(layout.about)}</p>"
        f"<div>{pictures}</div></section>"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Layouts</title>
<style>
body { margin: 3rem auto; max-width: 90rem; padding: 0 2rem; font: 1rem/1.5 system-ui, sans-serif;
  background: #f4f4f2; color: #1b1b1b }
h1, h2 { letter-spacing: -.02em; margin: 0 } section { margin: 3rem 0 } p { margin: .2rem 0 1rem }
section div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
img { height: 20rem; width: auto; max-width: 100%; box-shadow: 0 1px 6px #0003 }
</style>
<h1>Layouts of posters</h1>
{{sections}}
</html>
"""
