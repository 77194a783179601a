"""From what a line promised to what is delivered: files with their facts and dossiers."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from berg.delivery.write import Finished
from berg.errors import CorruptObject
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.promised import Promised
from berg.service._dossiers import Dossiers, value_of
from berg.steps.video.declare import FilmFacts
from berg.store import Store


def finished_of(promised: Iterable[Promised], dossiers: Dossiers) -> list[Finished]:
    """The files that were promised, in that order; all of their steps are done."""
    return [
        Finished(
            name=item.name,
            language=item.language,
            path=item.path,
            asset=value_of(item.asset),
            facts=facts_of(item.facts),
            dossier=dossiers.of(item),
        )
        for item in promised
    ]


def facts_of(facts: Handle[FilmFacts] | Mapping[str, Any] | None) -> dict[str, Any]:
    """What a line said of a deliverable, or what a step found of a film."""
    if isinstance(facts, Handle):
        return _film_facts(value_of(facts))
    return dict(facts or {})


def _film_facts(film: FilmFacts) -> dict[str, object]:
    """A film's facts as programs want them; frames over rate stays the exact length."""
    document: dict[str, object] = film.model_dump(mode="json", exclude={"duration"})
    return {**document, "duration_s": round(float(film.duration), 6)}


def object_path_in(store: Store) -> Callable[[Asset], Path]:
    """Where a store has an asset's bytes. The path raises CorruptObject; `where` is its digest."""

    def path(asset: Asset) -> Path:
        try:
            return store.path(asset)
        except CorruptObject as error:
            error.where = asset.sha256
            raise

    return path
