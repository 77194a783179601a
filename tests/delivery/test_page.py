"""The page: everything escaped, nothing fetched, readable on any palette, whole in a browser."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.delivery.colour import contrast, darkest, ink_on
from berg.delivery.page import page, write_page
from berg.lines.kinds import Kinds, built_in
from berg.lines.short.ask import ShortAsk
from berg.lines.shown import sections_of
from berg.schema.brief import Brand, Brief
from berg.schema.delivery import Deliverable, Delivery, StepCounts, Totals
from tests.patience import PATIENCE_S

TYPES = {
    "mp4": "video/mp4",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "jpg": "image/jpeg",
}
TYPICAL = ("#0B3954", "#FF6663", "#FFF4E0")


def _files(name: str, language: str, size: tuple[int, int]) -> list[Deliverable]:
    facts = {"width": size[0], "height": size[1], "frames": 912, "fps": "30/1", "duration_s": 30.4}
    return [
        Deliverable(
            name=name,
            language=language,
            path=f"{name}.{language}.{suffix}",
            media_type=media_type,
            content_sha256="ab" * 32,
            sha256="cd" * 32,
            facts=facts if suffix == "mp4" else {},
        )
        for suffix, media_type in TYPES.items()
    ]


def _page(
    *,
    title: str = "Tidewater, spring launch",
    brand: str = "Tidewater",
    palette: tuple[str, ...] = TYPICAL,
    languages: tuple[str, ...] = ("en", "zh"),
    size: tuple[int, int] = (1080, 1920),
    names: tuple[str, ...] = ("short",),
    folder: Path | None = None,
) -> str:
    files = [file for name in names for lang in languages for file in _files(name, lang, size)]
    delivery = Delivery(
        run="r-1a2b3c4d",
        steps=StepCounts(total=71, ran=12, cached=59, failed=0),
        wall_s=21.4,
        deliverables=tuple(files),
        receipt=Totals(wall_s=21.4, cpu_s=40.0, energy_wh={"local": 0.1}, method="tdp_estimate"),
    )
    script, voice = dict.fromkeys(languages, "Hi."), dict.fromkeys(languages, "none")
    asks = tuple(ShortAsk(name=name, script=script, voice=voice) for name in names)
    brief = Brief(
        title=title,
        slug="film",
        languages=languages,
        brand=Brand(name=brand, palette=palette),
        make=asks,
    )
    kinds = Kinds(lines=built_in(), steps=())
    sections = sections_of(kinds, brief, delivery.deliverables)
    if folder is not None:
        write_page(delivery, brief, folder, sections)
    return page(delivery, brief, sections)


class _Read(HTMLParser):
    """Elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> set[str]:
        return {
            str(attributes[name])
            for _, attributes in self.elements
            for name in ("href", "src", "poster", "action", "srcset", "data")
            if name in attributes
        }


def test_films_stand_side_by_side_each_with_its_files() -> None:
    read = _Read(_page())
    assert [video["src"] for video in read.all("video")] == ["short.en.mp4", "short.zh.mp4"]
    assert [video["poster"] for video in read.all("video")] == ["short.en.jpg", "short.zh.jpg"]
    assert all("controls" in video and "autoplay" not in video for video in read.all("video"))
    assert "中文" in read.texts
    assert "1080 × 1920 · 30.4 s · 30 frames a second" in read.texts
    downloads = [link["href"] for link in read.all("a") if "download" in link]
    assert downloads == [f"short.{lang}.{suffix}" for lang in ("en", "zh") for suffix in TYPES]


def test_digests_are_behind_a_fold() -> None:
    html = _page()
    assert "open" not in _Read(html).all("details")[0]
    fold = html[html.index("<details") : html.index("</details>")]
    assert fold.count("cd" * 32) == html.count("cd" * 32) == 8


def test_nothing_leads_out_of_the_folder_and_nothing_runs() -> None:
    html = _page()
    read = _Read(html)
    assert read.links() == {f"short.{lang}.{suffix}" for lang in ("en", "zh") for suffix in TYPES}
    assert not {tag for tag, _ in read.elements} & {"script", "link", "iframe", "img", "base"}
    assert not re.search(r"url\(|@import|https?:|//[a-z]", html)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_title_or_brand_can_add_an_element(title: str, brand: str) -> None:
    plain = [tag for tag, _ in _Read(_page(title="x", brand="x")).elements]
    assert [tag for tag, _ in _Read(_page(title=title, brand=brand)).elements] == plain


def test_a_title_of_markup_is_shown_as_it_is() -> None:
    html = _page(title='<script>alert("1")</script>', brand="</style><b>$title")
    read = _Read(html)
    assert read.texts.count('<script>alert("1")</script>') == 2
    assert "</style><b>$title" in read.texts


def test_titles_of_any_direction_stand_on_their_own_side() -> None:
    read = _Read(_page(title="قهوة الصباح"))
    assert [heading["dir"] for heading in read.all("h1")] == ["auto"]


def test_several_shorts_are_told_apart() -> None:
    read = _Read(_page(names=("short", "teaser")))
    labels = [video["aria-label"] for video in read.all("video")]
    assert labels == ["short · English", "short · 中文", "teaser · English", "teaser · 中文"]


COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@given(st.lists(COLOUR, min_size=1, max_size=6))
def test_the_header_is_readable_on_any_palette(palette: list[str]) -> None:
    ground = darkest(palette)
    assert ground in palette
    assert contrast(ink_on(ground), ground) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert ink_on("#0B3954") == "#ffffff"
    assert ink_on("#FFCC00") != "#ffffff"


SHAPES = {"portrait": (1080, 1920), "square": (1080, 1080), "wide": (1920, 1080)}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " * 2


@pytest.fixture(scope="module")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here to open the page in")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_wider_than_the_window(
    tmp_path: Path, chromium: str, shape: str, width: int
) -> None:
    """In a frame of that width, since a headless window has a least width of its own."""
    _page(title=LONG.strip(), size=SHAPES[shape], folder=tmp_path)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    measure = (
        "<script>document.documentElement.dataset.over = "
        "document.documentElement.scrollWidth - window.innerWidth;"
        "document.documentElement.dataset.wide = window.innerWidth;"
        "parent.postMessage([document.documentElement.scrollWidth, window.innerWidth], '*')"
        "</script>"
    )
    (tmp_path / "inner.html").write_text(html.replace("</body>", f"{measure}</body>"))
    outer = (
        "<script>addEventListener('message', e => document.title = e.data.join(' '))</script>"
        f'<iframe src="inner.html" style="width:{width}px;height:900px;border:0"></iframe>'
    )
    (tmp_path / "outer.html").write_text(outer)
    said = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000",
         "--window-size=1600,1000", "--dump-dom", (tmp_path / "outer.html").as_uri()],
        capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    found = re.search(r"<title>(\d+) (\d+)</title>", said.stdout)
    assert found, said.stdout[:500]
    wide, window = map(int, found.groups())
    assert window == width
    assert wide <= width


def test_every_link_is_a_path_that_can_be_found(tmp_path: Path) -> None:
    """Names are quoted for a URL and back again lead to the file."""
    for link in _Read(_page(names=("short-1",))).links():
        assert re.fullmatch(r"short-1\.(en|zh)\.\w+", unquote(link))
