"""Reading one `posters:` of a brief."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from berg.brief.each import check_columns
from berg.brief.fields import Field
from berg.brief.footage import Footage
from berg.brief.languages import by_language
from berg.brief.short import read_name
from berg.brief.sources import Sources
from berg.brief.table import read_table
from berg.schema.brief import Layout, PostersAsk, Size, Writing

KEYS = (
    *("name", "headlines", "headline", "body", "cta", "pictures", "sizes", "layouts"),
    *("schemes", "variants", "formats", "model", "each"),
)
LAYOUTS = ("hero", "split", "type", "badge", "grid", "frame")
"""Built in, in the order in which they are tried."""
SCHEMES = ("dark", "light", "accent")
FORMATS = ("jpeg", "png", "webp")
PAPERS_MM = {
    "A6": (105, 148), "A5": (148, 210), "A4": (210, 297), "A3": (297, 420), "A2": (420, 594),
}  # fmt: skip
"""Trimmed width and height (ISO 216)."""
MAX_HEADLINES, MAX_HEADLINE, MAX_BODY, MAX_CTA = 200, 140, 320, 48
MAX_VARIANTS = 1000
MAX_TEMPLATE_BYTES = 256 * 1024
MAX_PIXELS = 25_000_000
"""Of a screen size; more is paper's business."""
PIXELS_PER_MM = 300 / 25.4
"""Of paper: 300 dpi, what offset printing asks for."""

_SIZE = re.compile(r"([0-9]{2,5})[xX×]([0-9]{2,5})")


@dataclass(frozen=True, slots=True)
class PostersReader:
    """Reads posters of one brief."""

    languages: tuple[str, ...]
    sources: Sources

    def read(self, field: Field) -> PostersAsk | None:
        """The ask; None after at least one fault."""
        before = len(field.faults)
        fields = field.pairs(KEYS, what="a map", required=("sizes",))
        if fields is None:
            return None
        values: dict[str, Any] = {"layouts": tuple(Layout(name=name) for name in LAYOUTS)}
        for key, value in fields.items():
            values.update(self._one(key, value) or {})
        self._headlines(field, fields, values)
        if "each" in fields and "variants" not in values:
            values["variants"] = 1
        ask = PostersAsk(**values) if len(field.faults) == before else None
        if ask is not None and ask.each is not None:
            check_columns(ask, fields, ask.each)
        return ask if len(field.faults) == before else None

    def _one(self, key: str, field: Field) -> dict[str, Any] | None:
        match key:
            case "headlines" | "headline" | "model":
                return None
            case "name":
                return {key: read_name(field, "posters-2")}
            case "body":
                return {key: self._texts(field, "a short text", MAX_BODY)}
            case "cta":
                return {key: self._texts(field, "a call to action", MAX_CTA)}
            case "pictures":
                return {key: self._pictures(field)}
            case "sizes":
                return {key: read_sizes(field)}
            case "layouts":
                return {key: self._layouts(field)}
            case "schemes":
                return {key: _choices(field, SCHEMES)}
            case "formats":
                return {key: _choices(field, FORMATS)}
            case "variants":
                return {key: field.whole(low=1, high=MAX_VARIANTS)}
        return {key: read_table(field, self.sources)}

    def _texts(self, field: Field, what: str, most: int) -> dict[str, str] | None:
        return by_language(
            field, self.languages, lambda f, _: f.text(what, most=most), what=what, one_for_all=True
        )

    def _headlines(self, field: Field, fields: dict[str, Field], values: dict[str, Any]) -> None:
        """`headlines:` as lists by language or a number, or one `headline:`."""
        given = [key for key in ("headlines", "headline") if key in fields]
        if len(given) != 1:
            field.fault(f"{field.path}: write either headlines: or headline:")
            return
        asked = fields[given[0]]
        if given == ["headline"]:
            one = self._texts(asked, "a headline", MAX_HEADLINE) or {}
            values["headlines"] = {language: (text,) for language, text in one.items()}
        elif asked.word().isdecimal():
            count = asked.whole(low=1, high=MAX_HEADLINES)
            model = fields.get("model")
            values["writing"] = self._writing(count, model) if count else None
        else:
            values["headlines"] = self._lists(asked)
        if "model" in fields and values.get("writing") is None:
            fields["model"].fault(f"{fields['model'].path}: goes with headlines: and a number")

    def _writing(self, count: int, model: Field | None) -> Writing | None:
        if model is None:
            return Writing(count=count)
        if not model.word().endswith(".gguf"):
            name = model.text("the name of a language model, or the path of a .gguf", most=80)
            return Writing(count=count, model=name) if name else None
        path = self.sources.folder.find(model, "the path of a .gguf")
        if path is None:
            return None
        asset = self.sources.adopt(path)
        return Writing(count=count, model=self.sources.folder.name_of(path), file=asset)

    def _lists(self, field: Field) -> dict[str, tuple[str, ...]] | None:
        what = "a list of headlines"
        return by_language(
            field, self.languages, lambda f, _: _headlines_in(f), what=what, one_for_all=False
        )

    def _pictures(self, field: Field) -> Any:
        if field.word() == "none":
            return ()
        found = Footage(field, self.sources).read()
        pictures = tuple(source for source in found if source.facts.kind == "image")
        if found and not pictures:
            return field.fault(f"{field.path}: only clips there; posters are made of pictures")
        return pictures

    def _layouts(self, field: Field) -> tuple[Layout, ...] | None:
        items = field.items(f"a list of {', '.join(LAYOUTS)} or a .typ file", least=1, most=12)
        found = [self._layout(item) for item in items or []]
        return tuple(layout for layout in found if layout) or None

    def _layout(self, field: Field) -> Layout | None:
        word = field.word()
        if not word.endswith(".typ"):
            name = field.choice(LAYOUTS)
            return Layout(name=name) if name else None
        path = self.sources.folder.find(field, "the path of a .typ file")
        if path is None:
            return None
        if path.stat().st_size > MAX_TEMPLATE_BYTES:
            return field.fault(f"{field.path}: a template of more than 256 KiB is not read")
        asset = self.sources.adopt(path)
        return Layout(name=self.sources.folder.name_of(path), template=asset)


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


def _headlines_in(field: Field) -> tuple[str, ...] | None:
    items = field.items("a list of headlines", least=1, most=MAX_HEADLINES)
    texts = [item.text("a headline", most=MAX_HEADLINE) for item in items or []]
    if items is None or None in texts:
        return None
    for item, text in zip(items, texts, strict=True):
        if texts.count(text) > 1:
            return item.fault(f"{item.path}: the same headline twice; delete one")
    return tuple(text for text in texts if text)


def _choices(field: Field, allowed: Sequence[str]) -> tuple[str, ...] | None:
    items = field.items(f"a list of {', '.join(allowed)}", least=1, most=len(allowed))
    words = [item.choice(allowed) for item in items or []]
    found = tuple(dict.fromkeys(word for word in words if word))
    return found if found and len(found) == len(words) else None
