"""Posters: variants of a few texts, pictures, layouts and sizes, each made of what is shared.

A photograph is cropped once for each size, and a text set once for each size, layout, place and
scheme, whoever shows them. The line awaits the photographs, to lay type where they are calm, and
the posters, to leave out what came out broken or like another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.errors import StepError
from berg.lines.variants import (
    Variant,
    as_cell,
    choose,
    factors_of,
    headline_id,
    looks_alike,
)
from berg.schema.asset import Asset
from berg.schema.brief import Brief, PostersAsk
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.origin import Origin
from berg.steps.poster.declare import (
    Ground,
    PaperPoster,
    Poster,
    bleed_size,
    compose_poster,
    contact_sheet,
    places_in_order,
    places_of,
    poster_ground,
    poster_pdf,
    set_type,
    sheets_of,
    type_area,
    variant_table,
)
from berg.steps.poster.nouns import TypeLayer
from berg.steps.text.declare import write_headlines
from berg.steps.type.declare import clear_of, set_label

Made = Poster | PaperPoster
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}
SPARES = 5
"""One replacement is kept ready for so many posters, and four at the least."""
LEFT_OUT = ("file", "language", "reason")
COLUMNS = (
    *("file", "language", "size", "layout", "scheme", "headline", "headline_id", "picture"),
    *("place", "contrast", "width", "height"),
)
"""Of variants.csv: what an A/B tool or a regression takes."""


async def posters(do: Do, ask: PostersAsk, brief: Brief) -> None:
    """Make the posters of one ask, in all languages.

    Raises StepError when not a single one came out sound.
    """
    grounds = Grounds(do, ask)
    sets = [PosterSet(do, ask, brief, language, grounds) for language in brief.languages]
    for one in sets:  # photographs of all languages are asked for before any is awaited
        await one.begin()
    for one in sets:
        await one.finish()
    if ask.row is None:
        _tables(do, ask, brief, sets)


def _tables(do: Do, ask: PostersAsk, brief: Brief, sets: "Sequence[PosterSet]") -> None:
    """What each file is made of, and what was left out and why."""
    tables: dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]] = {
        "variants": (COLUMNS, [row for one in sets for row in one.rows])
    }
    left_out = [row for one in sets for row in one.left_out]
    if left_out:
        tables["left-out"] = (LEFT_OUT, left_out)
    for name, (columns, rows) in tables.items():
        table = do(variant_table(columns, rows), name=f"{ask.name}/{name}")
        path, origin = f"{ask.name}/{name}.csv", Origin(title=brief.title)
        do.deliver(table.csv, name=ask.name, language=None, path=path, origin=origin)


@dataclass
class Grounds:
    """The photographs made ready, each once for a size, whichever language shows it."""

    do: Do
    ask: PostersAsk
    asked: dict[tuple[int, int], Handle[Ground]] = field(default_factory=dict)

    def get(self, variant: Variant) -> Handle[Ground] | None:
        """The ground of a variant; None for one of type and colour alone."""
        if variant.picture is None:
            return None
        key = (variant.picture, variant.size)
        if key not in self.asked:
            self.asked[key] = self._prepare(*key)
        return self.asked[key]

    def _prepare(self, picture: int, index: int) -> Handle[Ground]:
        source, size = self.ask.pictures[picture], self.ask.sizes[index]
        width, height = size.width, size.height
        if size.paper_mm is not None:
            width, height = bleed_size(width, height, paper_mm=size.paper_mm)
        step = poster_ground(source, width=width, height=height, enlarge=size.paper_mm is None)
        return self.do(step, name=f"{self.ask.name}/ground/{source.name}@{size.name}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One poster under way."""

    variant: Variant
    place: str
    poster: Handle[Any]
    """Of a `Poster`, or on paper of a `PaperPoster`."""


@dataclass
class PosterSet:
    """The posters of one language."""

    do: Do
    ask: PostersAsk
    brief: Brief
    language: str
    grounds: Grounds
    headlines: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Of variants.csv."""
    left_out: list[tuple[str, ...]] = field(default_factory=list)
    layers: dict[tuple[Any, ...], Handle[TypeLayer]] = field(default_factory=dict)
    labels: dict[int, Handle[Sheet]] = field(default_factory=dict)

    async def begin(self) -> None:
        """Find the headlines, choose the variants, ask for their photographs."""
        self.headlines = await self._headlines()
        self.chosen = choose(
            factors_of(self.ask, self.headlines),
            count=self.ask.variants,
            seed=self.brief.seed,
            spares=max(4, self.ask.variants // SPARES),
        )
        for variant in self.chosen.wanted:
            self.grounds.get(variant)

    async def _headlines(self) -> tuple[str, ...]:
        """The brief's, or those that a language model writes."""
        ask, language = self.ask, self.language
        if ask.writing is None:
            return ask.headlines[language]
        step = write_headlines(
            ask.writing,
            language=language,
            count=ask.writing.count,
            brand=self.brief.brand.name,
            title=self.brief.title,
            body=ask.body[language] if ask.body else None,
            cta=ask.cta[language] if ask.cta else None,
            seed=self.brief.seed,
        )
        return (await self.do(step, name=self._name("headlines"))).texts

    async def finish(self) -> None:
        """Make them, keep what is sound and unlike the others, and promise it."""
        queue = [await self._begin(variant) for variant in self.chosen.wanted]
        kept: list[tuple[Asked, Made]] = []
        fallen: list[Variant] = []
        for asked in queue:  # grows by a spare for each that falls out
            poster = await asked.poster
            reason = _refused(asked, poster, kept)
            if reason is None:
                kept.append((asked, poster))
                continue
            self.left_out.append((self._file(asked.variant), self.language, reason))
            fallen.append(asked.variant)
            tried = [other.variant for other in queue]
            spare = self.chosen.spare(asked.variant, tried, fallen=fallen)
            if spare is not None:
                queue.append(await self._begin(spare))
        if not kept:
            raise StepError(f"{self.ask.name}: no poster came out sound: {self.left_out[0][2]}")
        for asked, poster in kept:
            self._deliver(asked, poster)
        if self.ask.row is None:
            self._sheets([asked for asked, _ in kept])

    async def _begin(self, variant: Variant) -> Asked:
        ground = self.grounds.get(variant)
        place = self._place(variant, None if ground is None else await ground)
        size, name = self.ask.sizes[variant.size], self._name(variant.id)
        layer, label = self._layer(variant, place), self._label(variant.size)
        common: dict[str, Any] = {
            "label": label,
            "width": size.width,
            "height": size.height,
            "mark": self._mark,
        }
        if size.paper_mm is None:
            composed = compose_poster(ground, layer, format=self.ask.formats[0], **common)
            return Asked(variant=variant, place=place, poster=self.do(composed, name=name))
        paper = poster_pdf(
            ground, layer, layer.page, paper_mm=size.paper_mm, title=self.brief.title, **common
        )
        return Asked(variant=variant, place=place, poster=self.do(paper, name=name))

    def _place(self, variant: Variant, ground: Ground | None) -> str:
        """Where type is read best: decided by the photograph, else by the layout."""
        layout, size = self.ask.layouts[variant.layout], self.ask.sizes[variant.size]
        places = places_of(layout.name, size.width, size.height, with_picture=ground is not None)
        if ground is None:
            return places[0]
        return places_in_order(ground, {p: type_area(layout.name, p) for p in places})[0]

    def _layer(self, variant: Variant, place: str) -> Handle[TypeLayer]:
        ask, brand = self.ask, self.brief.brand
        key = (variant.headline, variant.layout, variant.size, variant.scheme, place)
        if key not in self.layers:
            step = set_type(
                layout=ask.layouts[variant.layout],
                headline=self.headlines[variant.headline],
                body=ask.body[self.language] if ask.body else None,
                cta=ask.cta[self.language] if ask.cta else None,
                brand=brand,
                scheme=ask.schemes[variant.scheme],
                place=place,
                language=self.language,
                size=ask.sizes[variant.size],
                with_picture=variant.picture is not None,
                clear=self._clear(variant.size),
            )
            levels = "-".join(str(level) for level in key)
            self.layers[key] = self.do(step, name=self._name(f"type/{levels}"))
        return self.layers[key]

    @property
    def _mark(self) -> str | None:
        return self.brief.marks.key if self.brief.marks.watermark else None

    @property
    def _generated(self) -> tuple[str, ...]:
        """What a model made, by berg's hand or before."""
        labelled = any(source.aigc is not None for source in self.ask.pictures)
        return ("text",) * (self.ask.writing is not None) + ("picture",) * labelled

    @property
    def _label_text(self) -> str | None:
        profile = self.brief.marks.profile
        return profile.texts[self.language] if profile.visible and self._generated else None

    def _clear(self, index: int) -> Clear:
        size, profile = self.ask.sizes[index], self.brief.marks.profile
        if self._label_text is None:
            return ALL_FREE
        return clear_of(
            place=profile.place,
            height_thousandths=profile.height,
            width=size.width,
            height=size.height,
        )

    def _label(self, index: int) -> Handle[Sheet] | None:
        text, size, profile = self._label_text, self.ask.sizes[index], self.brief.marks.profile
        if text is None:
            return None
        if index not in self.labels:
            step = set_label(
                text,
                language=self.language,
                place=profile.place,
                height_thousandths=profile.height,
                width=size.width,
                height=size.height,
                brand=self.brief.brand,
            )
            self.labels[index] = self.do(step, name=self._name(f"label/{size.name}")).sheet
        return self.labels[index]

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"

    def _file(self, variant: Variant) -> str:
        paper = self.ask.sizes[variant.size].paper_mm is not None
        suffix = "pdf" if paper else SUFFIXES[self.ask.formats[0]]
        if self.ask.row is not None and self.ask.variants == 1:
            return f"{self.ask.name}.{self.language}.{suffix}"
        return f"{self.ask.name}/{self.language}/{variant.id}.{suffix}"

    def _deliver(self, asked: Asked, poster: Made) -> None:
        variant, ask = asked.variant, self.ask
        size, headline = ask.sizes[variant.size], self.headlines[variant.headline]
        picture = "" if variant.picture is None else ask.pictures[variant.picture].name
        facts: dict[str, Any] = {
            "width": size.width, "height": size.height, "size": size.name,
            "layout": ask.layouts[variant.layout].name, "scheme": ask.schemes[variant.scheme],
            "headline": headline, "picture": picture,
        }  # fmt: skip
        path = self._file(variant)
        file: Handle[Asset] = asked.poster.image if size.paper_mm is None else asked.poster.pdf
        said: dict[str, Any] = {
            "name": ask.name, "language": self.language, "marks": [asked.poster.mark],
            "origin": self._origin(headline),
        }  # fmt: skip
        self.do.deliver(file, path=path, facts=facts, **said)
        if size.paper_mm is not None:
            preview, shown = f"{path.removesuffix('.pdf')}.jpg", {"preview_of": path}
            self.do.deliver(asked.poster.preview, path=preview, facts=shown, **said)
        self.rows.append(
            (path, self.language, size.name, as_cell(facts["layout"]), facts["scheme"],
             as_cell(headline), headline_id(headline), as_cell(picture), asked.place, f"{poster.contrast / 1000:.1f}",
             str(size.width), str(size.height))
        )  # fmt: skip

    def _origin(self, headline: str) -> Origin:
        ask, language = self.ask, self.language
        texts = {"headline": headline}
        texts |= {"body": ask.body[language]} if ask.body else {}
        texts |= {"cta": ask.cta[language]} if ask.cta else {}
        return Origin(
            title=self.brief.title, generated=self._generated, label=self._label_text, texts=texts
        )

    def _sheets(self, made: Sequence[Asked]) -> None:
        """Contact sheets: all posters at a glance."""
        papers = [self.ask.sizes[asked.variant.size].paper_mm is not None for asked in made]
        images = [
            asked.poster.preview if paper else asked.poster.image
            for asked, paper in zip(made, papers, strict=True)
        ]
        ranges = sheets_of(len(made))
        for number, part in enumerate(ranges, start=1):
            step = contact_sheet(
                [images[i] for i in part], names=[made[i].variant.id for i in part]
            )
            sheet = self.do(step, name=self._name(f"sheet/{number}"))
            which = f"-{number}" if len(ranges) > 1 else ""
            path = f"{self.ask.name}/sheet-{self.language}{which}.jpg"
            self.do.deliver(
                sheet.image, name=self.ask.name, language=self.language, path=path,
                origin=self._origin(""),
            )  # fmt: skip


def _refused(asked: Asked, poster: Made, kept: Sequence[tuple[Asked, Made]]) -> str | None:
    """Why a poster is left out; None keeps it."""
    if poster.problems:
        return "; ".join(poster.problems)
    for other, made in kept if poster.phash else ():
        if looks_alike(asked.variant, other.variant, hashes=(poster.phash, made.phash)):
            return f"looks like {other.variant.id}"
    return None
