"""The files of one language's posters: their paths, what is said of each, contact sheets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.lines.posters.parts import LanguageType
from berg.lines.posters.steps import PaperPoster, Poster, contact_sheet, sheets_of
from berg.lines.posters.variants import Variant, as_cell, headline_id
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.origin import Origin
from berg.schema.promised import Promised

FinishedPoster = Poster | PaperPoster
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}
COLUMNS = (
    *("file", "language", "size", "layout", "scheme", "headline", "headline_id", "picture"),
    *("place", "contrast", "scrim", "width", "height", "warnings"),
)
"""Columns of variants.csv: what an A/B tool or a regression takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One poster under way."""

    variant: Variant
    place: str
    poster: Handle[Any]
    """Result of a `Poster`, or on paper of a `PaperPoster`."""
    warnings: tuple[str, ...] = ()
    """What is not as good as it could be."""


@dataclass
class PosterFiles:
    """What is delivered."""

    lettering: LanguageType
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Rows of variants.csv."""

    def path(self, variant: Variant, *, format: str | None = None) -> str:
        """A poster's file, in the ask's first format unless another is given."""
        ask, language = self.lettering.ask, self.lettering.language
        suffix = "pdf" if self._on_paper(variant) else SUFFIXES[format or ask.formats[0]]
        if ask.row is not None and ask.variants == 1:
            return f"{ask.name}.{language}.{suffix}"
        return f"{ask.name}/{language}/{variant.id}.{suffix}"

    def deliver(
        self, asked: Asked, poster: FinishedPoster, *, others: dict[str, Handle[Any]]
    ) -> None:
        """Promise a poster, and the same in other formats or as a preview."""
        variant, path, facts = asked.variant, self.path(asked.variant), self._facts(asked)
        paper = self._on_paper(variant)
        file = asked.poster.pdf if paper else asked.poster.image
        self._promise(file, asked.poster, variant, path=path, facts=facts)
        if paper:
            preview, shown = f"{path.removesuffix('.pdf')}.jpg", {"preview_of": path}
            self._promise(asked.poster.preview, asked.poster, variant, path=preview, facts=shown)
        for format, handle in others.items():
            other = self.path(variant, format=format)
            self._promise(handle.image, handle, variant, path=other, facts={"same_as": path})
        self.rows.append(self._row(asked, poster, facts))

    def sheets(self, made: Sequence[Asked]) -> None:
        """Contact sheets: all posters at a glance."""
        lettering = self.lettering
        ask, language = lettering.ask, lettering.language
        images = [
            asked.poster.preview if self._on_paper(asked.variant) else asked.poster.image
            for asked in made
        ]
        ranges = sheets_of(len(made))
        for number, part in enumerate(ranges, start=1):
            shown = [made[i].variant for i in part]
            step = contact_sheet([images[i] for i in part], names=[one.id for one in shown])
            sheet = lettering.do(step, name=f"{ask.name}/{language}/sheet/{number}")
            which = f"-{number}" if len(ranges) > 1 else ""
            lettering.do.deliver(
                Promised(
                    asset=sheet.image,
                    name=ask.name,
                    language=language,
                    path=f"{ask.name}/sheet-{language}{which}.jpg",
                    origin=self._origin("", *shown),
                    told_by=tuple(lettering.told_by),
                )
            )

    def _on_paper(self, variant: Variant) -> bool:
        return self.lettering.ask.sizes[variant.size].paper_mm is not None

    def _promise(
        self,
        file: Handle[Asset],
        made: Handle[Any],
        variant: Variant,
        *,
        path: str,
        facts: dict[str, Any],
    ) -> None:
        headline = self.lettering.headlines[variant.headline]
        self.lettering.do.deliver(
            Promised(
                asset=file,
                name=self.lettering.ask.name,
                language=self.lettering.language,
                path=path,
                facts=facts,
                marks=(made.mark,),
                origin=self._origin(headline, variant),
                told_by=tuple(self.lettering.told_by),
            )
        )

    def _facts(self, asked: Asked) -> dict[str, Any]:
        variant, ask = asked.variant, self.lettering.ask
        size = ask.sizes[variant.size]
        return {
            "width": size.width, "height": size.height, "size": size.name,
            "layout": ask.layouts[variant.layout].name, "scheme": ask.schemes[variant.scheme],
            "headline": self.lettering.headlines[variant.headline],
            "picture": "" if variant.picture is None else ask.pictures[variant.picture].name,
        } | ({"warnings": list(asked.warnings)} if asked.warnings else {})  # fmt: skip

    def _row(self, asked: Asked, poster: FinishedPoster, facts: dict[str, Any]) -> tuple[str, ...]:
        headline = facts["headline"]
        return (
            self.path(asked.variant), self.lettering.language, facts["size"],
            as_cell(facts["layout"]), facts["scheme"], as_cell(headline), headline_id(headline),
            as_cell(facts["picture"]), asked.place, f"{poster.contrast / 1000:.1f}",
            f"{poster.scrim / 1000:.2f}", str(facts["width"]), str(facts["height"]),
            "; ".join(asked.warnings),
        )  # fmt: skip

    def _origin(self, headline: str, *variants: Variant) -> Origin:
        """Origin of one poster, or of a sheet of several."""
        ask, language = self.lettering.ask, self.lettering.language
        texts = {"headline": headline}
        texts |= {"body": ask.body[language]} if ask.body else {}
        texts |= {"cta": ask.cta[language]} if ask.cta else {}
        return Origin(
            title=self.lettering.brief.title,
            generated=self.lettering.generated(*variants),
            label=self.lettering.label_text(*variants),
            texts=texts,
        )
