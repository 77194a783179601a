"""index.html: a page to look at a delivery, media beside it, without a network request.

Films need no script; posters have one, to choose among them (see `posters`).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import quote

from berg.delivery.colour import darkest, ink_on
from berg.delivery.credentials import credentials_section
from berg.delivery.folder import write_aside
from berg.delivery.posters import LANGUAGES, posters_head, posters_in, posters_section
from berg.delivery.write import PAGE
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable, Delivery, RowCounts

LABELS = {
    "video/mp4": "Film (MP4)",
    "application/x-subrip": "Subtitles (SRT)",
    "text/vtt": "Subtitles (VTT)",
    "image/jpeg": "Poster frame (JPEG)",
    "audio/mp4": "Sound (M4A)",
}
ROWS = 1500
"""Files that the page's tables list."""
POSTERS_REM = 78
"""Widest that rows of posters get."""
COLUMN_REM = {"portrait": 24, "square": 28, "wide": 38}
"""Widest that a film is shown, by shape."""


def write_page(delivery: Delivery, brief: Brief, folder: Path) -> Path:
    """Write the page beside the delivered files; every text in it is escaped."""
    return write_aside(folder / PAGE, page(delivery, brief).encode())


def page(delivery: Delivery, brief: Brief) -> str:
    """The page's HTML."""
    template = Template(files("berg.delivery").joinpath("page.html").read_text("utf-8"))
    everything = delivery.deliverables
    films = [item for item in everything if item.media_type == "video/mp4"]
    posters = posters_in(everything)
    shape = _widest_shape(films)
    ground = darkest(brief.brand.palette)
    beside = len(films) == 1 and shape != "wide" and not posters
    width = _page_width(len(films), shape, beside=beside)
    return template.substitute(
        lang=escape(brief.languages[0]),
        title=escape(brief.title),
        brand=escape(brief.brand.name),
        ground=escape(ground),
        on_ground=ink_on(ground),
        accent=escape(brief.brand.palette[1 % len(brief.brand.palette)]),
        page_width=f"{max(width, POSTERS_REM) if posters else width}rem",
        column=f"{COLUMN_REM[shape] * 3 // 4}rem",
        film_width=f"{COLUMN_REM[shape]}rem",
        head=f"{posters_head()}\n" if posters else "",
        shown="\n".join(_shown(films, posters, everything, beside=beside)),
        credentials=credentials_section(everything[:ROWS]),
        rows="\n".join(_row(item) for item in everything[:ROWS]),
        more=_more(len(everything)),
        footer=_footer(delivery),
    )


def _shown(
    films: Sequence[Deliverable],
    posters: Sequence[Deliverable],
    everything: Sequence[Deliverable],
    *,
    beside: bool,
) -> Iterator[str]:
    if films or not posters:
        several = len({film.name for film in films}) > 1
        each = "\n".join(_film(film, everything, several=several) for film in films)
        yield f'<div class="{"films beside" if beside else "films"}">\n{each}\n</div>'
    if posters:
        yield posters_section(posters, everything)


def _more(count: int) -> str:
    if count <= ROWS:
        return ""
    return f'<p lang="en">And {count - ROWS} more, in <code>delivery.json</code>.</p>\n'


def _widest_shape(films: Sequence[Deliverable]) -> str:
    ratio = max((film.facts["width"] / film.facts["height"] for film in films), default=1.0)
    return "wide" if ratio > 1.2 else "square" if ratio > 0.8 else "portrait"


def _page_width(count: int, shape: str, *, beside: bool) -> int:
    """Rem of the page's column, so that its heading and its films begin at the same edge."""
    if beside:
        return COLUMN_REM[shape] + 24
    columns = min(count, 2 if shape == "wide" else 3)
    return max(40, columns * COLUMN_REM[shape] + (columns - 1) * 3)


def _film(film: Deliverable, everything: Sequence[Deliverable], *, several: bool) -> str:
    together = [i for i in everything if (i.name, i.language) == (film.name, film.language)]
    poster = next((i.path for i in together if i.media_type == "image/jpeg"), "")
    language = LANGUAGES.get(film.language or "", film.language or "")
    heading = " · ".join(part for part in (film.name if several else "", language) if part)
    links = "".join(
        f'<li><a href="{_url(i.path)}" download>{escape(LABELS.get(i.media_type, i.path))}</a></li>'
        for i in together
    )
    facts = film.facts
    return (
        f'<figure lang="{escape(film.language or "")}" '
        f'style="--ratio: {facts["width"]} / {facts["height"]}">'
        f'<video controls playsinline preload="metadata" aria-label="{escape(heading)}" '
        f'poster="{_url(poster)}" src="{_url(film.path)}"></video>'
        f'<figcaption><h2>{escape(heading)}</h2><p lang="en">{escape(_facts(film))}</p>'
        f'<ul class="files" lang="en">{links}</ul></figcaption></figure>'
    )


def _facts(film: Deliverable) -> str:
    facts = film.facts
    seconds = facts["duration_s"]
    length = f"{seconds:.1f} s" if seconds < 90 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    rate = float(Fraction(facts["fps"]))
    return f"{facts['width']} × {facts['height']} · {length} · {rate:.4g} frames a second"


def _row(item: Deliverable) -> str:
    return (
        f'<tr><td><a href="{_url(item.path)}">{escape(item.path)}</a></td>'
        f"<td>{escape(item.media_type)}</td><td><code>{escape(item.sha256)}</code></td></tr>"
    )


def _footer(delivery: Delivery) -> str:
    steps, rows = delivery.steps, delivery.rows
    some = "" if rows is None else f"{_rows_said(rows, delivery)} "
    return some + escape(
        f"Made with berg, run {delivery.run}: {steps.ran} steps made, {steps.cached} reused, "
        f"{delivery.wall_s:.0f} s."
    )


def _url(path: str) -> str:
    return escape(quote(path))


def _rows_said(rows: RowCounts, delivery: Delivery) -> str:
    """That this is not all, and where the rest is. HTML."""
    total = rows.made + rows.kept
    said = f"Shown are the first of {total:,} rows, {delivery.count or 0:,} files in all: "
    listed = _url(delivery.listed or "")
    left_out = ""
    if rows.left_out and rows.report:
        report = _url(rows.report)
        left_out = f' {rows.left_out:,} rows were left out: <a href="{report}">{report}</a>.'
    return f'{said}<a href="{listed}">{listed}</a>.{left_out}'
