"""The posters of one language: chosen, made, and kept if they are sound and unlike the others.

The photographs are awaited, to lay type where they are calm, and the posters, to leave out what
came out broken, or like another, or washed out where something better can be had.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.errors import StepError
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.files import Asked, FinishedPoster, PosterFiles
from berg.lines.posters.parts import Grounds, LanguageType
from berg.lines.posters.steps import compose_poster, poster_pdf
from berg.lines.posters.variants import Variant, choose, factors_of, looks_alike
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.steps.text import write_headlines

SPARES = 5
"""One replacement is kept ready for so many posters, and four at the least."""
VEILED = 550
"""Thousandths of a light scrim from which a photograph looks washed out. A dark one multiplies,
and leaves a photograph its depth."""


@dataclass
class PosterSet:
    """The posters of one language."""

    do: Do
    ask: PostersAsk
    brief: Brief
    language: str
    grounds: Grounds
    left_out: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lettering = LanguageType(self.do, self.ask, self.brief, self.language)
        self._files = PosterFiles(self._lettering)
        self._tried: list[Variant] = []
        self._fallen: list[Variant] = []
        self._kept: list[tuple[Asked, FinishedPoster]] = []

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Rows of variants.csv."""
        return self._files.rows

    async def begin(self) -> None:
        """Find the headlines, choose the variants, ask for their photographs."""
        self._lettering.headlines = await self._headlines()
        self._chosen = choose(
            factors_of(self.ask, self._lettering.headlines),
            count=self.ask.variants,
            seed=self.brief.seed,
            spares=max(4, self.ask.variants // SPARES),
        )
        for variant in self._chosen.wanted:
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
        written = self.do(step, name=self._name("headlines"))
        self._lettering.told_by = (written,)
        return (await written).texts

    async def finish(self) -> None:
        """Make them, keep what is sound and unlike the others, and promise it."""
        queue = [await self._begin(variant) for variant in self._chosen.wanted]
        for asked in queue:  # grows by a spare for each that falls out
            poster = await asked.poster
            if self._keep(asked, poster):
                continue
            spare = await self._spare(asked.variant)
            if spare is not None:
                queue.append(spare)
        await self._better()
        if not self._kept:
            raise StepError(self._why_none())
        for asked, poster in self._kept:
            self._files.deliver(asked, poster, others=self._formats(asked))
        if self.ask.row is None:
            self._files.sheets([asked for asked, _ in self._kept])

    def _why_none(self) -> str:
        _, language, layout, size, reason = self.left_out[0]
        return (
            f"{self.ask.name}: no poster in {language} came out sound ({layout}, {size}: {reason});"
            " try other layouts, larger sizes or shorter texts"
        )

    def _keep(self, asked: Asked, poster: FinishedPoster) -> bool:
        reason = _refused(asked, poster, self._kept)
        if reason is None:
            self._kept.append((asked, poster))
        else:
            self._leave_out(asked.variant, reason)
        return reason is None

    async def _better(self) -> None:
        """Replace washed out photographs, as far as there are spares that come out better."""
        washed = [one for one in self._kept if self._veiled(*one)]
        for one in washed:
            self._fallen.append(one[0].variant)
            spare = await self._spare(one[0].variant)
            if spare is None:
                return
            poster = await spare.poster
            self._kept.remove(one)
            if _refused(spare, poster, self._kept) or self._veiled(spare, poster):
                self._kept.append(one)
                continue
            self._kept.append((spare, poster))
            share = one[1].scrim / 10
            self._tell(
                one[0].variant,
                f"a light veil of {share:.0f} % lies over the picture: replaced by"
                f" {spare.variant.id}",
            )

    def _veiled(self, asked: Asked, poster: FinishedPoster) -> bool:
        light = self.ask.schemes[asked.variant.scheme] == "light"
        return light and asked.variant.picture is not None and VEILED <= poster.scrim < 1000

    def _leave_out(self, variant: Variant, reason: str) -> None:
        self._tell(variant, reason)
        self._fallen.append(variant)

    def _tell(self, variant: Variant, reason: str) -> None:
        layout, size = self.ask.layouts[variant.layout].name, self.ask.sizes[variant.size].name
        self.left_out.append((self._files.path(variant), self.language, layout, size, reason))

    async def _spare(self, like: Variant) -> Asked | None:
        variant = self._chosen.spare(like, self._tried, fallen=self._fallen)
        return None if variant is None else await self._begin(variant)

    async def _begin(self, variant: Variant) -> Asked:
        self._tried.append(variant)
        handle = self.grounds.get(variant)
        ground = None if handle is None else await handle
        place = self._lettering.place(variant, ground)
        return Asked(
            variant=variant,
            place=place,
            poster=self._composed(variant, place),
            warnings=ground.problems if ground else (),
        )

    def _composed(self, variant: Variant, place: str) -> Handle[Any]:
        size, name = self.ask.sizes[variant.size], self._name(variant.id)
        if size.paper_mm is None:
            return self._in_format(variant, place, self.ask.formats[0], name)
        layer = self._lettering.layer(variant, place)
        paper = poster_pdf(
            self.grounds.get(variant),
            layer,
            layer.page,
            label=self._lettering.label(variant),
            width=size.width,
            height=size.height,
            paper_mm=size.paper_mm,
            title=self.brief.title,
            mark=self._mark,
        )
        return self.do(paper, name=name)

    def _in_format(self, variant: Variant, place: str, format: Any, name: str) -> Handle[Any]:
        size = self.ask.sizes[variant.size]
        step = compose_poster(
            self.grounds.get(variant),
            self._lettering.layer(variant, place),
            label=self._lettering.label(variant),
            width=size.width,
            height=size.height,
            format=format,
            mark=self._mark,
        )
        return self.do(step, name=name)

    def _formats(self, asked: Asked) -> dict[str, Handle[Any]]:
        """The same poster in the ask's other formats; paper has one."""
        if self.ask.sizes[asked.variant.size].paper_mm is not None:
            return {}
        return {
            format: self._in_format(
                asked.variant, asked.place, format, self._name(f"{asked.variant.id}.{format}")
            )
            for format in self.ask.formats[1:]
        }

    @property
    def _mark(self) -> str | None:
        return self.brief.marks.key if self.brief.marks.watermark else None

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"


def _refused(
    asked: Asked, poster: FinishedPoster, kept: Sequence[tuple[Asked, FinishedPoster]]
) -> str | None:
    """Why a poster is left out; None keeps it."""
    if poster.problems:
        return "; ".join(poster.problems)
    for other, made in kept:
        hashes = (poster.phash, made.phash)  # empty where only foreseen
        if all(hashes) and looks_alike(asked.variant, other.variant, hashes=hashes):
            return f"looks like {other.variant.id}"
    return None
