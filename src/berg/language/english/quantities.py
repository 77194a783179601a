"""English quantities as written: money, percentages, units, fractions, ranges, plain numbers."""

import re

from berg.language.english.numbers import (
    cardinal,
    digits,
    number,
    ordinal,
    plural,
    singular,
    year,
)
from berg.language.english.units import MONEY, SCALES, UNITS, UnitName
from berg.language.scan import Rule, Saying, rule

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"
_DASH = r"\s?[-–—]\s?|–"
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|mn|tn|k|m|b|K|M|B)(?![\w]))?"
_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8),
    "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True))


def rules(*, british: bool) -> list[Rule]:
    """Rules for quantities, the more telling first."""
    say = _QuantitySayer(british)
    sign = r"(?<![\w.])(?P<sign>[-−+])?"
    return [
        rule(
            rf"(?:US|A|C|HK)?(?P<currency>[$£€¥₹₩])\s?(?P<n>{_N})"
            rf"(?:[-–](?P<mark2>[$£€¥])?(?P<to>{_N}))?{_SCALE}",
            say.money,
        ),
        rule(rf"(?P<n>{_N}){_SCALE}\s?(?P<currency>€|USD|EUR|GBP|RMB|CNY|JPY)(?!\w)", say.money),
        rule(r"(?<![\w.])(?P<n>\d+)(?P<currency>p|¢)(?!\w)", say.small_money),
        rule(
            rf"{sign}(?P<n>{_N})(?:{_DASH})(?P<to>{_N})\s?(?P<unit>%|{_UNIT})(?!\w)",
            say.range_of_units,
        ),
        rule(rf"{sign}(?P<n>{_N})\s?%", say.percent),
        rule(r"(?<![\w.])(?P<n>\d+)\s?[xX×]\s?(?P<to>\d+)(?!\w)", say.by),
        rule(r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)[x×](?![\w×])", say.times),
        rule(
            r"(?<![\w./])(?:(?P<whole>\d{1,3})\s)?(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\w/])"
            r"(?=(?P<stars>\s(?:stars?|points?))?)",
            say.fraction,
        ),
        rule(r"(?<![\w.])(?P<whole>\d{1,3})?\s?(?P<glyph>[½⅓⅔¼¾⅕⅛⅜⅝⅞])", say.glyph),
        rule(r"(?<![\w.])(?P<n>(?:1\d|20)\d0|(?<=the )\d0)['’]?s(?!\w)", say.decade),
        rule(rf"{sign}(?P<n>{_N})[\s-]?(?P<unit>{_UNIT})(?![\w/²³'’])", say.units),
        rule(
            r"(?<![\w.,])(?P<n>(?:1[1-9]|20)\d\d)[-–](?P<to>(?:1[1-9]|20)?\d\d)"
            r"(?!\w|[.,]\d)",
            say.years,
        ),
        rule(rf"(?<![\w.])(?P<n>{_N})[-–](?P<to>{_N})(?![\w-])", say.range_of_numbers),
        rule(r"(?<![\w.])(?P<n>\d[\d,]*)(?:st|nd|rd|th)(?!\w)", say.nth),
        rule(r"(?<!\w)['’](?P<n>\d0)s(?!\w)", say.decade),
        rule(r"(?<![\w.,])(?P<n>(?:1[1-9]|20)\d\d)(?!\w|[,.]\d)", say.year),
        rule(rf"{sign}(?P<n>{_N})(?P<letters>[A-Za-z]{{1,5}})?(?!\w)", say.plain),
    ]


class _QuantitySayer:
    """What the rules answer with, for one kind of English."""

    def __init__(self, british: bool) -> None:
        self._british = british

    def _number(self, text: str) -> str:
        return number(text, british=self._british)

    def money(self, m: re.Match[str]) -> Saying:
        """£3.50, $1.2 million, €5–10."""
        one, many, cent = MONEY[m["currency"]]
        groups = m.groupdict()
        scale, to = groups.get("scale"), groups.get("to")
        if scale or to:
            said = self._number(m["n"]) + (f" to {self._number(to)}" if to else "")
            return [(said, m.start()), (f"{SCALES.get(scale or '', '')} {many}", self._tail(m))]
        whole, _, cents = m["n"].replace(",", "").partition(".")
        if len(cents) != 2 or cent is None:
            return f"{self._number(m['n'])} {one if singular(m['n']) else many}"
        small = int(cents)
        coin = f"{cardinal(small)} {cent[0] if small == 1 else cent[1]}"
        if not int(whole or 0):
            return coin if small else f"zero {many}"
        amount = f"{self._number(whole)} {one if whole == '1' else many}"
        if small == 0:
            return amount
        return f"{amount} {cardinal(small)}" if small > 9 else f"{amount} and {coin}"

    @staticmethod
    def _tail(m: re.Match[str]) -> int:
        return m.start("scale") if m["scale"] else m.end() - 1

    def small_money(self, m: re.Match[str]) -> Saying:
        """50p, 99¢; 1080p is a picture."""
        if m["currency"] == "p" and int(m["n"]) > 99:
            return None
        name = ("penny", "pence") if m["currency"] == "p" else ("cent", "cents")
        return f"{self._number(m['n'])} {name[0] if m['n'] == '1' else name[1]}"

    def percent(self, m: re.Match[str]) -> Saying:
        """5%, -2.5 %."""
        return f"{self._signed(m)} percent"

    def range_of_units(self, m: re.Match[str]) -> Saying:
        """5–10 kg."""
        unit = "percent" if m["unit"] == "%" else UNITS[m["unit"]].many
        return [
            (f"{self._signed(m)} to {self._number(m['to'])}", m.start()),
            (unit, m.start("unit")),
        ]

    def units(self, m: re.Match[str]) -> Saying:
        """10 km, -5°C, 1 kg."""
        unit: UnitName = UNITS[m["unit"]]
        if unit.tight and m.start("unit") != m.end("n"):
            return None
        name = (
            unit.one
            if singular(m["n"]) or "-" in m.string[m.end("n") : m.start("unit")]
            else unit.many
        )
        return [(self._signed(m), m.start()), (name, m.start("unit"))]

    def by(self, m: re.Match[str]) -> Saying:
        """1080×1920."""
        return f"{self._number(m['n'])} by {self._number(m['to'])}"

    def times(self, m: re.Match[str]) -> Saying:
        """5x."""
        return f"{self._number(m['n'])} times"

    def nth(self, m: re.Match[str]) -> Saying:
        """1st, 22nd."""
        return ordinal(int(m["n"].replace(",", "")), british=self._british)

    def year(self, m: re.Match[str]) -> Saying:
        """1984, 2026."""
        return year(int(m["n"]), british=self._british)

    def fraction(self, m: re.Match[str]) -> Saying:
        """1/2, 2 3/4, 24/7, 4/5 stars."""
        a, b = int(m["a"]), int(m["b"])
        if (a, b) in ((24, 7), (9, 11), (50, 50)):
            return f"{cardinal(a)} {cardinal(b)}"
        if m["stars"] or a >= b or not (b <= 20 or b in (32, 64, 100)):
            return f"{cardinal(a)} {'out of' if m['stars'] else 'over'} {cardinal(b)}"
        part = _part(a, b, self._british)
        if not m["whole"]:
            return part
        join = "and a half" if (a, b) == (1, 2) else f"and {part}"
        return [(self._number(m["whole"]), m.start()), (join, m.start("a"))]

    def glyph(self, m: re.Match[str]) -> Saying:
        """½, 2½."""
        a, b = _FRACTIONS[m["glyph"]]
        part = _part(a, b, self._british)
        if not m["whole"]:
            return part
        return f"{m['whole'] and self._number(m['whole'])} and {'a half' if b == 2 else part}"

    def years(self, m: re.Match[str]) -> Saying:
        """2019–2024, 1914–18."""
        start, end = int(m["n"]), int(m["to"])
        until = year(end, british=self._british) if end > 99 else cardinal(end)
        if end > 99 and end <= start:
            return None
        return f"{year(start, british=self._british)} to {until}"

    def range_of_numbers(self, m: re.Match[str]) -> Saying:
        """5–10, 3-2."""
        return f"{self._number(m['n'])} to {self._number(m['to'])}"

    def decade(self, m: re.Match[str]) -> Saying:
        """1990s, 80s."""
        return plural(year(int(m["n"]), british=self._british))

    def plain(self, m: re.Match[str]) -> Saying:
        """1,250; 007; 4K; 1080p; 5G."""
        said = self._signed(m)
        if not m["letters"]:
            return said
        if len(m["n"]) in (3, 4) and m["n"].isdigit() and m["n"][-2:] != "00":
            said = _pairs(m["n"])
        letters = m["letters"]
        spelled = letters.isupper() or len(letters) < 3
        return f"{said} {'~' + letters.upper() if spelled else letters}"

    def _signed(self, m: re.Match[str]) -> str:
        sign = {"+": "plus ", "-": "minus ", "−": "minus "}.get(m["sign"] or "", "")
        return sign + self._number(m["n"])


def _part(a: int, b: int, british: bool) -> str:
    """Three quarters, one half, five eighths."""
    name = {2: "half", 4: "quarter"}.get(b) or ordinal(b, british=british)
    names = {"half": "halves"}.get(name, name + "s")
    return f"{cardinal(a)} {name if a == 1 else names}"


def _pairs(text: str) -> str:
    """1080 as ten eighty, 747 as seven forty-seven."""
    head, tail = text[:-2], text[-2:]
    if tail[0] == "0":
        return f"{cardinal(int(head))} oh {digits(tail[1])}"
    return f"{cardinal(int(head))} {cardinal(int(tail))}"


def code_number(text: str) -> str:
    """Digits in a code: 19 as nineteen, 264 as two sixty-four, 007 as oh oh seven."""
    if text[0] == "0" or len(text) > 4:
        return digits(text, zero="oh")
    if len(text) < 3 or text.endswith("00"):
        return cardinal(int(text))
    return _pairs(text)
