"""index.html: a page to look at a delivery, media beside it, without any network request."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import quote

from berg.delivery.write import write_aside
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable, Delivery

PAGE = "index.html"
LANGUAGES = {"en": "English", "zh": "中文"}


def write_page(delivery: Delivery, brief: Brief, folder: Path) -> Path:
    """Write the page beside the delivered files; every text in it is escaped."""
    return write_aside(folder / PAGE, page(delivery, brief).encode())


def page(delivery: Delivery, brief: Brief) -> str:
    """The page's HTML."""
    template = Template(files("berg.delivery").joinpath("page.html").read_text("utf-8"))
    films = [item for item in delivery.deliverables if item.media_type == "video/mp4"]
    dark, accent, light = (*brief.brand.palette, "#E8B04A", "#F6F1E7")[:3]
    wide = any(film.facts["width"] > film.facts["height"] for film in films)
    return template.substitute(
        lang=escape(brief.languages[0]),
        title=escape(brief.title),
        brand=escape(brief.brand.name),
        dark=escape(dark),
        accent=escape(accent),
        light=escape(light),
        on_dark=_ink_on(dark),
        column="30rem" if wide else "18rem",
        column_max="1fr" if wide else "26rem",
        films="\n".join(_film(film, delivery.deliverables) for film in films),
        rows="\n".join(_row(item) for item in delivery.deliverables),
        footer=_footer(delivery),
    )


def _film(film: Deliverable, everything: Sequence[Deliverable]) -> str:
    beside = [i for i in everything if (i.name, i.language) == (film.name, film.language)]
    poster = next((i.path for i in beside if i.media_type == "image/jpeg"), "")
    language = LANGUAGES.get(film.language or "", film.language or "")
    facts = film.facts
    links = "".join(f'<a href="{_url(i.path)}" download>{escape(_label(i))}</a>' for i in beside)
    return (
        f'<figure style="--ratio: {facts["width"]} / {facts["height"]}">'
        f'<video controls playsinline preload="metadata" poster="{_url(poster)}" '
        f'src="{_url(film.path)}"></video>'
        f"<figcaption><h2>{escape(language)}</h2><p>{escape(_facts(film))}</p>"
        f'<div class="files">{links}</div></figcaption></figure>'
    )


def _label(item: Deliverable) -> str:
    labels = {
        "video/mp4": "Film (MP4)",
        "application/x-subrip": "Subtitles (SRT)",
        "text/vtt": "Subtitles (VTT)",
        "image/jpeg": "Poster frame (JPEG)",
    }
    return labels.get(item.media_type, item.path)


def _facts(item: Deliverable) -> str:
    facts = item.facts
    if "frames" not in facts:
        return ""
    seconds = facts["duration_s"]
    rate = float(Fraction(facts["fps"]))
    return f"{facts['width']} × {facts['height']}, {seconds:.1f} s, {rate:g} frames a second"


def _row(item: Deliverable) -> str:
    return (
        f'<tr><td><a href="{_url(item.path)}">{escape(item.path)}</a></td>'
        f"<td>{escape(item.media_type)}</td><td>{escape(_facts(item))}</td>"
        f"<td><code>{escape(item.sha256)}</code></td></tr>"
    )


def _footer(delivery: Delivery) -> str:
    steps = delivery.steps
    return escape(
        f"Made with berg, run {delivery.run}: {steps.ran} steps made, {steps.cached} reused, "
        f"{delivery.wall_s:.0f} s."
    )


def _url(path: str) -> str:
    return escape(quote(path))


def _ink_on(colour: str) -> str:
    """Black or white, whichever reads better; luminance as in WCAG 2.2."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if luminance < 0.179 else "#14181d"
