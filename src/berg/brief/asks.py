"""Asks: reading one from a brief by its line's forms, and finding its texts and sources.

Written once, for every line: what a field is stands in its annotation (`berg.brief.forms`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from berg.brief.each import check_columns
from berg.brief.fields import Field
from berg.brief.forms import Form, Name, TableFile, Written
from berg.brief.sources import Sources
from berg.errors import Fault
from berg.language.columns import stand_in
from berg.schema.brief import Ask
from berg.schema.line import LineKind
from berg.schema.media import Source
from berg.schema.model import WeightsEntry

A = TypeVar("A", bound=Ask)
Change = Callable[[str, str], str]
"""Gives a text instead of another; called with its path below the ask, and it."""


_FORMS: dict[type[Ask], Mapping[str, Form]] = {}


def forms_of(model: type[Ask]) -> Mapping[str, Form]:
    """How the fields of an ask are written, by name, in the order in which keys are listed.

    Every ask has a name; one with texts may have a table.
    """
    if model not in _FORMS:
        _FORMS[model] = _forms(model)
    return _FORMS[model]


def _forms(model: type[Ask]) -> Mapping[str, Form]:
    own = {
        name: form
        for name, info in model.model_fields.items()
        for form in info.metadata
        if isinstance(form, Form)
    }
    kind = model.model_fields["kind"].default
    found = {"name": own.pop("name", Name(f"{kind}-2")), **own}
    return {**found, "each": TableFile()} if any(form.text for form in own.values()) else found


def read_ask(
    kind: LineKind[Any],
    field: Field,
    *,
    languages: tuple[str, ...],
    sources: Sources,
    models: Mapping[str, WeightsEntry],
) -> Ask | None:
    """The ask of a line that a field holds; None after at least one fault."""
    before = len(field.faults)
    forms = forms_of(kind.ask)
    keys = [key for name, form in forms.items() for key in form.keys(name)]
    needed = [name for name, form in forms.items() if _is_needed(kind.ask, name, form)]
    fields = field.pairs(keys, what="a map", required=needed, later=kind.later)
    if fields is None:
        return None
    written = Written(
        field=field, fields=fields, languages=languages, sources=sources, models=models
    )
    values: dict[str, Any] = {}
    for name, form in forms.items():
        values |= form.give(name, written)
    ask = _made(kind.ask, values, written) if len(field.faults) == before else None
    if ask is not None and ask.each is not None:
        check_columns(placed_texts(ask, written), each=fields["each"], table=ask.each)
    return ask if len(field.faults) == before else None


def _is_needed(model: type[Ask], name: str, form: Form) -> bool:
    """Whether a brief must say it: it has no default, and its form finds none."""
    return model.model_fields[name].is_required() and type(form).absent is Form.absent


def _made(model: type[A], values: Mapping[str, Any], written: Written) -> A | None:
    """The ask; what its own validators refuse becomes faults at the fields that they name."""
    try:
        return model(**values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            key = str(fault["loc"][0]) if fault["loc"] else ""
            field = written.fields.get(key, written.field)
            field.fault(f"{field.path}: {fault['msg']}")
        return None


def texts_of(ask: Ask) -> dict[str, Mapping[str, str | tuple[str, ...]]]:
    """Its texts for people: by field and language, one or several."""
    names = (name for name, form in forms_of(type(ask)).items() if form.text)
    return {name: texts for name in names if (texts := getattr(ask, name))}


def placed_texts(ask: Ask, written: Written) -> Iterator[tuple[Field, str, str]]:
    """Each text with the field of the brief that holds it, and its path below that."""
    for name, texts in texts_of(ask).items():
        keys = forms_of(type(ask))[name].keys(name)
        field = next(written.fields[key] for key in keys if key in written.fields)
        for language, text in texts.items():
            if isinstance(text, str):
                yield field, language, text
            else:
                yield from ((field, f"{language}[{n}]", one) for n, one in enumerate(text))


def with_texts(ask: A, change: Change) -> A:
    """The ask with every text changed; `change` gets its path below the ask, and it."""
    updates = {
        name: {
            language: _changed(text, f"{name}.{language}", change)
            for language, text in texts.items()
        }
        for name, texts in texts_of(ask).items()
    }
    return ask.model_copy(update=updates)


def _changed(text: str | tuple[str, ...], path: str, change: Change) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return change(path, text)
    return tuple(change(f"{path}[{index}]", item) for index, item in enumerate(text))


def shape_of(ask: A) -> A:
    """The ask as short as any row can make it: what is wrong with it is wrong for every row."""
    return ask if ask.each is None else with_texts(ask, lambda path, text: stand_in(text))


def row_faults(ask: Ask) -> list[Fault]:
    """What is wrong with the texts of an ask that a row was filled into: the limits that written
    ones have. `path` is below the ask."""
    forms = forms_of(type(ask))
    return [
        Fault(message=said, line=0, column=0, path=path)
        for name, texts in texts_of(ask).items()
        for path, said in forms[name].filled(texts, name)
    ]


def sources_in(ask: Ask) -> Iterator[Source]:
    """The user's files in an ask: each is a `Source`, wherever it stands."""
    for name in type(ask).model_fields:
        yield from _sources(getattr(ask, name))


def _sources(value: Any) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _sources(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _sources(one)
