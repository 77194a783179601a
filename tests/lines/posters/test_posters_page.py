"""Posters on the page: all there, filtered by what they are made of, nothing foreign run."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.delivery.page import page
from berg.lines.kinds import Kinds, built_in
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.nouns import Layout, Size
from berg.lines.posters.page import MOST
from berg.lines.shown import sections_of
from berg.schema.brief import Brand, Brief
from berg.schema.delivery import Deliverable, Delivery, StepCounts, Totals
from tests.patience import PATIENCE_S

SIZES = {"1080x1350": (1080, 1350), "1920x1080": (1920, 1080), "A4": (2480, 3508)}
LAYOUTS = ("hero", "split", "type")
HEADLINES = ("Cold water. Warm coffee.", "The sea starts here", "Stay")


def _file(path: str, media_type: str, facts: dict[str, Any], language: str | None) -> Deliverable:
    return Deliverable(
        name="posters",
        language=language,
        path=path,
        media_type=media_type,
        content_sha256="ab" * 32,
        sha256="cd" * 32,
        facts=facts,
    )


def _poster(number: int, **other: Any) -> Deliverable:
    size = list(SIZES)[number % 3]
    width, height = SIZES[size]
    paper = size == "A4"
    facts = {
        "width": width,
        "height": height,
        "size": size,
        "layout": LAYOUTS[number // 3 % 3],
        "scheme": "dark",
        "headline": HEADLINES[number // 9 % 3],
        "picture": f"photos/{number % 5}.jpg",
        **other,
    }
    path = f"posters/en/{number:08x}.{'pdf' if paper else 'jpg'}"
    return _file(path, "application/pdf" if paper else "image/jpeg", facts, "en")


SHEET = _file("posters/sheet-en.jpg", "image/jpeg", {}, "en")
TABLE = _file("posters/variants.csv", "text/csv", {}, None)


def _page(files: list[Deliverable]) -> str:
    delivery = Delivery(
        run="r-1a2b3c4d",
        steps=StepCounts(total=71, ran=12, cached=59, failed=0),
        wall_s=21.4,
        deliverables=tuple(files),
        receipt=Totals(wall_s=21.4, cpu_s=40.0, energy_wh={"local": 0.1}, method="tdp_estimate"),
    )
    ask = PostersAsk(sizes=(Size(name="A4", width=1, height=1),), layouts=(Layout(name="hero"),))
    brief = Brief(
        title="Tidewater", slug="t", languages=("en",), brand=Brand(name="Tidewater"), make=(ask,)
    )
    kinds = Kinds(lines=built_in(), steps=())
    return page(delivery, brief, sections_of(kinds, brief, files))


class _Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_every_poster_is_a_link_and_its_picture_waits_for_its_turn() -> None:
    read = _Read(_page([_poster(n) for n in range(27)]))
    pictures = read.all("img")
    assert len(read.all("li")) == 27
    assert len(pictures) == 18, "a PDF is no picture"
    assert all(picture["loading"] == "lazy" for picture in pictures)
    assert {(picture["width"], picture["height"]) for picture in pictures} == {
        ("1080", "1350"),
        ("1920", "1080"),
    }
    links = {link["href"] for link in read.all("a")}
    assert {_poster(n).path for n in range(27)} <= links


def test_a_delivered_preview_shows_a_poster_on_paper() -> None:
    preview = _file("posters/en/2.preview.jpg", "image/jpeg", {"preview_of": _poster(2).path}, "en")
    read = _Read(_page([_poster(2), preview]))
    assert [picture["src"] for picture in read.all("img")] == [preview.path]
    assert len(read.all("li")) == 1


def test_factors_with_one_level_are_no_choice() -> None:
    html = _page([_poster(n) for n in range(27)])
    asked = re.findall(r"<label>(\w+)<select>", html)
    assert asked == ["Size", "Layout", "Headline", "Picture"]


def test_sheets_and_tables_are_linked_above_and_are_no_posters() -> None:
    html = _page([_poster(0), _poster(1), SHEET, TABLE])
    assert html.count("<li data-f=") + html.count('<li class="wide-one" data-f=') == 2
    assert '<a href="posters/sheet-en.jpg">Contact sheet · English</a>' in html
    assert '<a href="posters/variants.csv" download>Variants (CSV)</a>' in html


def test_what_a_page_can_not_hold_is_counted() -> None:
    html = _page([_poster(n) for n in range(MOST + 10)])
    assert len(re.findall(r"<li[^>]* data-f=", html)) == MOST
    assert f"The first {MOST} of {MOST + 10} posters" in html
    assert "And 10 more, in <code>delivery.json</code>" in html
    assert len(html) < 4_000_000


def test_a_page_of_films_has_no_script_and_no_policy() -> None:
    html = _page([])
    assert "<script" not in html
    assert "Content-Security-Policy" not in html


def test_nothing_leads_out_of_the_folder() -> None:
    assert not re.search(r"url\(|@import|https?:|//[a-z]", _page([_poster(0), SHEET, TABLE]))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_no_text_can_add_an_element(headline: str, layout: str, picture: str) -> None:
    def tags(**facts: str) -> list[str]:
        return [tag for tag, _ in _Read(_page([_poster(0, **facts), _poster(2)])).elements]

    hostile = tags(headline=f"1{headline}", layout=f"2{layout}", picture=f"3{picture}")
    assert hostile == tags(headline="x", layout="y", picture="z")


@pytest.fixture(scope="module")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here to open the page in")


def _opened(chromium: str, file: Path) -> str:
    """The page's elements once its script has run."""
    said = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000",
         "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    return said.stdout


def test_its_own_script_runs_and_no_other(tmp_path: Path, chromium: str) -> None:
    foreign = "<script>document.title = 'foreign'</script></body>"
    html = _page([_poster(n) for n in range(27)]).replace("</body>", foreign)
    (tmp_path / "index.html").write_text(html)
    seen = _opened(chromium, tmp_path / "index.html")
    assert "<title>Tidewater</title>" in seen
    assert re.search(r'<form class="filters"(?![^>]* hidden)', seen)
    assert ">hero (9)</option>" in seen


CHOOSE = """<script>
const pick = (at, value) => {
  const select = document.querySelectorAll("select")[at];
  select.value = value;
  select.dispatchEvent(new Event("change", {bubbles: true}));
};
const said = () => document.querySelector("output").textContent + ":" +
  document.querySelectorAll(".posters > li:not([hidden])").length;
pick(1, "1"); const one = said();
pick(2, "0"); const both = said();
pick(0, "0"); pick(3, "1"); const none = said() + document.querySelector(".nothing").hidden;
document.querySelector(".tally button").click();
document.title = [one, both, none, said()].join("|");
</script></body>"""


def test_posters_are_filtered_and_counted(tmp_path: Path, chromium: str) -> None:
    html = re.sub(r"<meta http-equiv[^>]*>", "", _page([_poster(n) for n in range(27)]))
    (tmp_path / "index.html").write_text(html.replace("</body>", CHOOSE))
    title = re.search(r"<title>(.*?)</title>", _opened(chromium, tmp_path / "index.html"))
    assert title
    assert title[1].split("|") == [
        "9 of 27 posters:9",
        "3 of 27 posters:3",
        "0 of 27 posters:0false",
        "27 posters:27",
    ]


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_wider_than_the_window(tmp_path: Path, chromium: str, width: int) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
    html = _page([_poster(n, headline=long if n % 2 else "a") for n in range(27)])
    html = re.sub(r"<meta http-equiv[^>]*>", "", html)
    measure = (
        "<script>parent.postMessage([document.documentElement.scrollWidth, innerWidth], '*')"
        "</script></body>"
    )
    (tmp_path / "inner.html").write_text(html.replace("</body>", measure))
    (tmp_path / "outer.html").write_text(
        "<script>addEventListener('message', e => document.title = e.data.join(' '))</script>"
        f'<iframe src="inner.html" style="width:{width}px;height:900px;border:0"></iframe>'
    )
    found = re.search(r"<title>(\d+) (\d+)</title>", _opened(chromium, tmp_path / "outer.html"))
    assert found
    assert int(found[2]) == width
    assert int(found[1]) <= width
