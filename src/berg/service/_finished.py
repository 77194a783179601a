"""From what a line promised to what is delivered: files with their facts and dossiers."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from berg.delivery.write import Finished
from berg.engine.values import plain
from berg.errors import CorruptObject, LineError
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.promised import Promised
from berg.service._dossiers import Dossiers, value_of
from berg.store import Store


def finished_of(promised: Iterable[Promised], dossiers: Dossiers) -> list[Finished]:
    """The files that were promised, in that order; all of their steps are done."""
    files = list(promised)
    return [
        Finished(
            name=item.name,
            language=item.language,
            path=item.path,
            asset=value_of(item.asset),
            facts=facts_of(item.facts),
            dossier=dossier,
        )
        for item, dossier in zip(files, dossiers.each(files), strict=True)
    ]


def facts_of(facts: Handle[Any] | Mapping[str, Any] | None) -> dict[str, Any]:
    """What a line said of a deliverable, or what a step gave, as JSON data.

    An exact `duration` in seconds is told as `duration_s`, rounded to a microsecond; a film's
    frames over its rate stay exact. Raises LineError: facts that are no names with values.
    """
    found = value_of(facts) if isinstance(facts, Handle) else facts
    if isinstance(found, BaseModel):
        return _told(found)
    if found is None or isinstance(found, Mapping):
        return {str(name): plain(value) for name, value in (found or {}).items()}
    raise LineError(f"a deliverable's facts are names with values, not {type(found).__name__}")


def _told(found: BaseModel) -> dict[str, Any]:
    document = found.model_dump(mode="json")
    duration = getattr(found, "duration", None)
    if isinstance(duration, Fraction):
        del document["duration"]
        document["duration_s"] = round(float(duration), 6)
    return document


def object_path_in(store: Store) -> Callable[[Asset], Path]:
    """Where a store has an asset's bytes. The path raises CorruptObject; `where` is its digest."""

    def path(asset: Asset) -> Path:
        try:
            return store.path(asset)
        except CorruptObject as error:
            error.where = asset.sha256
            raise

    return path
