"""What may be asked of posters, and how a brief writes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pydantic

from berg.brief.fields import Field
from berg.brief.forms import Form, Name, Pictures, SomeOf, Text, Whole, Written, too_long
from berg.brief.languages import by_language
from berg.brief.sources import Sources
from berg.lines.posters.design.places import LAYOUTS
from berg.lines.posters.nouns import Layout, Scheme, Size
from berg.schema.brief import Ask, ByLanguage
from berg.schema.choices import PICTURE_FORMATS, PictureFormat
from berg.schema.media import Source
from berg.steps.text import Writing

SCHEMES: tuple[Scheme, ...] = ("dark", "light", "accent")
PAPERS_MM = {
    "A6": (105, 148), "A5": (148, 210), "A4": (210, 297), "A3": (297, 420), "A2": (420, 594),
}  # fmt: skip
"""Trimmed width and height (ISO 216)."""
MAX_HEADLINES, MAX_HEADLINE, MAX_BODY, MAX_CTA = 200, 140, 320, 48
MAX_VARIANTS = 1000
MAX_TEMPLATE_BYTES = 256 * 1024
MAX_PIXELS = 25_000_000
"""Most pixels of a screen size; more is paper's business."""
PIXELS_PER_MM = 300 / 25.4
"""Resolution of paper: 300 dpi, what offset printing asks for."""

_SIZE = re.compile(r"([0-9]{2,5})[xX×]([0-9]{2,5})")


class HeadlineLists(Form):
    """`headlines:` as lists by language or a number, or one `headline:`."""

    text = True

    def keys(self, name: str) -> tuple[str, ...]:
        """Either of two."""
        return ("headlines", "headline")

    def give(self, name: str, written: Written) -> Mapping[str, Any]:
        """The headlines, or who writes them."""
        given = [key for key in self.keys(name) if key in written.fields]
        if len(given) != 1:
            path = written.field.path
            written.field.fault(f"{path}: write either headlines: or headline:")
            return {}
        values = self._asked(given[0], written)
        model = written.fields.get("model")
        if model is not None and values.get("writing") is None:
            model.fault(f"{model.path}: goes with headlines: and a number")
        return values

    def _asked(self, key: str, written: Written) -> dict[str, Any]:
        asked = written.fields[key]
        if key == "headline":
            one = Text("a headline", MAX_HEADLINE).read(asked, written) or {}
            return {"headlines": {language: (text,) for language, text in one.items()}}
        if asked.word().isdecimal():
            count = asked.whole(low=1, high=MAX_HEADLINES)
            model = written.fields.get("model")
            return {"writing": _writing(count, model, written.sources) if count else None}
        lists = by_language(
            asked, written.languages, _headlines_in, what="a list of headlines", one_for_all=False
        )
        return {"headlines": lists}

    def filled(self, value: Mapping[str, tuple[str, ...]], path: str) -> Iterator[tuple[str, str]]:
        """Each has its limit, and no two may come to the same."""
        for language, texts in value.items():
            for index, text in enumerate(texts):
                yield from too_long(f"{path}.{language}[{index}]", text, MAX_HEADLINE)
            if len(set(texts)) < len(texts):
                yield f"{path}.{language}", "the same headline twice"


class WrittenBy(Form):
    """The language model that writes headlines; `HeadlineLists` reads it."""

    def keys(self, name: str) -> tuple[str, ...]:
        """Who writes."""
        return ("model",)

    def give(self, name: str, written: Written) -> Mapping[str, Any]:
        """Nothing of its own."""
        return {}


class Sizes(Form):
    """Sizes in pixels, or of paper."""

    def read(self, field: Field, written: Written) -> tuple[Size, ...] | None:
        """Each once."""
        return read_sizes(field)


class Layouts(Form):
    """Built-in layouts, and Typst files."""

    def read(self, field: Field, written: Written) -> tuple[Layout, ...] | None:
        """In the order in which they are written."""
        items = field.items(f"a list of {', '.join(LAYOUTS)} or a .typ file", least=1, most=12)
        found = [_layout(item, written.sources) for item in items or []]
        return tuple(layout for layout in found if layout) or None


@dataclass(frozen=True, kw_only=True)
class Variants(Whole):
    """How many posters; with a table one for each row, unless it says more."""

    def absent(self, name: str, written: Written) -> Mapping[str, Any]:
        """One per row."""
        return {name: 1} if "each" in written.fields else {}


class PostersAsk(Ask):
    """Posters: variants of a few texts, pictures, layouts and sizes; or some for each row."""

    kind: Literal["posters"] = "posters"
    name: Annotated[str, Name("posters-2")] = "posters"
    headlines: Annotated[dict[str, tuple[str, ...]], HeadlineLists()] = pydantic.Field(
        default_factory=dict
    )
    """Headlines by language; empty where a model writes them."""
    body: Annotated[ByLanguage | None, Text("a short text", MAX_BODY)] = None
    cta: Annotated[ByLanguage | None, Text("a call to action", MAX_CTA)] = None
    """Call to action."""
    pictures: Annotated[tuple[Source, ...], Pictures()] = ()
    """None: type and colour alone."""
    sizes: Annotated[tuple[Size, ...], Sizes()]
    layouts: Annotated[tuple[Layout, ...], Layouts()] = tuple(Layout(name=n) for n in LAYOUTS)
    schemes: Annotated[tuple[Scheme, ...], SomeOf(SCHEMES)] = SCHEMES
    variants: Annotated[int, Variants(low=1, high=MAX_VARIANTS)] = 12
    """Posters per language (with `each`: per row and language), chosen from all combinations of
    headline, picture, layout, size and scheme."""
    formats: Annotated[tuple[PictureFormat, ...], SomeOf(PICTURE_FORMATS)] = ("jpeg",)
    """Formats of screen sizes; paper sizes are PDF."""
    writing: Annotated[Writing | None, WrittenBy()] = None
    """Who writes headlines, where the brief doesn't."""


def _writing(count: int, model: Field | None, sources: Sources) -> Writing | None:
    if model is None:
        return Writing(count=count)
    if not model.word().endswith(".gguf"):
        name = model.text("the name of a language model, or the path of a .gguf", most=80)
        return Writing(count=count, model=name) if name else None
    path = sources.folder.find(model, "the path of a .gguf")
    if path is None:
        return None
    asset = sources.adopt(path)
    return Writing(count=count, model=sources.folder.name_of(path), file=asset)


def _layout(field: Field, sources: Sources) -> Layout | None:
    word = field.word()
    if not word.endswith(".typ"):
        name = field.choice(LAYOUTS)
        return Layout(name=name) if name else None
    path = sources.folder.find(field, "the path of a .typ file")
    if path is None:
        return None
    if path.stat().st_size > MAX_TEMPLATE_BYTES:
        return field.fault(f"{field.path}: a template of more than 256 KiB is not read")
    return Layout(name=sources.folder.name_of(path), template=sources.adopt(path))


def read_sizes(field: Field) -> tuple[Size, ...] | None:
    """Sizes in pixels, or of paper; None after a fault."""
    items = field.items("a list such as [1080x1350, A3]", least=1, most=12)
    found = [_size(item) for item in items or []]
    sizes = tuple(size for size in found if size is not None)
    if len({size.name for size in sizes}) < len(sizes):
        return field.fault(f"{field.path}: a size is given twice; delete one")
    return sizes or None


def _size(field: Field) -> Size | None:
    word = field.word()
    paper = word.upper()
    if paper in PAPERS_MM:
        wide, tall = PAPERS_MM[paper]
        return Size(
            name=paper,
            width=round(wide * PIXELS_PER_MM),
            height=round(tall * PIXELS_PER_MM),
            paper_mm=(wide, tall),
        )
    match = _SIZE.fullmatch(word)
    if not match:
        return field.wants(
            "WxH in pixels such as 1080x1350 (240 to 8192 a side, 25 megapixels at most),"
            f" or paper: {', '.join(PAPERS_MM)}"
        )
    width, height = int(match[1]), int(match[2])
    if min(width, height) < 240 or max(width, height) > 8192 or width * height > MAX_PIXELS:
        return field.wants("240 to 8192 pixels a side, and 25 megapixels at most")
    if not 1 / 4 <= width / height <= 4:
        return field.wants("a shape no longer than 4 to 1")
    return Size(name=f"{width}x{height}", width=width, height=height)


def _headlines_in(field: Field, language: str) -> tuple[str, ...] | None:
    items = field.items("a list of headlines", least=1, most=MAX_HEADLINES)
    texts = [item.text("a headline", most=MAX_HEADLINE) for item in items or []]
    if items is None or None in texts:
        return None
    for item, text in zip(items, texts, strict=True):
        if texts.count(text) > 1:
            return item.fault(f"{item.path}: the same headline twice; delete one")
    return tuple(text for text in texts if text)
