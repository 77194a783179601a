"""Study of a text that should be an AIGC label: what it holds, and every way it is wrong.

Reads what tools in the wild write: `{"AIGC": {...}}` around it, JSON inside a JSON string,
entities left in, Python's quotes, `lowerCamelCase`. Each is named as a fault.
"""

import ast
import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
MOST_TEXT = 64 << 10
"""Characters of a label that are looked at: a sound one has a few hundred."""
MOST_UNWRAPPED = 4
"""Layers of quoting and nesting that are taken off."""

_KNOWN = {name.casefold(): name for name in FIELDS} | {
    "reservecode1": "ReservedCode1",
    "reservecode2": "ReservedCode2",
    "propagator": "ContentPropagator",
    "propagatorid": "PropagateID",
    "producerid": "ProduceID",
}
_TELLING = frozenset(name.casefold() for name in FIELDS) - {"label"} | {"aigc"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """What a text holds of a label."""

    fields: dict[str, str]
    """Values by their right names; empty when the text holds no label."""
    json: bool = False
    """Whether it is JSON as it stands."""
    nested: bool = False
    """Whether it lies in another object, such as `{"AIGC": ...}`."""
    escaped: bool = False
    """Whether JSON or XML escaped it once too often."""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names that the standard doesn't have, misspelt ones among them."""
    not_text: tuple[str, ...] = ()
    """Fields whose values are not strings."""
    twice: tuple[str, ...] = ()
    """Names that stand there more than once."""
    faults: tuple[str, ...] = ()
    """All of it in sentences."""


def looks_like_label(text: str) -> bool:
    """Whether a text from a general place (a comment, a description) is meant as a label."""
    if len(text) > MOST_TEXT or "{" not in text:
        return False
    folded = text.casefold()
    return sum(name in folded for name in _TELLING) >= 2 or (
        '"aigc"' in folded and '"label"' in folded
    )


def study(text: str) -> Study:
    """What a text holds, and its faults. Never raises; time and depth are bounded."""
    if len(text) > MOST_TEXT:
        return Study(fields={}, faults=(f"it has {len(text)} characters; no label is so long",))
    reading = _Reading()
    value = reading.unwrapped(text)
    if not isinstance(value, _Object):
        return Study(
            fields={},
            json=reading.json,
            escaped=reading.escaped,
            faults=("it is not a JSON object",),
        )
    return _of_object(value, reading)


class _Object(dict[str, Any]):
    """A JSON object that remembers names that it had twice."""

    twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    names = [name for name, _ in pairs]
    made.twice = (
        tuple(dict.fromkeys(n[:64] for n in names if names.count(n) > 1))
        if (len(made) < len(pairs) <= 64)
        else ()
    )
    return made


class _Reading:
    """Takes a label out of what is around it, and remembers what that was."""

    def __init__(self) -> None:
        self.json, self.nested, self.escaped = True, False, False

    def unwrapped(self, text: str) -> Any:
        value: Any = text
        for layer in range(MOST_UNWRAPPED):
            if isinstance(value, str):
                self.escaped |= layer > 0
                value = self._loaded(value)
            if not (isinstance(value, _Object) and _folded(value).keys() & {"aigc"}):
                if not isinstance(value, str):
                    return value
                continue
            self.nested = True
            value = _folded(value)["aigc"]
        return value

    def _loaded(self, text: str) -> Any:
        text = text.strip().strip("\0\ufeff")
        for attempt in (self._plain, self._bare, self._entities, self._python):
            found = attempt(text)
            if found is not None:
                return found
        self.json = False
        return None

    def _plain(self, text: str) -> Any:
        return _tried(lambda: json.loads(text, object_pairs_hook=_object))

    def _bare(self, text: str) -> Any:
        """`AIGC{...}` and `AIGC:{...}`."""
        begin = text.find("{")
        if not text[:8].upper().startswith("AIGC") or not 0 < begin <= 8:
            return None
        found = self._plain(text[begin:])
        self.nested |= found is not None
        return found

    def _entities(self, text: str) -> Any:
        if "&" not in text:
            return None
        found = self._plain(html.unescape(html.unescape(text)))
        self.escaped |= found is not None
        return found

    def _python(self, text: str) -> Any:
        if "'" not in text or len(text) > 4096:
            return None
        found = _tried(lambda: ast.literal_eval(text))
        if not isinstance(found, dict):
            return None
        self.json = False
        return _object([(str(name), value) for name, value in found.items()])


def _tried(load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None


def _folded(value: dict[str, Any]) -> dict[str, Any]:
    return {name.casefold(): inner for name, inner in list(value.items())[:64]}


def _of_object(value: _Object, reading: _Reading) -> Study:
    fields: dict[str, str] = {}
    unknown: list[str] = []
    not_text: list[str] = []
    for name, inner in list(value.items())[:64]:
        right = _KNOWN.get(name.casefold())
        if name not in FIELDS:
            unknown.append(name[:64])
        if right is None:
            continue
        if not isinstance(inner, str):
            not_text.append(name[:64])
            inner = str(inner) if isinstance(inner, int | float) else ""
        fields.setdefault(right, inner)
    missing = tuple(name for name in FIELDS if name not in value)
    found = Study(
        fields=fields,
        json=reading.json,
        nested=reading.nested,
        escaped=reading.escaped,
        missing=missing,
        unknown=tuple(unknown),
        not_text=tuple(not_text),
        twice=value.twice,
    )
    return _with_faults(found)


def _with_faults(found: Study) -> Study:
    said = [
        (not found.json, "it is not JSON"),
        (found.nested, "it lies in another object; the label itself is the seven fields alone"),
        (found.escaped, "it is escaped once too often"),
        (bool(found.missing), f"fields are missing: {', '.join(found.missing)}"),
        (bool(found.unknown), f"fields that the standard doesn't have: {', '.join(found.unknown)}"),
        (bool(found.not_text), f"values that are not strings: {', '.join(found.not_text)}"),
        (bool(found.twice), f"fields that stand there twice: {', '.join(found.twice)}"),
        (
            found.fields.get("Label") not in ("1", "2", "3"),
            f"Label is {found.fields.get('Label', '')[:32]!r}; it may be 1, 2 or 3",
        ),
    ]
    return Study(
        fields=found.fields,
        json=found.json,
        nested=found.nested,
        escaped=found.escaped,
        missing=found.missing,
        unknown=found.unknown,
        not_text=found.not_text,
        twice=found.twice,
        faults=tuple(sentence for wrong, sentence in said if wrong),
    )
