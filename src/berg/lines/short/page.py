"""A short's section of the page: its films, each with its files. Needs no script."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from importlib.resources import files

from berg.markup import address, language_name
from berg.schema.delivery import Deliverable
from berg.schema.line import OwnFiles, Section

LABELS = {
    "video/mp4": "Film (MP4)",
    "application/x-subrip": "Subtitles (SRT)",
    "text/vtt": "Subtitles (VTT)",
    "image/jpeg": "Poster frame (JPEG)",
    "audio/mp4": "Sound (M4A)",
}
COLUMN_REM = {"portrait": 24, "square": 28, "wide": 38}
"""Widest that a film is shown, by shape."""


def section(shown: OwnFiles) -> Section | None:
    """The films side by side; a single upright one has its files beside it."""
    films = [item for item in shown.files if item.media_type == "video/mp4"]
    if not films:
        return None
    shape = _widest_shape(films)
    beside = len(films) == 1 and shape != "wide" and shown.alone
    several = len({film.name for film in films}) > 1
    each = "\n".join(_film(film, shown.files, several=several) for film in films)
    widths = f"--column: {COLUMN_REM[shape] * 3 // 4}rem; --film: {COLUMN_REM[shape]}rem"
    kind = "films beside" if beside else "films"
    return Section(
        body=f'<div class="{kind}" style="{widths}">\n{each}\n</div>',
        style=files("berg.lines.short").joinpath("page.css").read_text("utf-8"),
        width_rem=_page_width(len(films), shape, beside=beside),
    )


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
    language = language_name(film.language)
    heading = " · ".join(part for part in (film.name if several else "", language) if part)
    links = "".join(
        f'<li><a href="{address(file.path)}" download>'
        f"{escape(LABELS.get(file.media_type, file.path))}</a></li>"
        for file in together
    )
    facts = film.facts
    return (
        f'<figure lang="{escape(film.language or "")}" '
        f'style="--ratio: {facts["width"]} / {facts["height"]}">'
        f'<video controls playsinline preload="metadata" aria-label="{escape(heading)}" '
        f'poster="{address(poster)}" src="{address(film.path)}"></video>'
        f'<figcaption><h2>{escape(heading)}</h2><p lang="en">{escape(_facts(film))}</p>'
        f'<ul class="files" lang="en">{links}</ul></figcaption></figure>'
    )


def _facts(film: Deliverable) -> str:
    facts = film.facts
    seconds = facts["duration_s"]
    length = f"{seconds:.1f} s" if seconds < 90 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    rate = float(Fraction(facts["fps"]))
    return f"{facts['width']} × {facts['height']} · {length} · {rate:.4g} frames a second"
