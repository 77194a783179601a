"""Reading one `short:` of a brief."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from berg.brief.each import check_columns, stand_in
from berg.brief.faults import Faults, listed
from berg.brief.fields import Field
from berg.brief.footage import Footage
from berg.brief.languages import by_language
from berg.brief.sources import Sources
from berg.brief.table import read_table
from berg.brief.voices import read_voice, voices_of
from berg.language.shots import MAX_SHOTS, Uneven, shots_of
from berg.schema.brief import ShortAsk

KEYS = (
    *("name", "seconds", "aspect", "fps", "script", "voice"),
    *("captions", "look", "encoder", "music", "footage", "cuts", "end", "also"),
    "each",
)
LATER = {
    "topic": "script:",
    "pictures": "footage:, or leave it out for cards",
    "translate": "script: with a text for each language",
}
SHAPES = {"9:16": (1080, 1920), "1:1": (1080, 1080), "16:9": (1920, 1080)}
"""Pixels of the named aspects."""
RATES = ("24", "25", "30", "50", "60", "30000/1001", "24000/1001")
"""Frames a second."""
MAX_SCRIPT = 20_000
"""Characters of a script in one language; about 20 minutes."""
MAX_SENTENCE = 400
"""Characters of a sentence."""
MAX_END = 80
"""Characters of the end card's line."""
MAX_PIXELS = 4096 * 2304

_SIZE = re.compile(r"([0-9]{1,5})[xX×]([0-9]{1,5})")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DECIMAL_RATES = {"29.97": "30000/1001", "23.976": "24000/1001", "23.98": "24000/1001"}


@dataclass(frozen=True, slots=True)
class ShortReader:
    """Reads shorts of one brief."""

    languages: tuple[str, ...]
    sources: Sources

    def read(self, field: Field) -> ShortAsk | None:
        """The ask; None after at least one fault."""
        before = len(field.faults)
        fields = field.pairs(KEYS, what="a map", required=("script",), later=LATER)
        if fields is None:
            return None
        values: dict[str, Any] = {}
        shape = stand_in if "each" in fields else str
        for key, value in fields.items():
            values.update(self._one(key, value, shape) or {})
        if "voice" not in values:
            values["voice"] = voices_of(self.languages)
        ask = ShortAsk(**values) if len(field.faults) == before else None
        if ask is not None and ask.each is not None:
            check_columns(ask, fields, ask.each)
        return ask if len(field.faults) == before else None

    def _one(self, key: str, field: Field, shape: Callable[[str], str]) -> dict[str, Any] | None:
        match key:
            case "script":
                return {key: read_script(field, self.languages, shape)}
            case "each":
                return {key: read_table(field, self.sources)}
            case "aspect":
                size = read_aspect(field)
                return {"width": size[0], "height": size[1]} if size else None
            case "footage":
                return {key: Footage(field, self.sources).read()}
            case "music":
                return {key: self.sources.music(field)}
        value = self._value(key, field)
        return None if value is None else {key: value}

    def _value(self, key: str, field: Field) -> Any:
        match key:
            case "name":
                return read_name(field)
            case "seconds":
                return field.whole(low=2, high=600)
            case "fps":
                return read_fps(field)
            case "voice":
                return by_language(
                    field, self.languages, read_voice, what="a voice", one_for_all=True
                )
            case "end":
                return by_language(field, self.languages, _end, what="a text", one_for_all=True)
            case "captions":
                return field.choice(("none", "sentence", "word"))
            case "look":
                return field.choice(("plate", "outline"))
            case "encoder":
                return field.choice(("x264", "av1"))
            case "also":
                return read_also(field)
        return field.choice(("sentence",), later={"beat": "sentence"})


def read_name(field: Field, example: str = "teaser-2") -> str | None:
    """A short name for files and steps; None after a fault."""
    if _NAME.fullmatch(field.word()):
        return field.word()
    return field.wants(f"a short name of small letters, digits and hyphens, such as {example}")


def read_also(field: Field) -> tuple[str, ...] | None:
    """What else is delivered; None after a fault."""
    items = field.items("a list: [sound]", least=1, most=1) or []
    found = tuple(word for item in items if (word := item.choice(("sound",))))
    return found or None


def _end(field: Field, language: str) -> str | None:
    return field.text("a short line such as where to order", most=MAX_END)


def read_aspect(field: Field) -> tuple[int, int] | None:
    """Width and height in pixels of a shape or size; None after a fault."""
    word = field.word()
    if word in SHAPES:
        return SHAPES[word]
    match = _SIZE.fullmatch(word)
    if not match:
        return field.wants(f"{listed(SHAPES)}, or WxH such as 1080x1350")
    width, height = int(match[1]), int(match[2])
    if f"{width}:{height}" in SHAPES:
        return field.wants(f"{width}:{height} for that shape, or WxH in pixels")
    if width % 2 or height % 2:
        return field.wants("even numbers of pixels: H.264 codes colour in blocks of two")
    if not (64 <= width <= 4096 and 64 <= height <= 4096 and width * height <= MAX_PIXELS):
        return field.wants("64 to 4096 pixels a side, and at most 4096x2304 in all")
    return width, height


def read_fps(field: Field) -> Fraction | None:
    """Frames a second; None after a fault."""
    word = field.word()
    if word in RATES:
        return Fraction(word)
    near = _DECIMAL_RATES.get(word)
    return field.wants(f"{listed(RATES)}{f'; did you mean {near}?' if near else ''}")


def read_script(
    field: Field, languages: Sequence[str], shape: Callable[[str], str] = str
) -> dict[str, str] | None:
    """A script for each language, with the same number of shots in all; None after a fault.

    `shape` gives the text whose sentences are looked at: another one where it has columns.
    """
    script = by_language(field, languages, _text, what="a text", one_for_all=False)
    if script is None:
        return None
    problem = script_problem({language: shape(text) for language, text in script.items()})
    return field.fault(f"{field.path}: {problem}") if problem else script


def script_problem(script: Mapping[str, str]) -> str | None:
    """What is wrong with the shots of a script by language; None if they can be made."""
    shots = shots_of(script)
    if isinstance(shots, Uneven):
        return shots.explain(Faults.quote)
    if len(shots) > MAX_SHOTS:
        return f"{len(shots)} shots; at most {MAX_SHOTS} are allowed"
    for text in (text for shot in shots for text in shot.text.values()):
        if len(text) > MAX_SENTENCE:
            what = f"a sentence of {len(text)} characters; at most {MAX_SENTENCE} are allowed"
            return f"{what}: {Faults.quote(text)}"
    return None


def _text(field: Field, language: str) -> str | None:
    text = field.text("what is said", most=MAX_SCRIPT, lines=True)
    if text is not None and not any(c.isalnum() for c in text):
        return field.wants("a text with at least one word")
    return text
