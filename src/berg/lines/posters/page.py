"""The page's part on posters: all of them, and a choice by what they are made of.

Pictures are the posters themselves, loaded as they come into view, in rows of even height; their
sizes are known beforehand, so nothing moves. A short script filters them; without script everything
is shown.
"""

from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files

from berg.markup import address, language_name
from berg.schema.delivery import Deliverable
from berg.schema.line import OwnFiles, Section

MOST = 1500
"""Posters that a page shows; the rest is in the folder, and in its table."""
LABEL_CHARS = 60
"""Most characters of a level in a list to choose from."""
WIDTH_REM = 78
"""Widest that rows of posters get."""

_FACTORS: dict[str, Callable[[Deliverable], str]] = {
    "Set": lambda item: item.name,
    "Language": lambda item: language_name(item.language),
    "Size": lambda item: str(item.facts.get("size", "")),
    "Layout": lambda item: str(item.facts.get("layout", "")),
    "Scheme": lambda item: str(item.facts.get("scheme", "")),
    "Headline": lambda item: str(item.facts.get("headline", "")),
    "Picture": lambda item: str(item.facts.get("picture") or "none"),
}


def posters_in(deliverables: Sequence[Deliverable]) -> list[Deliverable]:
    """Those deliverables that are posters."""
    return [item for item in deliverables if {"layout", "headline"} <= item.facts.keys()]


def section(shown: OwnFiles) -> Section | None:
    """The posters, their filters, and the script; None where no poster is left."""
    posters = posters_in(shown.files)
    if not posters:
        return None
    return Section(
        body=_body(posters, shown.files),
        style=_part("page.css"),
        script=_part("page.js"),
        width_rem=WIDTH_REM,
    )


def _body(posters: Sequence[Deliverable], everything: Sequence[Deliverable]) -> str:
    shown = posters[:MOST]
    factors = _factors(shown)
    tiles = "\n".join(_tile(item, factors, _preview(item, everything)) for item in shown)
    return (
        f'<section aria-label="Posters" lang="en">\n{_filters(factors)}\n'
        f'<div class="tally"><p><output>{_counted(shown, posters)}</output>'
        '<button type="button" hidden>Show all</button></p>'
        f"{_links(posters, everything)}</div>\n"
        f'<ul class="posters">\n{tiles}\n</ul>\n'
        '<p class="nothing" hidden>No poster is made of all that. Choose less of it.</p>\n'
        "</section>"
    )


def _part(name: str) -> str:
    return files("berg.lines.posters").joinpath(name).read_text("utf-8")


def _factors(posters: Sequence[Deliverable]) -> dict[str, list[str]]:
    """Levels by factor, in the order in which they come; only factors with a choice."""
    found = {
        name: list(dict.fromkeys(level(item) for item in posters))
        for name, level in _FACTORS.items()
    }
    return {name: levels for name, levels in found.items() if len(levels) > 1}


def _filters(factors: dict[str, list[str]]) -> str:
    """Hidden until the script is there that they speak to."""
    return (
        '<form class="filters" aria-label="Show posters by" autocomplete="off" hidden>'
        + "".join(_select(name, levels) for name, levels in factors.items())
        + "</form>"
    )


def _select(name: str, levels: Sequence[str]) -> str:
    options = "".join(
        f'<option value="{number}">{escape(_short(level))}</option>'
        for number, level in enumerate(levels)
    )
    return f'<label>{name}<select><option value="">All</option>{options}</select></label>'


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LABEL_CHARS else line[: LABEL_CHARS - 1].rstrip() + "…"


def _tile(item: Deliverable, factors: dict[str, list[str]], preview: str | None) -> str:
    facts, language = item.facts, escape(item.language or "")
    levels = " ".join(str(factors[name].index(_FACTORS[name](item))) for name in factors)
    width, height = int(facts["width"]), int(facts["height"])
    wide = ' class="wide-one"' if width > height * 1.3 else ""
    headline = escape(str(facts["headline"]))
    made = " · ".join(str(facts[name]) for name in ("layout", "scheme", "size") if name in facts)
    return (
        f'<li{wide} data-f="{levels}" style="--r:{width / height:.4f}">'
        f'<a href="{address(item.path)}">'
        + (_image(preview, width, height) if preview else _paper(item, headline, language))
        + f'<span class="said" lang="{language}" dir="auto">{headline}</span>'
        f'<span class="made">{escape(made)}</span></a></li>'
    )


def _image(path: str, width: int, height: int) -> str:
    """Without a text of its own: the headline stands below, in the same link."""
    return (
        f'<img src="{address(path)}" alt="" width="{width}" height="{height}"'
        ' loading="lazy" decoding="async">'
    )


def _paper(item: Deliverable, headline: str, language: str) -> str:
    """A sheet for a file that a page can't show."""
    kind = "PDF" if item.media_type == "application/pdf" else item.media_type
    return (
        f'<span class="paper" aria-hidden="true"><span lang="{language}" dir="auto">{headline}'
        f"</span><small>{escape(kind)} · {escape(str(item.facts.get('size', '')))}</small></span>"
    )


def _preview(item: Deliverable, everything: Sequence[Deliverable]) -> str | None:
    """What shows a poster: its file, or a picture delivered as its preview; None without."""
    if item.media_type.startswith("image/"):
        return item.path
    previews = (i.path for i in everything if i.facts.get("preview_of") == item.path)
    return next(previews, None)


def _counted(shown: Sequence[Deliverable], posters: Sequence[Deliverable]) -> str:
    if len(shown) < len(posters):
        return f"The first {len(shown)} of {len(posters)} posters; all are in the folder"
    return f"{len(posters)} poster{'s' if len(posters) != 1 else ''}"


def _links(posters: Sequence[Deliverable], everything: Sequence[Deliverable]) -> str:
    """Contact sheets and tables of the sets."""
    names, own = {item.name for item in posters}, {item.path for item in posters}
    others = [i for i in everything if i.name in names and i.path not in own]
    several = len(names) > 1
    links = "".join(
        f'<li><a href="{address(i.path)}"{_opens(i)}>{escape(_title(i, several=several))}</a></li>'
        for i in others
        if not {"preview_of", "same_as"} & i.facts.keys()
    )
    return f'<ul class="files">{links}</ul>' if links else ""


def _opens(item: Deliverable) -> str:
    return "" if item.media_type.startswith("image/") else " download"


def _title(item: Deliverable, *, several: bool) -> str:
    """The title of a set: where there are several, each says its name."""
    stem = item.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    what, language = stem, ""
    if item.media_type == "text/csv":
        what = f"{stem.replace('-', ' ').capitalize()} (CSV)"
    elif stem.startswith("sheet"):
        number = f" {stem.rsplit('-', 1)[-1]}" if stem.count("-") > 1 else ""
        what = f"Contact sheet{number}"
        language = language_name(item.language)
    return " · ".join(part for part in (item.name if several else "", what, language) if part)
