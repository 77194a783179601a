"""What may be asked of a short, and how a brief writes it."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from berg.brief.faults import Faults, listed
from berg.brief.fields import Field
from berg.brief.forms import Form, Media, Music, Name, OneOf, Text, Whole, Written, too_long
from berg.brief.languages import by_language
from berg.brief.voices import read_voice, voices_of
from berg.language.shots import MAX_SHOTS, Uneven, shots_of
from berg.schema.brief import Ask, ByLanguage
from berg.schema.choices import (
    CAPTION_LOOKS,
    CAPTION_MODES,
    ENCODERS,
    PACES,
    CaptionLook,
    CaptionMode,
    Encoder,
    Pace,
)
from berg.schema.media import Source
from berg.units import Rational

LATER = {
    "topic": "script:",
    "pictures": "footage:, or leave it out for cards",
    "translate": "script: with a text for each language",
}
SHAPES = {"9:16": (1080, 1920), "1:1": (1080, 1080), "16:9": (1920, 1080)}
"""Pixels of the named aspects."""
RATES = ("24", "25", "30", "50", "60", "30000/1001", "24000/1001")
"""Frames per second."""
MAX_SCRIPT = 20_000
"""Characters of a script in one language; about 20 minutes."""
MAX_SENTENCE = 400
"""Characters of a sentence."""
MAX_HOOK = 60
"""Characters of a title."""
MAX_END = 80
"""Characters of the end card's line."""
MAX_ADDRESS = 200
"""Characters of an address in a QR code: more of them make it too fine to scan."""
MAX_PIXELS = 4096 * 2304

_ADDRESS = re.compile(r"https?://[!-~]+")
_SIZE = re.compile(r"([0-9]{1,5})[xX×]([0-9]{1,5})")
_DECIMAL_RATES = {"29.97": "30000/1001", "23.976": "24000/1001", "23.98": "24000/1001"}


class Aspect(Form):
    """A shape, or a size in pixels: width and height."""

    def keys(self, name: str) -> tuple[str, ...]:
        """Both fields are written as one."""
        return ("aspect",)

    def give(self, name: str, written: Written) -> Mapping[str, Any]:
        """Width and height."""
        field = written.fields.get("aspect")
        size = None if field is None else read_aspect(field)
        return {} if size is None else {"width": size[0], "height": size[1]}


class Rate(Form):
    """Frames per second, one of `RATES`."""

    def read(self, field: Field, written: Written) -> Fraction | None:
        """The rate."""
        return read_fps(field)


class Seconds(Form):
    """A length in whole seconds, or `auto`."""

    def read(self, field: Field, written: Written) -> int | None:
        """The length; None for `auto`."""
        return None if field.word() == "auto" else field.whole(low=2, high=600, or_word="auto")


class Script(Form):
    """What is said, with the same number of shots in all languages."""

    text = True

    def read(self, field: Field, written: Written) -> dict[str, str] | None:
        """The script of each language."""
        script = by_language(field, written.languages, _said, what="a text", one_for_all=False)
        if script is None:
            return None
        shapes = {language: written.shape(text) for language, text in script.items()}
        problem = script_problem(shapes)
        return field.fault(f"{field.path}: {problem}") if problem else script

    def filled(self, value: Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
        """A filled script has the limits of a written one, as a whole and in its shots."""
        for language, text in value.items():
            yield from too_long(f"{path}.{language}", text, MAX_SCRIPT)
        if problem := script_problem(value):
            yield path, problem


class Hook(Text):
    """A text by language, or `none`."""

    def read(self, field: Field, written: Written) -> dict[str, str] | None:
        """The title of each language; empty for `none`."""
        if field.word() == "none":
            return dict.fromkeys(written.languages, "")
        return super().read(field, written)


class Link(Text):
    """A web address, one for all languages or one for each."""

    def read(self, field: Field, written: Written) -> dict[str, str] | None:
        """The address of each language."""
        found = super().read(field, written)
        if found is not None and not all(map(_ADDRESS.fullmatch, found.values())):
            return field.wants("a web address that begins with https:// or http://")
        return found


class Voices(Form):
    """A catalogue voice for each language, or `none`."""

    def read(self, field: Field, written: Written) -> dict[str, str] | None:
        """The voice of each language."""
        return by_language(
            field,
            written.languages,
            lambda one, language: read_voice(one, language, written.models),
            what="a voice",
            one_for_all=True,
        )

    def absent(self, name: str, written: Written) -> Mapping[str, Any]:
        """Each language's default voice."""
        return {name: voices_of(written.languages)}


class Also(Form):
    """What else is delivered."""

    def read(self, field: Field, written: Written) -> tuple[str, ...] | None:
        """A list of one word."""
        items = field.items("a list: [sound]", least=1, most=1) or []
        return tuple(word for item in items if (word := item.choice(("sound",)))) or None


class ShortAsk(Ask):
    """A narrated short film, one file for each language."""

    kind: Literal["short"] = "short"
    name: Annotated[str, Name("teaser-2")] = "short"
    seconds: Annotated[int | None, Seconds()] = None
    """Target length, seconds; None takes what the words need."""
    match: Annotated[Literal["words", "meaning"], OneOf(("words", "meaning"))] = "words"
    """How footage is matched with what is said: by words that both have, or by their meaning too,
    which takes a model of 72 MB."""
    pace: Annotated[Pace, OneOf(PACES)] = "natural"
    """How much silence there is between sentences, and how fast they are said."""
    ending: Annotated[int | None, Whole(low=1, high=20)] = None
    """Seconds of the end card; None: two, or what is left of `seconds`."""
    width: Annotated[int, Aspect()] = 1080
    height: int = 1920
    fps: Annotated[Rational, Rate()] = Fraction(30)
    hook: Annotated[ByLanguage | None, Hook("a title for the first seconds", MAX_HOOK)] = None
    """Title over the first picture; None takes the brief's, and an empty one shows none."""
    script: Annotated[ByLanguage, Script()]
    voice: Annotated[dict[str, str], Voices()]
    """Catalogue voice by language, or `none`."""
    captions: Annotated[CaptionMode, OneOf(CAPTION_MODES)] = "word"
    look: Annotated[CaptionLook, OneOf(CAPTION_LOOKS)] = "outline"
    """How captions stay readable: on a plate, or outlined and shadowed."""
    encoder: Annotated[Encoder, OneOf(ENCODERS)] = "x264"
    """`av1` (SVT-AV1) makes smaller files and needs no GPL code; older players can't show them."""
    music: Annotated[Source | None, Music()] = None
    footage: Annotated[tuple[Source, ...], Media()] = ()
    cuts: Annotated[Literal["sentence"], OneOf(("sentence",), later={"beat": "sentence"})] = (
        "sentence"
    )
    end: Annotated[
        ByLanguage | None, Text("a short line such as where to order", MAX_END, wanted="a text")
    ] = None
    """Line on the end card, such as where to order; None shows the brand alone."""
    qr: Annotated[ByLanguage | None, Link("a web address", MAX_ADDRESS)] = None
    """Address that the end card shows as a QR code."""
    also: Annotated[tuple[Literal["sound"], ...], Also()] = ()
    """What else is delivered: `sound`, the film's sound by itself."""


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
    """Frames per second; None after a fault."""
    word = field.word()
    if word in RATES:
        return Fraction(word)
    near = _DECIMAL_RATES.get(word)
    return field.wants(f"{listed(RATES)}{f'; did you mean {near}?' if near else ''}")


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


def _said(field: Field, language: str) -> str | None:
    text = field.text("what is said", most=MAX_SCRIPT, lines=True)
    if text is not None and not any(c.isalnum() for c in text):
        return field.wants("a text with at least one word")
    return text
