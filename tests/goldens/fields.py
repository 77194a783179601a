"""The fields of every kind of step and of every line's ask, with their defaults.

A default counts in no key. So one that changes, or a field that goes, must be told by a version:
else old results would be taken for what is asked for now.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from berg.lines.kinds import built_in
from tests.kinds import all_kinds, description_of, fields_of

FILE = Path(__file__).with_name("fields.json")
Fields = Mapping[str, Any]
"""By name (a capability, or `line` and its key): `version`, and fields by where they stand."""


def today() -> Fields:
    """As they are declared now."""
    lines = {
        f"line {kind.key}": {"version": kind.version, "ask": fields_of(kind.ask)}
        for kind in built_in()
    }
    return {name: description_of(kind) for name, kind in all_kinds().items()} | lines


def read() -> Fields:
    """As they are pinned."""
    known: Fields = json.loads(FILE.read_bytes()) if FILE.exists() else {}
    return known


def write(fields: Fields) -> None:
    """Pin them: a line for each kind, so that a change is seen."""
    lines = [f"{json.dumps(name)}: {json.dumps(fields[name], sort_keys=True)}" for name in fields]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def forgotten(pinned: Fields, now: Fields) -> list[str]:
    """Where something changed that a key doesn't see and no version says."""
    return [
        f"{name}: {said}; raise its version ({was['version']})"
        for name, was in pinned.items()
        if name in now and now[name]["version"] == was["version"]
        for part in was
        if part != "version"
        for said in _changes(was[part], now[name][part], part)
    ]


def _changes(was: Fields, now: Fields, where: str) -> Iterator[str]:
    for name, field in was.items():
        at = f"{where}.{name}"
        if name not in now:
            yield f"{at} is gone"
            continue
        if "default" in field and now[name].get("default", _NONE) != field["default"]:
            yield f"the default of {at} was {field['default']!r}"
        for before, after in zip(field["models"], now[name]["models"], strict=False):
            yield from _changes(before, after, at)
    for name in sorted(now.keys() - was.keys()):
        if "default" not in now[name]:
            yield f"{where}.{name} has no default"


_NONE = object()
