"""Dossiers: what is told of each deliverable, from the steps that made it. Nothing is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from berg.brief.asks import sources_in
from berg.carriers.aigc import AigcLabel, parse_label, propagate
from berg.digest import bytes_sha256
from berg.engine.promise import Running
from berg.provenance.finish import Dossier
from berg.provenance.finish.dossier import produce_id
from berg.provenance.manifest import (
    Lineage,
    ManifestClaim,
    ModelUsed,
    Part,
    SourceType,
    SourceUsed,
    StepUsed,
)
from berg.schema.asset import Asset
from berg.schema.brief import Brief
from berg.schema.handle import Handle, follow
from berg.schema.media import Source
from berg.schema.model import WeightsEntry
from berg.schema.promised import Promised
from berg.service._ancestry import Ancestry, Contribution, FileLineage, handed
from berg.store import Store
from berg.weights import Weights


class Dossiers:
    """Writes the dossiers of one run's deliverables."""

    def __init__(self, brief: Brief, store: Store, weights: Weights) -> None:
        self._brief, self._store, self._weights = brief, store, weights

    def of(self, promised: Promised) -> Dossier:
        """The dossier of one deliverable, all of whose steps are done."""
        return self.each([promised])[0]

    def each(self, promised: Sequence[Promised]) -> list[Dossier]:
        """The dossiers of many, in their order: what they share is gone through once."""
        ancestry = Ancestry(tell=self._tell, receipts=self._receipts)
        lineages = ancestry.of(promised)
        return [self._dossier(*both) for both in zip(promised, lineages, strict=True)]

    def _dossier(self, promised: Promised, lineage: FileLineage) -> Dossier:
        asset: Asset = value_of(promised.asset)
        held = held_in(asset.media_type, lineage)
        sources = tuple(self._sources(held))
        parts = tuple(dict.fromkeys(_part(one) for one in held if one.makes))
        origin, marks = promised.origin, self._brief.marks
        found = tuple(dict.fromkeys(m for h in promised.marks if (m := value_of(h)) is not None))
        claim = ManifestClaim(
            title=origin.title,
            media_type=asset.media_type,
            language=promised.language,
            profile=marks.profile.name,
            label_text=origin.label,
            generated=generated_in(asset.media_type, origin.generated, parts, sources),
            source_type=whole(parts, sources),
            parts=parts,
            models=tuple(self._models(held)),
            sources=sources,
            lineage=_told(lineage),
            receipt_sha256=lineage.receipts,
            produce_id=produce_id(asset.sha256),
            marks=found,
            mark_key=marks.key if found else None,
            disclosed={k: text for k, text in origin.texts.items() if k in marks.disclose},
            digests={k: bytes_sha256(text.encode()) for k, text in origin.texts.items()},
        )
        return Dossier(claim=claim, aigc=self._label(claim, sources))

    def _label(self, claim: ManifestClaim, sources: Iterable[SourceUsed]) -> AigcLabel | None:
        """Ours where a model of ours made something; else what a labelled source already said."""
        marks = self._brief.marks
        made_here = any(part.model is not None for part in claim.parts)
        wanted = marks.profile.metadata  # a source's label is kept whatever the profile
        ours = AigcLabel(
            label="1" if made_here else "2",  # the latter only passes on, and says who does
            content_producer=marks.producer or "",
            produce_id=claim.produce_id,
        )
        given = [label for s in sources if s.aigc and (label := parse_label(s.aigc)[0]) is not None]
        return propagate(given, ours if wanted and (made_here or marks.producer) else None)

    def _tell(self, running: Running) -> Contribution | None:
        kind = running.step.kind
        sources = tuple(sha256 for sha256 in handed(running) if sha256 in self._brought)
        if kind.origin is None and not sources:
            return None
        return Contribution(
            sense=kind.sense,
            called=kind.called or kind.capability,
            makes=kind.origin is not None,
            models=running.step.weights if kind.origin == "trained" else (),
            sources=sources,
        )

    def _receipts(self, keys: Sequence[str]) -> dict[str, str]:
        """What steps took, in whichever run they ran."""
        found = self._store.index.look(keys)
        return {key: record.receipt for key, record in found.items()}

    def _models(self, held: Iterable[Contribution]) -> Iterator[ModelUsed]:
        used: dict[str, str] = {}
        for one in held:
            for name in one.models:
                used.setdefault(name, one.called)
        for name, called in used.items():
            entry = self._entries[name]
            if entry.kind in ("model", "voice"):
                yield ModelUsed(
                    name=name, sha256=entry.sha256, licence=entry.licence, capability=called
                )

    def _sources(self, held: Iterable[Contribution]) -> Iterator[SourceUsed]:
        """The user's files that the steps were handed, each once."""
        used: dict[str, str] = {}
        for one in held:
            for sha256 in one.sources:
                used.setdefault(sha256, one.called)
        for sha256, called in used.items():
            yield self._source(self._brought[sha256], called)

    @cached_property
    def _brought(self) -> dict[str, Source]:
        return {source.asset.sha256: source for source in sources_of(self._brief)}

    @cached_property
    def _entries(self) -> dict[str, WeightsEntry]:
        return {item.name: item for item in self._weights.entries()}

    def _source(self, source: Source, used_as: str) -> SourceUsed:
        logo = self._brief.brand.logo
        drawn = logo is not None and source.asset.sha256 == logo.asset.sha256
        kind: SourceType = "digitalCreation" if drawn else "digitalCapture"
        return SourceUsed(
            title=source.name.rsplit("/", 1)[-1],
            media_type=source.asset.media_type,
            sha256=source.asset.sha256,
            path=str(self._store.path(source.asset)),
            kind="trainedAlgorithmicMedia" if source.aigc else kind,  # its own label says so
            used_as="logo" if drawn else used_as,
            aigc=source.aigc,
        )


def held_in(media_type: str, lineage: FileLineage) -> tuple[Contribution, ...]:
    """What is told of a file: of those steps whose work is in it, not of all that it hangs on.

    A picture hangs on a voice for its captions' times, and holds nothing that is heard. A text
    hangs on both, and holds what the last step wrote.
    """
    match media_type.partition("/")[0]:
        case "video":
            return lineage.told
        case "image":
            return tuple(one for one in lineage.told if one.sense != "heard")
        case "audio":
            return tuple(one for one in lineage.told if one.sense in ("heard", "both"))
        case _:
            return lineage.told_last


def generated_in(
    media_type: str,
    generated: Iterable[str],
    parts: Iterable[Part],
    sources: Iterable[SourceUsed],
) -> tuple[str, ...]:
    """What of all that was generated for a delivery is in a file: a still of a film has no voice,
    and no generated picture if the one that it shows is the user's own."""
    made = {part.what for part in parts if part.model is not None}
    drawn = bool(made - {"voice", "headline"})
    seen = {"picture"} if drawn or any(source.aigc for source in sources) else set()
    holds = {"video": {"voice", "text"} | seen, "image": {"text"} | seen, "audio": {"voice"}}
    there = holds.get(media_type.partition("/")[0], {"text"})
    return tuple(what for what in generated if what in there)


def sources_of(brief: Brief) -> Iterator[Source]:
    """Every file that a brief brings."""
    if brief.brand.logo is not None:
        yield brief.brand.logo
    for ask in brief.make:
        yield from sources_in(ask)


def whole(parts: Iterable[Part], sources: Iterable[SourceUsed]) -> SourceType:
    """The IPTC's term for the whole, from what it is made of."""
    brought = [source.kind for source in sources]
    kinds = {*(part.source_type for part in parts), *brought}
    if "trainedAlgorithmicMedia" in kinds:
        mixed = len(kinds) > 1 or bool(brought)
        return "compositeWithTrainedAlgorithmicMedia" if mixed else "trainedAlgorithmicMedia"
    return "composite" if brought else "algorithmicMedia"


def value_of(handle: Handle[Any]) -> Any:
    """What a handle came to."""
    return follow(handle.promise.out, handle.path)


def _part(one: Contribution) -> Part:
    trained = bool(one.models)
    return Part(
        what=one.called,
        source_type="trainedAlgorithmicMedia" if trained else "algorithmicMedia",
        model=one.models[0] if trained else None,
    )


def _told(lineage: FileLineage) -> Lineage:
    """A lineage as a manifest tells it: in bounded size, its last step at the end."""
    named = [step for step in lineage.makers if step is not lineage.last]
    return Lineage(
        sha256=lineage.sha256,
        steps=lineage.steps,
        made=lineage.made,
        named=tuple(_used(step) for step in (*named, lineage.last)),
    )


def _used(running: Running) -> StepUsed:
    kind = running.step.kind
    return StepUsed(
        name=running.name, capability=kind.capability, version=kind.version, key=running.key
    )
