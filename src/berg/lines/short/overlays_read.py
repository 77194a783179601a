"""Reading a shot's overlays from a storyboard: straps, call-outs, lists, charts."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, cast

from berg.brief.fields import Field
from berg.brief.languages import by_language
from berg.schema.overlay import Chart, Overlays, Point, Strap

OVERLAY_KEYS = ("strap", "callout", "list", "chart")
MAX_WHO, MAX_ROLE, MAX_CALLOUT, MAX_ITEM, MAX_NAME, MAX_UNIT = 48, 60, 32, 60, 20, 8
"""Characters."""
MOST_ITEMS, MOST_VALUES = 6, 8

_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_Bars = list[tuple[str, Fraction]]


def read_overlays(
    fields: Mapping[str, Field], languages: Sequence[str], *, card: bool
) -> Overlays | None:
    """The overlays that a shot's fields say; None after a fault. `card`: it shows no picture."""
    given = [fields[key] for key in OVERLAY_KEYS if key in fields]
    if card:
        for field in given:
            field.fault(f"{field.path}: a card is type itself; show a picture, or delete this")
    before = len(given[0].faults) if given else 0
    found = Overlays(
        strap=_strap(fields["strap"], languages) if "strap" in fields else None,
        callout=_text(fields["callout"], languages, MAX_CALLOUT) if "callout" in fields else None,
        items=_items(fields["list"], languages) if "list" in fields else None,
        chart=_chart(fields["chart"], languages) if "chart" in fields else None,
    )
    return None if given and (card or len(given[0].faults) > before) else found


def _text(field: Field, languages: Sequence[str], most: int) -> dict[str, str] | None:
    def read(one: Field, language: str) -> str | None:
        return one.text("a short text", most=most)

    return by_language(field, languages, read, what="a text", one_for_all=True)


def _strap(field: Field, languages: Sequence[str]) -> Strap | None:
    what = "a map: {who: …, role: …}"
    fields = field.pairs(("who", "role"), what=what, required=("who",))
    if fields is None or "who" not in fields:
        return None
    who = _text(fields["who"], languages, MAX_WHO)
    role = _text(fields["role"], languages, MAX_ROLE) if "role" in fields else None
    return None if who is None else Strap(who=who, role=role)


def _items(field: Field, languages: Sequence[str]) -> dict[str, tuple[str, ...]] | None:
    def read(one: Field, language: str) -> tuple[str, ...] | None:
        items = one.items("a list of short texts", least=2, most=MOST_ITEMS) or []
        texts = [item.text("a short text", most=MAX_ITEM) for item in items]
        said = tuple(text for text in texts if text is not None)
        return said if said and len(said) == len(texts) else None

    found = by_language(field, languages, read, what="a list", one_for_all=True)
    if found is not None and len({len(items) for items in found.values()}) > 1:
        return field.fault(f"{field.path}: write as many items in each language")
    return found


def _chart(field: Field, languages: Sequence[str]) -> Chart | None:
    what = "a map: {kind: bar, values: {…}}"
    fields = field.pairs(("kind", "values", "unit"), what=what, required=("values",))
    if fields is None or "values" not in fields:
        return None
    kind: str | None = fields["kind"].choice(("bar", "line")) if "kind" in fields else "bar"
    unit = fields["unit"].text("a unit such as %", most=MAX_UNIT) if "unit" in fields else ""
    values = _values(fields["values"], languages)
    if kind is None or unit is None or values is None:
        return None
    return Chart(kind=cast(Literal["bar", "line"], kind), values=values, unit=unit)


def _values(field: Field, languages: Sequence[str]) -> tuple[Point, ...] | None:
    pairs = field.entries("a map of names and numbers, such as {2023: 12, 2024: 19}")
    if pairs is None:
        return None
    if any(value.is_map() for _, value in pairs):
        bars = by_language(field, languages, _bars, what="a map", one_for_all=False)
    else:
        once = _bars(field, "")
        bars = None if once is None else dict.fromkeys(languages, once)
    if bars is None:
        return None
    if len({tuple(number for _, number in one) for one in bars.values()}) > 1:
        return field.fault(f"{field.path}: write the same numbers in each language")
    first = bars[languages[0]]
    if not any(number for _, number in first):
        return field.fault(f"{field.path}: one number at least must be more than 0")
    return tuple(
        Point(name={language: bars[language][index][0] for language in languages}, value=number)
        for index, (_, number) in enumerate(first)
    )


def _bars(field: Field, language: str) -> _Bars | None:
    pairs = field.entries("a map of names and numbers") or []
    if not 2 <= len(pairs) <= MOST_VALUES:
        return field.fault(f"{field.path}: {len(pairs)} given; write 2 to {MOST_VALUES}")
    bars: _Bars = []
    for key, value in pairs:
        if not key.text.strip() or len(key.text) > MAX_NAME:
            value.fault(f"{value.path}: a name has 1 to {MAX_NAME} characters")
        elif not _NUMBER.fullmatch(value.word()):
            value.wants("a number from 0 to 999999999, with two decimals at most")
        else:
            bars.append((key.text.strip(), Fraction(value.word())))
    return bars if len(bars) == len(pairs) else None
