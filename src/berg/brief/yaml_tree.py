"""YAML as a tree of text with places: what a person wrote, and where, before it means anything.

Stricter than YAML on purpose: one document, no anchors, aliases, tags or repeated keys, bounded in
size, depth and number. Scalars stay text, so `9:16`, `no` and `012` are what they look like.
Not here: what a document may say (`fields`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from berg.brief.faults import Faults, Place
from berg.brief.plain_text import REFUSED, name_refused, readable

MAX_BYTES = 1 << 20
"""Largest document read, bytes."""
MAX_DEPTH = 16
"""Deepest nesting; a brief needs five."""
MAX_STRANGE = 200
"""Refused characters that are told of; a binary file has no more to say."""
MAX_NODES = 20_000
"""Most values in a document; 500 captions need about 1,000."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalar:
    """One value as written."""

    place: Place
    text: str
    plain: bool
    """Written without quotes and not as a block, so that it may be a number or `true`."""

    @property
    def empty(self) -> bool:
        """Whether this is YAML's null: nothing, `~`, or `null`."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: tuple["YamlNode", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairs:
    """A map: keys are unique texts, in the order of the document."""

    place: Place
    pairs: tuple[tuple[Scalar, "YamlNode"], ...]


YamlNode = Scalar | Items | Pairs


_BEGINS = "a comment begins here"
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')


class _GiveUpError(Exception):
    """The document can't be read any further; the reason is among the faults."""


def parse(
    data: bytes, faults: Faults, notice: Callable[[Place, str], None] = lambda place, said: None
) -> YamlNode | None:
    """The document's tree; None, with at least one fault added, when there is none.

    `notice` hears of what is allowed and yet hardly meant.
    """
    if len(data) > MAX_BYTES:
        faults.add(Place(0, 0), "", f"the file is larger than {MAX_BYTES >> 20} MiB")
        return None
    text = _decode(data, faults)
    if text is None:
        return None
    try:
        return _Builder(_clean(text, faults), faults, notice).document()
    except _GiveUpError:
        return None


def _decode(data: bytes, faults: Faults) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        faults.add(Place(1, 1), "", "the file is UTF-16; save it as UTF-8")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = error.object[error.start]
        faults.add(Place(line, column), "", f"byte 0x{byte:02X} is not UTF-8; save it as UTF-8")
        return None


def _clean(text: str, faults: Faults) -> str:
    """The text with line ends as `\\n`; characters that no text may hold are reported, replaced."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for found in islice(REFUSED.finditer(text), MAX_STRANGE):
        at = found.start()
        place = Place(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        message = f"{name_refused(found.group())} can't stand in this file; delete it"
        faults.add(place, "", message)
    return readable(text)


class _Builder:
    """Builds the tree from libyaml's events, without recursion and within the limits."""

    def __init__(self, text: str, faults: Faults, notice: Callable[[Place, str], None]) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.faults = faults
        self.notice = notice
        self.count = 0

    def document(self) -> YamlNode | None:
        """The one document's tree."""
        events = self._events()
        root: YamlNode | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._stop(_place(event), "a second document begins here; keep one")
                root = self._node(next(events), events)
        if root is None or (isinstance(root, Scalar) and root.empty):
            self._stop(Place(1, 1), "the file is empty")
        return root

    def _events(self) -> Iterator[Any]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(self.text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
            if (hidden := self._hidden_end(place.line)) is not None:
                self._stop(
                    hidden, f"{_BEGINS}, and hides what closes the list or map; put it in quotes"
                )
            self._stop(place, self._explain(error, place))
        except yaml.YAMLError as error:
            self._stop(Place(1, 1), f"not YAML: {error}")

    def _hidden_end(self, until: int) -> Place | None:
        """The first `#` that hides the end of a list or map in brackets, up to a line."""
        for number, line in enumerate(self.lines[:until], start=1):
            bare = _QUOTED.sub(lambda found: "x" * len(found.group()), line)
            for found in re.finditer(r"(?<=[\s\[{,])#(?=\S)", bare):
                before = bare[: found.start()]
                if sum(map(before.count, "[{")) > sum(map(before.count, "]}")):
                    return Place(number, found.start() + 1)
        return None

    def _explain(self, error: yaml.MarkedYAMLError, place: Place) -> str:
        lines = self.lines
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        begun = error.context_mark.line if error.context_mark else place.line - 1
        near = "\n".join(lines[max(0, begun - 1) : place.line])
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return "a tab is used to indent; YAML wants spaces"
        if _unquoted_colour(near):
            return 'a colour without quotes: # begins a comment; write "#RRGGBB" in quotes'
        what = error.problem or "it can't be read"
        if what.startswith("mapping values are not allowed"):
            return "a second ': ' on this line, or wrong indentation; put the value in quotes"
        return f"not YAML: {what}{f' ({error.context})' if error.context else ''}"

    def _stop(self, place: Place, message: str) -> None:
        self.faults.add(place, "", message)
        raise _GiveUpError

    def _node(self, event: Any, events: Iterator[Any], depth: int = 1) -> YamlNode:
        place = _place(event)
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(place, f"more than {MAX_NODES:,} values; that is no brief")
        if depth > MAX_DEPTH:
            self._stop(place, f"nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.AliasEvent):
            self.faults.add(place, "", f"*{str(event.anchor)[:40]}: no aliases here; repeat it")
            return Scalar(place=place, text="", plain=False)
        if event.anchor:
            self.faults.add(place, "", f"&{event.anchor[:40]}: anchors are not read; delete it")
        if event.tag:
            self.faults.add(place, "", f"{event.tag[:40]}: tags are not read; delete it")
        if isinstance(event, yaml.ScalarEvent):
            if event.style in (None, "") and event.value:
                self._look_behind(event)
            return _scalar(event)
        if event.flow_style:
            self._look_behind(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(place=place, items=tuple(self._until_end(events, depth)))
        return Pairs(place=place, pairs=tuple(self._pairs(events, depth)))

    def _look_behind(self, event: Any) -> None:
        """Tell of a comment right behind a text without quotes, or where a list begins: it may be
        meant as what is said."""
        line, column = event.end_mark.line, event.end_mark.column
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        found = re.match(r"[ \t,]*#(?=[^\s#])", rest)
        if found:
            place = Place(line + 1, column + found.end())
            self.notice(place, f"{_BEGINS}: put the text in quotes if it belongs to it")

    def _until_end(self, events: Iterator[Any], depth: int) -> Iterator[YamlNode]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _pairs(self, events: Iterator[Any], depth: int) -> Iterator[tuple[Scalar, YamlNode]]:
        seen: dict[str, Place] = {}
        nodes = self._until_end(events, depth)
        for key in nodes:
            value = next(nodes)
            if not isinstance(key, Scalar):
                self.faults.add(key.place, "", "a key must be a plain word")
            elif key.text in seen:
                first = seen[key.text].line
                what = self.faults.quote(key.text)
                self.faults.add(key.place, "", f"{what} is given twice, first on line {first}")
            else:
                seen[key.text] = key.place
                yield key, value


def _scalar(event: Any) -> Scalar:
    text = unicodedata.normalize("NFC", event.value)
    return Scalar(place=_place(event), text=text, plain=event.style in (None, ""))


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _unquoted_colour(text: str) -> bool:
    return re.search(r"[\[,\s-]#(?:[0-9a-fA-F]{3}){1,2}\b", text) is not None


def place_of(node: YamlNode, path: str) -> Place:
    """Where a dotted path of keys stands; the deepest part that is there, if not all of it is."""
    place = node.place
    for name in path.split("."):
        if not isinstance(node, Pairs):
            break
        below = next((value for key, value in node.pairs if key.text == name), None)
        if below is None:
            break
        node, place = below, below.place
    return place
