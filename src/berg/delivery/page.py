"""index.html: a page to look at a delivery, media beside it, without a network request.

Each line shows its own files in a section of its own, handed in; what the page says of every
delivery stands here.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from berg.delivery.aside import write_aside
from berg.delivery.colour import darkest, ink_on
from berg.delivery.credentials import credentials_section
from berg.delivery.write import PAGE
from berg.markup import address
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable, Delivery, RowCounts
from berg.schema.line import Section

ROWS = 1500
"""Files that the page's tables list."""
NARROWEST_REM = 40


def write_page(delivery: Delivery, brief: Brief, folder: Path, sections: Sequence[Section]) -> Path:
    """Write the page beside the delivered files; every text in it is escaped."""
    return write_aside(folder / PAGE, page(delivery, brief, sections).encode())


def page(delivery: Delivery, brief: Brief, sections: Sequence[Section]) -> str:
    """The page's HTML."""
    template = Template(files("berg.delivery").joinpath("page.html").read_text("utf-8"))
    everything = delivery.deliverables
    ground = darkest(brief.brand.palette)
    width = max([NARROWEST_REM, *(section.width_rem for section in sections)])
    return template.substitute(
        lang=escape(brief.languages[0]),
        title=escape(brief.title),
        brand=escape(brief.brand.name),
        ground=escape(ground),
        on_ground=ink_on(ground),
        accent=escape(brief.brand.palette[1 % len(brief.brand.palette)]),
        page_width=f"{width}rem",
        head="".join(f"{line}\n" for line in _head(sections)),
        shown="\n".join(_shown(section) for section in sections),
        credentials=credentials_section(everything[:ROWS]),
        rows="\n".join(_row(item) for item in everything[:ROWS]),
        more=_more(len(everything)),
        footer=_footer(delivery),
    )


def _head(sections: Sequence[Section]) -> Iterator[str]:
    """Style, and a policy that lets only the sections' scripts run, where there are any."""
    digests = [
        b64encode(sha256(section.script.encode()).digest()).decode()
        for section in sections
        if section.script
    ]
    if digests:
        allowed = " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests))
        policy = f"script-src {allowed}; connect-src 'none'; object-src 'none'; base-uri 'none'"
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    for style in dict.fromkeys(section.style for section in sections if section.style):
        yield f"<style>\n{style}</style>"


def _shown(section: Section) -> str:
    script = f"\n<script>{section.script}</script>" if section.script else ""
    return f"{section.body}{script}"


def _more(count: int) -> str:
    if count <= ROWS:
        return ""
    return f'<p lang="en">And {count - ROWS} more, in <code>delivery.json</code>.</p>\n'


def _row(item: Deliverable) -> str:
    return (
        f'<tr><td><a href="{address(item.path)}">{escape(item.path)}</a></td>'
        f"<td>{escape(item.media_type)}</td><td><code>{escape(item.sha256)}</code></td></tr>"
    )


def _footer(delivery: Delivery) -> str:
    steps, rows = delivery.steps, delivery.rows
    some = "" if rows is None else f"{_rows_said(rows, delivery)} "
    return some + escape(
        f"Made with berg, run {delivery.run}: {steps.ran} steps made, {steps.cached} reused, "
        f"{delivery.wall_s:.0f} s."
    )


def _rows_said(rows: RowCounts, delivery: Delivery) -> str:
    """That this is not all, and where the rest is. HTML."""
    total = rows.made + rows.kept
    said = f"Shown are the first of {total:,} rows, {delivery.count or 0:,} files in all: "
    listed = address(delivery.listed or "")
    left_out = ""
    if rows.left_out and rows.report:
        report = address(rows.report)
        left_out = f' {rows.left_out:,} rows were left out: <a href="{report}">{report}</a>.'
    return f'{said}<a href="{listed}">{listed}</a>.{left_out}'
