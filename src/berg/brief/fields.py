"""Reading one field of a document: its type, its limits, and a fault that says what is allowed.

Every reader returns None after it has added a fault, so that the next field is still read.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from berg.brief.faults import Faults, Place, did_you_mean, listed
from berg.brief.plain_text import refused_in
from berg.brief.yaml_tree import Items, Pairs, Scalar, YamlNode

T = TypeVar("T")

_WHOLE = re.compile(r"[-+]?[0-9]+")
_MAX_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a document, where it stands, and where its faults go."""

    node: YamlNode
    path: str
    faults: Faults

    @property
    def place(self) -> Place:
        """Where the value begins."""
        return self.node.place

    def fault(self, message: str) -> T | None:
        """Add a fault at this value. Returns None, for a reader to return."""
        self.faults.add(self.node.place, self.path, message)
        return None

    def wants(self, what: str) -> T | None:
        """Add the fault of a wrong type or value: what was found, what is allowed. Returns None."""
        return self.fault(f"{self.path}: {self._found()} is not allowed here; write {what}")

    def _found(self) -> str:
        match self.node:
            case Scalar() if self.node.empty:
                return "nothing"
            case Scalar(text=text):
                return self.faults.quote(text)
            case Items():
                return "a list"
        return "a map"

    def text(self, what: str, *, most: int, lines: bool = False) -> str | None:
        """A text of 1 to `most` characters, without white space around; one line unless `lines`."""
        if not isinstance(self.node, Scalar) or self.node.empty:
            return self.wants(what)
        raw = self.node.text
        if self.node.plain and raw in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return self.wants(f"{what}; if you mean the word, put it in quotes")
        text = raw.strip()
        if bad := refused_in(text):
            return self.fault(f"{self.path}: {bad} can't stand in a text; delete it")
        if not text:
            return self.wants(f"{what}; it is blank")
        if not lines and ("\n" in text or "\t" in text):
            return self.wants(f"{what}, on one line and without tabs")
        if len(text) > most:
            return self.fault(
                f"{self.path}: {len(text):,} characters; at most {most:,} are allowed"
            )
        return text

    def whole(self, *, low: int, high: int, or_word: str = "") -> int | None:
        """A whole number from `low` to `high`, written in digits and without quotes.

        `or_word` is what may stand there instead, for the fault.
        """
        what = f"a whole number from {low} to {high}{f', or {or_word}' if or_word else ''}"
        if not isinstance(self.node, Scalar):
            return self.wants(what)
        text = self.node.text
        if not self.node.plain:
            return self.wants(f"{what}, without quotes" if _WHOLE.fullmatch(text) else what)
        if not _WHOLE.fullmatch(text) or len(text) > _MAX_DIGITS or not low <= int(text) <= high:
            return self.wants(what)
        return int(text)

    def choice(
        self, allowed: Collection[str], later: Mapping[str, str] | None = None
    ) -> str | None:
        """One of a few words. `later` maps words of later versions to what to use now."""
        word = self.word()
        if word in allowed:
            return word
        if later and word in later:
            return self.fault(f"{self.path}: {word} is not in this version; use {later[word]}")
        hint = did_you_mean(word, allowed) if word else ""
        return self.wants(f"{listed(allowed)}{hint}")

    def word(self) -> str:
        """The scalar's text, or nothing for a list, a map or null; adds no fault."""
        return self.node.text if isinstance(self.node, Scalar) and not self.node.empty else ""

    def items(self, what: str, *, least: int, most: int) -> list["Field"] | None:
        """The items of a list."""
        if not isinstance(self.node, Items):
            return self.wants(what)
        count = len(self.node.items)
        if not least <= count <= most:
            return self.fault(f"{self.path}: {count} given; write {least} to {most}")
        return list(self._numbered(self.node.items))

    def _numbered(self, nodes: tuple[YamlNode, ...]) -> Iterator["Field"]:
        for index, node in enumerate(nodes):
            yield Field(node, f"{self.path}[{index}]", self.faults)

    def is_map(self) -> bool:
        """Whether this is a map."""
        return isinstance(self.node, Pairs)

    def pairs(
        self,
        known: Collection[str],
        *,
        what: str,
        required: Collection[str] = (),
        later: Mapping[str, str] | None = None,
    ) -> dict[str, "Field"] | None:
        """The values of a map by key; unknown and missing keys are faults."""
        if not isinstance(self.node, Pairs):
            return self.wants(what)
        found: dict[str, Field] = {}
        for key, value in self.node.pairs:
            path = f"{self.path}.{key.text[:40]}" if self.path else key.text[:40]
            if key.text in known:
                found[key.text] = Field(value, path, self.faults)
            else:
                self.faults.add(key.place, path, self._unknown(key.text, known, later or {}))
        for name in required:
            if name not in found:
                self.fault(f"{self._here()}{name} is missing; add `{name}:`")
        return found

    def entries(self, what: str) -> list[tuple[Scalar, "Field"]] | None:
        """The pairs of a map whose keys are free."""
        if not isinstance(self.node, Pairs):
            return self.wants(what)
        return [
            (key, Field(value, f"{self.path}.{key.text[:40]}", self.faults))
            for key, value in self.node.pairs
        ]

    def _unknown(self, key: str, known: Collection[str], later: Mapping[str, str]) -> str:
        if key in later:
            return f"{self._here()}{key} is not in this version; use {later[key]}"
        hint = did_you_mean(key, known) or f"; allowed are {listed(known)}"
        return f"{self._here()}unknown key {self.faults.quote(key)}{hint}"

    def _here(self) -> str:
        return f"{self.path}: " if self.path else ""
