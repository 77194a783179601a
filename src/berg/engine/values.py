"""Trees of values: the assets in them, and their forms for the index and for a worker."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from berg.schema.asset import Asset
from berg.schema.step import Out, StepKind
from berg.store import Record
from berg.units import show_rational

_SCALARS = frozenset({str, int, float, bool, type(None), Fraction})
"""Most of what stands in a tree of values, told quickly."""


def read_out(kind: StepKind[..., Any, Any], record: Record) -> Out:
    """A stored record as the kind's own type."""
    out: Out = kind.out.model_validate_json(record.out)
    return out


def assets_in(value: Any) -> list[Asset]:
    """Every asset in a tree of values."""
    if type(value) in _SCALARS:
        return []
    if isinstance(value, Asset):
        return [value]
    if isinstance(value, BaseModel):
        return [a for name in type(value).model_fields for a in assets_in(getattr(value, name))]
    if isinstance(value, list | tuple):
        return [asset for item in value for asset in assets_in(item)]
    if isinstance(value, Mapping):
        return [asset for item in value.values() for asset in assets_in(item)]
    return []


def plain(value: Any) -> Any:
    """A tree of values as JSON data that a worker can read back."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Fraction):
        return show_rational(value)
    return value


def to_json(out: Out) -> str:
    """An out as canonical JSON text, for the index."""
    return json.dumps(out.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
