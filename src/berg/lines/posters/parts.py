"""What posters share: photographs made ready, type set, labels. Each asked for once."""

from dataclasses import dataclass, field
from typing import Any

from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.design.places import picture_size, places_of, type_area
from berg.lines.posters.steps import (
    Ground,
    PhotoSubject,
    TypeLayer,
    bleed_size,
    photo_subject,
    places_in_order,
    poster_ground,
    set_type,
)
from berg.lines.posters.variants import Variant
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.steps.type import clear_of, set_label


@dataclass
class Grounds:
    """The photographs made ready, each once for a shape, whichever language shows it."""

    do: Do
    ask: PostersAsk
    asked: dict[tuple[int, int, int], Handle[Ground]] = field(default_factory=dict)
    subjects: dict[int, Handle[PhotoSubject]] = field(default_factory=dict)

    def get(self, variant: Variant) -> Handle[Ground] | None:
        """The ground of a variant; None for one of type and colour alone."""
        if variant.picture is None:
            return None
        size, layout = self.ask.sizes[variant.size], self.ask.layouts[variant.layout]
        width, height = size.width, size.height
        if size.paper_mm is not None:
            width, height = bleed_size(width, height, paper_mm=size.paper_mm)
        key = (variant.picture, *picture_size(layout.name, width, height))
        if key not in self.asked:
            self.asked[key] = self._prepare(*key, enlarge=size.paper_mm is None)
        return self.asked[key]

    def _prepare(self, picture: int, width: int, height: int, *, enlarge: bool) -> Handle[Ground]:
        source = self.ask.pictures[picture]
        subject = self._subject(picture)
        step = poster_ground(source, subject, width=width, height=height, enlarge=enlarge)
        return self.do(step, name=f"{self.ask.name}/ground/{source.name}@{width}x{height}")

    def _subject(self, picture: int) -> Handle[PhotoSubject]:
        """What a photograph is about: found once, whatever the shapes."""
        if picture not in self.subjects:
            source = self.ask.pictures[picture]
            name = f"{self.ask.name}/subject/{source.name}"
            self.subjects[picture] = self.do(photo_subject(source), name=name)
        return self.subjects[picture]


@dataclass
class LanguageType:
    """The type and the visible labels of one language's posters."""

    do: Do
    ask: PostersAsk
    brief: Brief
    language: str
    headlines: tuple[str, ...] = ()
    told_by: tuple[Handle[Any], ...] = ()
    """What gave the headlines, where a model wrote them: a part of every poster's lineage."""
    layers: dict[tuple[Any, ...], Handle[TypeLayer]] = field(default_factory=dict)
    labels: dict[int, Handle[Sheet]] = field(default_factory=dict)

    def place(self, variant: Variant, ground: Ground | None) -> str:
        """Where type is read best: decided by the photograph, else by the layout."""
        layout, size = self.ask.layouts[variant.layout], self.ask.sizes[variant.size]
        places = places_of(layout.name, size.width, size.height, with_picture=ground is not None)
        if ground is None:
            return places[0]
        return places_in_order(ground, {p: type_area(layout.name, p) for p in places})[0]

    def layer(self, variant: Variant, place: str) -> Handle[TypeLayer]:
        """A headline set; whatever picture lies under it."""
        ask, language = self.ask, self.language
        labelled = self.label_text(variant) is not None
        key = (variant.headline, variant.layout, variant.size, variant.scheme, place, labelled)
        if key not in self.layers:
            step = set_type(
                layout=ask.layouts[variant.layout],
                headline=self.headlines[variant.headline],
                body=ask.body[language] if ask.body else None,
                cta=ask.cta[language] if ask.cta else None,
                brand=self.brief.brand,
                scheme=ask.schemes[variant.scheme],
                place=place,
                language=language,
                size=ask.sizes[variant.size],
                with_picture=variant.picture is not None,
                clear=self._clear(variant),
            )
            levels = "-".join([*(str(level) for level in key[:-1]), *["labelled"] * labelled])
            self.layers[key] = self.do(step, name=self._name(f"type/{levels}"))
        return self.layers[key]

    def generated(self, *variants: Variant) -> tuple[str, ...]:
        """What a model made of these posters, by berg's hand or before."""
        pictures = [self.ask.pictures[v.picture] for v in variants if v.picture is not None]
        labelled = any(source.aigc is not None for source in pictures)
        return ("text",) * (self.ask.writing is not None) + ("picture",) * labelled

    def label_text(self, *variants: Variant) -> str | None:
        """Their visible label; None where nothing is generated, or none is wanted."""
        profile = self.brief.marks.profile
        wanted = profile.visible and self.generated(*variants)
        return profile.texts[self.language] if wanted else None

    def label(self, variant: Variant) -> Handle[Sheet] | None:
        """The visible label of a poster: one for all that have one in its size."""
        index, text, profile = variant.size, self.label_text(variant), self.brief.marks.profile
        if text is None:
            return None
        size = self.ask.sizes[index]
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

    def _clear(self, variant: Variant) -> Clear:
        size, profile = self.ask.sizes[variant.size], self.brief.marks.profile
        if self.label_text(variant) is None:
            return ALL_FREE
        return clear_of(
            place=profile.place,
            height_thousandths=profile.height,
            width=size.width,
            height=size.height,
        )

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"
