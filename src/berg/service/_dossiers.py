"""Dossiers: what is told of each deliverable, from the steps that made it. Nothing is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from berg.carriers.aigc import AigcLabel, parse_label, propagate
from berg.digest import bytes_sha256, digest_of
from berg.engine.ledger import assets_in
from berg.engine.promise import Running
from berg.provenance.finish import Dossier
from berg.provenance.finish.dossier import produce_id
from berg.provenance.manifest import Claim, ModelUsed, Part, SourceType, SourceUsed, StepUsed
from berg.schema.asset import Asset
from berg.schema.brief import Brief, PostersAsk
from berg.schema.handle import Handle, follow
from berg.schema.media import Source
from berg.schema.promised import Promised
from berg.store import Store
from berg.weights import Weights

NAMES = {
    "speech.synthesize": "voice",
    "type.captions": "captions",
    "type.card": "cards",
    "type.end_card": "end card",
    "type.label": "label",
    "type.subtitles": "subtitles",
    "image.prepare_photo": "picture",
    "image.survey_clip": "footage",
    "audio.mix": "music",
    "text.generate": "headline",
    "poster.subject": "picture",
    "poster.ground": "picture",
    "poster.type": "type",
    "poster.table": "table",
}
"""What a kind of step is called in a manifest."""
HEARD = ("speech.", "audio.")
"""How capabilities begin that make what is heard."""


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Writes the dossiers of one run's deliverables."""

    brief: Brief
    store: Store
    weights: Weights

    def of(self, promised: Promised) -> Dossier:
        """The dossier of one deliverable, all of whose steps are done."""
        steps = lineage(promised)
        asset: Asset = value_of(promised.asset)
        held = held_in(asset.media_type, steps)
        sources = self._sources(held)
        parts = tuple(self._parts(held))
        number = produce_id(asset.sha256)
        origin, marks = promised.origin, self.brief.marks
        found = tuple(dict.fromkeys(m for h in promised.marks if (m := value_of(h)) is not None))
        claim = Claim(
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
            steps=tuple(_used(step) for step in steps),
            receipt_sha256=self._receipts(steps),
            produce_id=number,
            marks=found,
            mark_key=marks.key if found else None,
            disclosed={k: text for k, text in origin.texts.items() if k in marks.disclose},
            digests={k: bytes_sha256(text.encode()) for k, text in origin.texts.items()},
        )
        return Dossier(claim=claim, aigc=self._label(claim, sources))

    def _label(self, claim: Claim, sources: Iterable[SourceUsed]) -> AigcLabel | None:
        """Ours where a model of ours made something; else what a labelled source already said."""
        marks = self.brief.marks
        made_here = any(part.model is not None for part in claim.parts)
        wanted = marks.profile.metadata  # a source's label is kept whatever the profile
        ours = AigcLabel(
            label="1" if made_here else "2",  # the latter only passes on, and says who does
            content_producer=marks.producer or "",
            produce_id=claim.produce_id,
        )
        given = [label for s in sources if s.aigc and (label := parse_label(s.aigc)[0]) is not None]
        return propagate(given, ours if wanted and (made_here or marks.producer) else None)

    def _parts(self, steps: Iterable[Running]) -> Iterator[Part]:
        """What is new in it, each kind of work and model once."""
        seen = set()
        for running in steps:
            kind = running.step.kind
            if kind.origin is None:
                continue
            trained = kind.origin == "trained" and bool(running.step.weights)
            part = Part(
                what=NAMES.get(kind.capability, kind.capability),
                source_type="trainedAlgorithmicMedia" if trained else "algorithmicMedia",
                model=running.step.weights[0] if trained else None,
            )
            if part not in seen:
                seen.add(part)
                yield part

    def _models(self, steps: Iterable[Running]) -> Iterator[ModelUsed]:
        entries = {item.name: item for item in self.weights.entries()}
        seen = set()
        for running in steps:
            for name in running.step.weights if running.step.kind.origin == "trained" else ():
                if name not in seen and entries[name].kind in ("model", "voice"):
                    seen.add(name)
                    yield ModelUsed(
                        name=name,
                        sha256=entries[name].sha256,
                        licence=entries[name].licence,
                        capability=NAMES.get(
                            running.step.kind.capability, running.step.kind.capability
                        ),
                    )

    def _sources(self, steps: Iterable[Running]) -> tuple[SourceUsed, ...]:
        """The user's files that the steps were handed, each once."""
        brought = {source.asset.sha256: source for source in sources_of(self.brief)}
        used: dict[str, SourceUsed] = {}
        for running in steps:
            for asset in _assets_of(running):
                source = brought.get(asset.sha256)
                if source is not None and asset.sha256 not in used:
                    kind = running.step.kind.capability
                    used[asset.sha256] = self._source(source, NAMES.get(kind, kind))
        return tuple(used.values())

    def _source(self, source: Source, used_as: str) -> SourceUsed:
        logo = self.brief.brand.logo
        drawn = logo is not None and source.asset.sha256 == logo.asset.sha256
        kind: SourceType = "digitalCreation" if drawn else "digitalCapture"
        return SourceUsed(
            title=source.name.rsplit("/", 1)[-1],
            media_type=source.asset.media_type,
            sha256=source.asset.sha256,
            path=str(self.store.path(source.asset)),
            kind="trainedAlgorithmicMedia" if source.aigc else kind,  # its own label says so
            used_as="logo" if drawn else used_as,
            aigc=source.aigc,
        )

    def _receipts(self, steps: Iterable[Running]) -> str:
        """Digest of what its steps took, whichever run they ran in."""
        receipts = {}
        for running in steps:
            record = self.store.get(running.key)
            receipts[running.key] = record.receipt if record is not None else ""
        return digest_of("receipts", receipts)


def lineage(promised: Promised) -> tuple[Running, ...]:
    """Every step that a deliverable's bytes hang on, those it takes before those that take."""
    found: dict[str, Running] = {}

    def visit(running: Running) -> None:
        if running.name not in found:
            for need in running.needs:
                visit(need)
            found[running.name] = running

    for handle in (*promised.told_by, promised.asset):
        promise: Any = handle.promise
        visit(promise)
    return tuple(found.values())


def held_in(media_type: str, steps: Sequence[Running]) -> tuple[Running, ...]:
    """Those of the steps whose work is in a file: not all that its bytes hang on.

    A picture hangs on a voice for its captions' times, and holds nothing that is heard. A text
    hangs on both, and holds what the last step wrote.
    """
    match media_type.partition("/")[0]:
        case "video":
            return tuple(steps)
        case "image":
            return tuple(s for s in steps if not s.step.kind.capability.startswith(HEARD))
        case "audio":
            return tuple(s for s in steps if s.step.kind.capability.startswith(HEARD))
        case _:
            return tuple(steps[-1:])


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
        if isinstance(ask, PostersAsk):
            yield from ask.pictures
            continue
        yield from ask.footage
        if ask.music is not None:
            yield ask.music


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


def _assets_of(running: Running) -> list[Asset]:
    """Assets among what a step is told and handed directly, not by another step."""
    return assets_in(running.step.params) + assets_in(running.step.inputs)


def _used(running: Running) -> StepUsed:
    kind = running.step.kind
    return StepUsed(
        name=running.name, capability=kind.capability, version=kind.version, key=running.key
    )
