"""Taking back a storyboard that people may have edited, as strictly as a brief."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal, cast

from berg.brief import yaml_tree
from berg.brief.faults import Faults, did_you_mean
from berg.brief.fields import Field
from berg.brief.languages import by_language
from berg.brief.opening import read_document
from berg.language.shots import MAX_SHOTS, shot_id
from berg.language.words import hash32
from berg.lines.short.ask import MAX_SENTENCE, ShortAsk
from berg.lines.short.overlays_read import OVERLAY_KEYS, read_overlays
from berg.schema.brief import Brief
from berg.schema.media import Source
from berg.schema.storyboard import Shot, Show, Storyboard

KEYS = ("berg-storyboard", "languages", "speed", "shots")
SHOT_KEYS = ("id", "text", "show", "transition", "seed", "seconds", *OVERLAY_KEYS)
MAX_SECONDS = 600
SLOWEST, FASTEST = Fraction(9, 10), Fraction(23, 20)

_ID = re.compile(r"[0-9a-f]{8}")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|/[1-9][0-9]{0,8})?")
_START = re.compile(rf"(.+?)\s*@\s*({_NUMBER.pattern})\s*s?")

Transition = Literal["cut", "dissolve"]


def read_storyboard(path: Path, brief: Brief, ask: ShortAsk) -> Storyboard:
    """The storyboard in a file. Shots without an id get one; foreseen seconds may be missing.

    Raises BriefError with all faults, each with line and column, and RequestError if the file
    itself can't be read.
    """
    data, _ = read_document(path, "storyboard")
    faults = Faults(str(path))
    root = yaml_tree.parse(data, faults)
    if root is None:
        raise faults.error()
    board = _BoardReader(brief.languages, ask.footage, brief.seed).read(Field(root, "", faults))
    if board is None or len(faults):
        raise faults.error()
    return board


class _BoardReader:
    def __init__(self, languages: tuple[str, ...], footage: Sequence[Source], seed: int) -> None:
        self.languages = languages
        self.footage = {source.name: source for source in footage}
        self.seed = seed
        self.ids: set[str] = set()

    def read(self, root: Field) -> Storyboard | None:
        needed = ("berg-storyboard", "shots")
        fields = root.pairs(KEYS, what="a map that begins with berg-storyboard: 1", required=needed)
        if fields is None:
            return None
        if "berg-storyboard" in fields:
            fields["berg-storyboard"].whole(low=1, high=1)
        if "languages" in fields:
            self._same_languages(fields["languages"])
        speed: dict[str, Fraction] | None = {language: Fraction(1) for language in self.languages}
        if "speed" in fields:
            speed = self._numbers(fields["speed"], low=SLOWEST, high=FASTEST)
        items = None
        if "shots" in fields:
            items = fields["shots"].items("a list of shots", least=1, most=MAX_SHOTS)
        self._reserve(items or [])
        shots = [self._shot(item, index) for index, item in enumerate(items or [])]
        whole = [shot for shot in shots if shot is not None]
        if speed is None or not whole or len(whole) < len(shots):
            return None
        return Storyboard(languages=self.languages, shots=tuple(whole), speed=speed)

    def _same_languages(self, field: Field) -> None:
        names = [field] if field.word() else field.items("a list of languages", least=1, most=9)
        if names is not None and [name.word() for name in names] != list(self.languages):
            field.wants(f"the brief's languages, in its order: [{', '.join(self.languages)}]")

    def _numbers(
        self, field: Field, *, low: Fraction, high: Fraction
    ) -> dict[str, Fraction] | None:
        def read(one: Field, language: str) -> Fraction | None:
            value = Fraction(one.word()) if _NUMBER.fullmatch(one.word()) else None
            if value is None or not low <= value <= high:
                return one.wants(f"a number from {float(low):g} to {float(high):g}")
            return value

        return by_language(field, self.languages, read, what="a number", one_for_all=True)

    def _reserve(self, items: Sequence[Field]) -> None:
        """Note the ids that are given, so that a new shot never takes one of them."""
        for item in items:
            for key, value in item.entries("") or [] if item.is_map() else []:
                if key.text == "id" and _ID.fullmatch(value.word()):
                    if value.word() in self.ids:
                        value.fault(
                            f"{value.path}: id {value.word()} is given twice; leave one of them out"
                        )
                    self.ids.add(value.word())

    def _shot(self, item: Field, index: int) -> Shot | None:
        before = len(item.faults)
        fields = item.pairs(SHOT_KEYS, what="a map: text, show, …", required=("text", "show"))
        if fields is None or "text" not in fields or "show" not in fields:
            return None
        text = by_language(fields["text"], self.languages, _say, what="a text", one_for_all=False)
        show = self._show(fields["show"])
        transition: str | None = "cut"
        if "transition" in fields:
            transition = fields["transition"].choice(("cut", "dissolve"))
        seconds: dict[str, Fraction] | None = {}
        if "seconds" in fields:
            seconds = self._numbers(fields["seconds"], low=Fraction(0), high=Fraction(MAX_SECONDS))
        card = show is not None and show.kind == "card"
        overlays = read_overlays(fields, self.languages, card=card)
        seed = fields["seed"].whole(low=0, high=2**32 - 1) if "seed" in fields else None
        if "id" in fields and not _ID.fullmatch(fields["id"].word()):
            fields["id"].wants("eight of the digits 0-9a-f, or leave it out")
        if len(item.faults) > before or not text or not show or seconds is None:
            return None
        if overlays is None:
            return None
        name = fields["id"].word() if "id" in fields else self._new_id(text)
        return Shot(
            id=name,
            seed=hash32("new shot", self.seed, name) if seed is None else seed,
            text=text,
            show=show,
            transition=cast(Transition, transition) if index else "cut",
            seconds=seconds,
            overlays=overlays,
        )

    def _new_id(self, text: dict[str, str]) -> str:
        occurrence = 0
        while (name := shot_id(text[self.languages[0]], occurrence)) in self.ids:
            occurrence += 1
        self.ids.add(name)
        return name

    def _show(self, field: Field) -> Show | None:
        word = field.text("a footage file, or card", most=1100)
        if word is None:
            return None
        if word == "card":
            return Show(kind="card")
        source, start = self._named(word), None
        match = _START.fullmatch(word)
        if source is None and match and (source := self._named(match[1])):
            start = Fraction(match[2])
        if source is None:
            hint = did_you_mean(word, self.footage) or "; its footage is in the brief"
            return field.wants(f"the name of a footage file, or card{hint}")
        if start is not None and source.facts.kind != "video":
            return field.fault(f"{field.path}: a photograph has no moment; delete @")
        duration = source.facts.duration
        if start is not None and duration is not None and start >= duration:
            long = f"{source.name} is {float(duration):.2f} s long"
            return field.fault(f"{field.path}: {long}; begin earlier")
        kind: Literal["clip", "photo"] = "clip" if source.facts.kind == "video" else "photo"
        return Show(kind=kind, source=source.name, start=start)

    def _named(self, word: str) -> Source | None:
        """The source of that name, or the only one whose path ends so."""
        if word in self.footage:
            return self.footage[word]
        ends = [name for name in self.footage if name.endswith(f"/{word}")]
        return self.footage[ends[0]] if len(ends) == 1 else None


def _say(field: Field, language: str) -> str | None:
    text = field.text("what is said", most=MAX_SENTENCE, lines=True)
    return None if text is None else " ".join(text.split())
