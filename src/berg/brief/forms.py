"""Forms: how each field of an ask is written in a brief. A line's ask names one for each field:

    seconds: Annotated[int, Whole(low=2, high=600)] = 30

From these follow the keys of an ask, their limits, every fault with its place, and which fields
are texts. A form reads; what an ask is as a whole stands in `berg.brief.asks`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.brief.colours import read_colour, read_palette
from berg.brief.fields import Field
from berg.brief.footage import Footage
from berg.brief.languages import by_language
from berg.brief.names import read_name
from berg.brief.sources import Sources
from berg.brief.table import read_table
from berg.language.columns import stand_in
from berg.schema.model import WeightsEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """An ask as it is written in a brief, and what reading it takes."""

    field: Field
    """All of it."""
    fields: Mapping[str, Field]
    """What it says, by key."""
    languages: tuple[str, ...]
    sources: Sources
    models: Mapping[str, WeightsEntry]
    """The catalogue, by name."""

    @property
    def shape(self) -> Callable[[str], str]:
        """Gives a text as short as any row makes it: what is wrong with that is wrong for all."""
        return stand_in if "each" in self.fields else str


class Form:
    """How one field of an ask is written. Each kind of form says how to `read` what is there."""

    text = False
    """Whether the field holds texts for people, by language: `{language: text or texts}`. Fonts
    must have what they say, and with a table their `{column}`s are filled in."""

    def keys(self, name: str) -> tuple[str, ...]:
        """The brief's keys that the field named so is read from."""
        return (name,)

    def give(self, name: str, written: Written) -> Mapping[str, Any]:
        """Fields of the ask, by name, from what is written; what has a fault is left out."""
        found = written.fields.get(name)
        if found is None:
            return self.absent(name, written)
        value = self.read(found, written)
        return {} if value is None else {name: value}

    def absent(self, name: str, written: Written) -> Mapping[str, Any]:
        """What a field is where nothing is written, if that isn't simply its default."""
        return {}

    def read(self, field: Field, written: Written) -> Any:
        """The value; None after a fault, and for what is the default."""
        raise NotImplementedError

    def filled(self, value: Any, path: str) -> Iterator[tuple[str, str]]:
        """What is wrong with texts that a row was filled into: (path below the ask, message)."""
        return iter(())


@dataclass(frozen=True, kw_only=True)
class Whole(Form):
    """A whole number."""

    low: int
    high: int

    def read(self, field: Field, written: Written) -> int | None:
        """The number, between the limits."""
        return field.whole(low=self.low, high=self.high)


@dataclass(frozen=True)
class OneOf(Form):
    """One of a few words."""

    words: tuple[str, ...]
    later: Mapping[str, str] = field(default_factory=dict)
    """Words of later versions, and what to use now."""

    def read(self, field: Field, written: Written) -> str | None:
        """The word."""
        return field.choice(self.words, later=self.later)


@dataclass(frozen=True)
class SomeOf(Form):
    """A list of some of a few words, each once."""

    words: tuple[str, ...]

    def read(self, field: Field, written: Written) -> tuple[str, ...] | None:
        """The words in the order in which they are written."""
        what = f"a list of {', '.join(self.words)}"
        items = field.items(what, least=1, most=len(self.words))
        words = [item.choice(self.words) for item in items or []]
        found = tuple(dict.fromkeys(word for word in words if word))
        return found if found and len(found) == len(words) else None


@dataclass(frozen=True)
class Text(Form):
    """A text for people: one for all languages, or a map by language."""

    what: str
    """What is to be written, for messages: `a call to action`."""
    most: int
    """Characters; of a text that a row was filled into as well."""
    lines: bool = False
    """Whether it may have several lines."""
    wanted: str = ""
    """As `what`, where a map by language is asked for."""
    text = True

    def read(self, field: Field, written: Written) -> dict[str, str] | None:
        """The text of each language."""

        def one(value: Field, language: str) -> str | None:
            return value.text(self.what, most=self.most, lines=self.lines)

        wanted = self.wanted or self.what
        return by_language(field, written.languages, one, what=wanted, one_for_all=True)

    def filled(self, value: Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
        """A filled text has the limit that a written one has."""
        for language, text in value.items():
            yield from too_long(f"{path}.{language}", text, self.most)


def too_long(path: str, text: str, most: int) -> Iterator[tuple[str, str]]:
    """The fault of a text of more than `most` characters, if it is one."""
    if len(text) > most:
        yield path, f"{len(text):,} characters; at most {most:,} are allowed"


@dataclass(frozen=True)
class Name(Form):
    """A short name for files and steps."""

    example: str

    def read(self, field: Field, written: Written) -> str | None:
        """The name."""
        return read_name(field, self.example)


class Colour(Form):
    """A colour, as `#RRGGBB`."""

    def read(self, field: Field, written: Written) -> str | None:
        """The colour."""
        return read_colour(field)


class Palette(Form):
    """One to six colours, put in the places of `Brand.palette`."""

    def read(self, field: Field, written: Written) -> tuple[str, ...] | None:
        """The colours."""
        return read_palette(field)


@dataclass(frozen=True)
class Media(Form):
    """Pictures and clips: a folder, or a list of files."""

    def read(self, field: Field, written: Written) -> Sequence[Any] | None:
        """The sources, checked and adopted, in natural order of their names."""
        return Footage(field, written.sources).read()


@dataclass(frozen=True)
class Pictures(Form):
    """Pictures alone: a folder, a list of files, or `none`."""

    used: str = "posters are made of pictures"
    """Why clips won't do."""

    def read(self, field: Field, written: Written) -> Any:
        """The sources; clips are left out."""
        if field.word() == "none":
            return ()
        found = Footage(field, written.sources).read()
        pictures = tuple(source for source in found if source.facts.kind == "image")
        if found and not pictures:
            return field.fault(f"{field.path}: only clips there; {self.used}")
        return pictures


class Music(Form):
    """A piece of music, or `none`."""

    def read(self, field: Field, written: Written) -> Any:
        """The source."""
        return written.sources.music(field)


class TableFile(Form):
    """A table with a row for each person or thing that something is made for."""

    def read(self, field: Field, written: Written) -> Any:
        """The table, its heading checked."""
        return read_table(field, written.sources)
