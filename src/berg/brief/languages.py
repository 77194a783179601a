"""Values that are one for all languages, or a map by language."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from berg.brief.faults import did_you_mean, listed
from berg.brief.fields import Field
from berg.schema.choices import LANGUAGES

T = TypeVar("T")

"""Languages that berg can speak and set."""


def read_languages(field: Field | None) -> tuple[str, ...]:
    """The brief's languages in order; `("en",)` when the brief says nothing (or nothing right)."""
    if field is None:
        return ("en",)
    whole = [field] if field.word() else field.items("a list of languages", least=1, most=2)
    found: list[str] = []
    for item in whole or []:
        word = item.word()
        if word in found:
            item.fault(f"{item.path}: {word} is given twice; delete one")
        elif word in LANGUAGES:
            found.append(word)
        else:
            near = word[:2].lower() if word[:2].lower() in LANGUAGES else ""
            hint = f"; did you mean {near}?" if near else ""
            item.wants(f"{listed(LANGUAGES)}{hint}")
    return tuple(found) or ("en",)


def by_language(
    field: Field,
    languages: Sequence[str],
    read: Callable[[Field, str], T | None],
    *,
    what: str,
    one_for_all: bool,
) -> dict[str, T] | None:
    """A value for each language, read from one value or a map; None after a fault.

    `one_for_all` says whether a single value may serve several languages.
    """
    if not field.is_map():
        if len(languages) > 1 and not one_for_all:
            return field.wants(f"{what} for each language: {_shape(languages)}")
        found = {language: read(field, language) for language in languages}
    else:
        found = _from_map(field, languages, read)
    values = {language: value for language, value in found.items() if value is not None}
    return values if len(values) == len(languages) else None


def _from_map(
    field: Field, languages: Sequence[str], read: Callable[[Field, str], T | None]
) -> dict[str, T | None]:
    found: dict[str, T | None] = {}
    for key, value in field.entries("a map by language") or []:
        if key.text in languages:
            found[key.text] = read(value, key.text)
            continue
        name = field.faults.quote(key.text)
        hint = did_you_mean(key.text, languages) or f"; delete it or add it to languages:{''}"
        message = f"{field.path}: {name} is not one of this brief's languages{hint}"
        field.faults.add(key.place, value.path, message)
    for language in languages:
        if language not in found:
            field.fault(f"{field.path}: {language} is missing; add `{language}:`")
    return found


def _shape(languages: Sequence[str]) -> str:
    return "{" + ", ".join(f"{language}: …" for language in languages) + "}"
