"""English quantities as written: percentages, units, fractions, ranges, plain numbers."""

import re

from berg.language.english.money import ARTICLE_BEFORE, FIGURES, NOUN_AFTER, SIGNS
from berg.language.english.numbers import (
    cardinal,
    digits,
    number,
    ordinal,
    plural,
    singular,
    year,
)
from berg.language.english.units import UNITS, UnitName, per
from berg.language.scan import Rule, Saying, rule

_DASH = r"\s?[-–—]\s?|–"
_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8),
    "⅜": (3, 8), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip
_DECADES = re.compile(r"\ds\s?[-–—]\s?$")
_AGE = re.compile(
    r"(?:\b(?:his|her|their|my|our|your|its|the|early|late|mid|low|high|upper|lower|roaring)[\s-]"
    r"|\d0['’]?s(?:\s?[-–—]\s?|\s(?:and|or|to)\s))$",
    re.I,
)
_UNIT = "|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True))


def rules(*, british: bool) -> list[Rule]:
    """Rules for quantities, the more telling first."""
    say = _QuantitySayer(british)
    sign = r"(?<![\w.])(?P<sign>[-−+±])?"
    per_ = r"(?P<per>(?:/(?:[A-Za-zΩμ][\w²³]*|sq ft))+)?"
    return [
        rule(r"(?<![\w.,])\d{19,}(?!\w)", lambda m: digits(m[0])),
        rule(r"(?<![\w.])(?P<f>\d{1,2})[′'’]\s?(?:(?P<i>\d{1,2})(?:[″\"”]|''))?(?![\w])", say.feet),
        rule(r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)(?:″|\")(?!\w)", say.inch),
        rule(r"(?<![\w.,])(?P<n>(?:1\d|20)\d0)['’]?s(?!\w)", say.decade),
        rule(r"(?<![\w.,])(?P<n>\d0)['’]?s(?!\w)", say.age),
        rule(
            rf"{sign}(?P<n>{FIGURES})(?P<u1>\s?(?:%|{_UNIT}))?(?P<dash>{_DASH})(?P<to>{FIGURES})(?P<gap>\s?)"
            rf"(?P<unit>%|{_UNIT}){per_}(?![\w²³'’])",
            say.range_of_units,
        ),
        rule(rf"{sign}(?P<n>{FIGURES})\s?%", say.percent),
        rule(
            r"(?<=s)/(?P<d>min|hr|sec|day|week|month|year|hour|minute|second|night|person)\b",
            lambda m: per(m[0]),
        ),
        rule(r"(?<![\w./])(?P<n>\d+\.\d+)/(?P<to>\d{1,3})(?![\w/])", say.out_of),
        rule(
            r"(?<![\w.])(?P<f>\d{1,2})\s(?:ft|feet|foot)\s(?P<i>\d{1,2})\s(?:in|inches)\b\.?",
            say.feet,
        ),
        rule(
            r"(?<![\w.])(?P<n>\d+)\s?[xX×]\s?(?P<to>\d+)"
            rf"(?:\s(?P<unit>{_UNIT}))?(?![\w²³])",
            say.by,
        ),
        rule(r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)[x×](?![\w×])", say.times),
        rule(
            rf"(?<![\w./])(?:(?P<whole>\d{{1,3}})[\s-])?(?P<a>\d{{1,3}})[/⁄](?P<b>\d{{1,3}})(?:st|nd|rd|th|ST|ND|RD|TH)?(?![\w/⁄])"
            rf"(?:(?P<gap>[\s-]?)(?P<unit>{_UNIT})(?![\w²³'’/]))?(?=(?P<stars>\s(?:stars?|points?))?)",
            say.fraction,
        ),
        rule(
            r"(?<![\w.])(?P<whole>\d{1,3})?\s?(?P<glyph>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
            rf"(?:(?P<gap>[\s-]?)(?P<unit>{_UNIT})(?![\w²³'’/]))?",
            say.glyph,
        ),
        rule(
            rf"{sign}(?P<n>{FIGURES})(?P<scale>\s(?:thousand|million|billion|trillion))?[\s-]?"
            rf"(?P<unit>{_UNIT})(?!\w|[²³'’]){per_}(?!/\w)",
            say.units,
        ),
        rule(rf"{sign}(?P<n>{FIGURES})(?P<per>(?:/(?:[A-Za-z][\w²³]*))+)(?!\w)", say.rate),
        rule(
            r"(?<![\w.,])(?P<n>(?:1[1-9]|20)\d\d)(?P<dash>\s?[-–—]\s?)(?P<to>(?:1[1-9]|20)\d\d|\d\d)"
            r"(?!\w|[.,]\d)",
            say.years,
        ),
        rule(r"(?<![\w.:])(?P<n>\d{1,3}):(?P<to>\d{1,3})(?![\w:])", say.range_of_numbers),
        rule(
            rf"(?<![\w.])(?P<n>{FIGURES})(?P<dash>\s?–\s?|-)(?P<to>{FIGURES})(?![\w-]|\s?[=≠≤≥])",
            say.range_of_numbers,
        ),
        rule(r"(?<![\w.])(?P<n>\d[\d,]*)(?P<th>st|nd|rd|th|ST|ND|RD|TH)(?!\w)", say.nth),
        rule(r"(?<!\w)['’](?P<n>\d0)s(?!\w)", say.decade),
        rule(r"(?<!\w)['’](?P<n>\d\d)(?!\w)", say.short_year),
        rule(r"(?<![\w.,])(?P<n>(?:1[1-9]|20)\d\d)(?!\w|[,.]\d)", say.year),
        rule(rf"{sign}(?P<n>{FIGURES})(?P<letters>[A-Za-z]{{1,5}})?(?!\w)", say.plain),
    ]


class _QuantitySayer:
    """What the rules answer with, for one kind of English."""

    def __init__(self, british: bool) -> None:
        self._british = british

    def _number(self, text: str) -> str:
        return number(text, british=self._british)

    def percent(self, m: re.Match[str]) -> Saying:
        """5%, -2.5 %."""
        return f"{self._signed(m)} percent"

    def range_of_units(self, m: re.Match[str]) -> Saying:
        """5–10 kg, 10%-20%, 10°-15°C."""
        unit, first = m["unit"], (m["u1"] or "").strip()
        rate = per(m["per"] or "")
        if (m["per"] and not rate) or (unit != "%" and UNITS[unit].tight and m["gap"]):
            return None
        name = "percent" if unit == "%" else UNITS[unit].many
        said = [(self._signed(m), m.start())]
        if first and first != unit:
            said.append((UNITS[first].many if first != "%" else "percent", m.start("u1")))
        said += [("to", m.start("dash")), (self._number(m["to"]), m.start("to"))]
        return [*said, (f"{name} {rate}", m.start("unit"))]

    def units(self, m: re.Match[str]) -> Saying:
        """10 km, -5°C, 1 kg, 5 GB/day, a 30 mph zone, 100 million kg."""
        unit: UnitName = UNITS[m["unit"]]
        if unit.tight and m.start("unit") != m.end("n"):
            return None
        rate = per(m["per"] or "")
        if (m["per"] and not rate) or (m["unit"] == "K" and m.start("unit") == m.end("n")):
            return None
        hyphen = "-" in m.string[m.end("n") : m.start("unit")]
        noun = ARTICLE_BEFORE.search(m.string, 0, m.start()) and NOUN_AFTER.match(m.string, m.end())
        one = (singular(m["n"]) and not m["scale"]) or hyphen or bool(noun)
        said = [(self._signed(m), m.start())]
        said += [(m["scale"].strip(), m.start("scale") + 1)] if m["scale"] else []
        return [*said, (f"{unit.one if one else unit.many} {rate}", m.start("unit"))]

    def rate(self, m: re.Match[str]) -> Saying:
        """12/kg, 3/day."""
        rate = per(m["per"])
        return [(self._signed(m), m.start()), (rate, m.start("per"))] if rate else None

    def feet(self, m: re.Match[str]) -> Saying:
        """5'10", 6′."""
        if not m["i"]:
            return f"{self._number(m['f'])} feet" if "′" in m[0] else None
        return f"{self._number(m['f'])} foot {self._number(m['i'])}"

    def inch(self, m: re.Match[str]) -> Saying:
        """6″, and 6" where no quotation is open."""
        if m[0].endswith('"') and m.string.count('"', 0, m.end() - 1) % 2:
            return None
        return f"{self._number(m['n'])} {'inch' if m['n'] == '1' else 'inches'}"

    def age(self, m: re.Match[str]) -> Saying:
        """in his 60s, the 1960s-80s; 30s elsewhere is seconds."""
        if not _AGE.search(m.string, 0, m.start()):
            return None
        dash = "to " if _DECADES.search(m.string, 0, m.start()) else ""
        return dash + plural(cardinal(int(m["n"])))

    def short_year(self, m: re.Match[str]) -> Saying:
        """the summer of '69."""
        n = m["n"]
        return f"oh {digits(n[1])}" if n[0] == "0" else cardinal(int(n))

    def by(self, m: re.Match[str]) -> Saying:
        """1080×1920; 2 × 3 = 6 is a product."""
        if re.match(r"\s?=", m.string[m.end() :]):
            return f"{self._number(m['n'])} times {self._number(m['to'])}"
        said = [(f"{self._number(m['n'])} by {self._number(m['to'])}", m.start())]
        return [*said, (UNITS[m["unit"]].many, m.start("unit"))] if m["unit"] else said

    def out_of(self, m: re.Match[str]) -> Saying:
        """4.8/5."""
        return f"{self._number(m['n'])} out of {self._number(m['to'])}"

    def times(self, m: re.Match[str]) -> Saying:
        """5x."""
        return f"{self._number(m['n'])} times"

    def nth(self, m: re.Match[str]) -> Saying:
        """1st, 22nd."""
        n = int(m["n"].replace(",", "")[:19])
        right = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
        if m["th"].lower() != right:
            return f"{cardinal(n, british=self._british)} {m['th'].lower()}"
        return ordinal(n, british=self._british)

    def year(self, m: re.Match[str]) -> Saying:
        """1984, 2026."""
        return year(int(m["n"]), british=self._british)

    def fraction(self, m: re.Match[str]) -> Saying:
        """1/2, 2 3/4, 24/7, 4/5 stars."""
        a, b = int(m["a"]), int(m["b"])
        if (a, b) in ((24, 7), (9, 11), (50, 50), (10, 10), (5, 5)):
            return f"{cardinal(a)} {cardinal(b)}"
        if m["stars"] or (a >= b and not 2 <= b <= 10) or not (b <= 20 or b in (32, 64, 100)):
            return f"{cardinal(a)} {'out of' if m['stars'] else 'over'} {cardinal(b)}"
        part = _part(a, b, self._british)
        if not m["whole"]:
            return [(part, m.start()), *self._measured(m)]
        join = "and a half" if (a, b) == (1, 2) else f"and {part}"
        return [(self._number(m["whole"]), m.start()), (join, m.start("a")), *self._measured(m)]

    @staticmethod
    def _measured(m: re.Match[str]) -> list[tuple[str, int]]:
        """The unit after a fraction: three quarters `inch`, two and a half `inches`."""
        if not m["unit"]:
            return []
        unit = UNITS[m["unit"]]
        many = m["whole"] and "-" not in m["gap"]
        return [(unit.many if many else unit.one, m.start("unit"))]

    def glyph(self, m: re.Match[str]) -> Saying:
        """½, 2½."""
        a, b = _FRACTIONS[m["glyph"]]
        part = _part(a, b, self._british)
        if not m["whole"]:
            return [(part, m.start()), *self._measured(m)]
        join = f"and {'a half' if b == 2 else part}"
        return [
            (self._number(m["whole"]), m.start()),
            (join, m.start("glyph")),
            *self._measured(m),
        ]

    def years(self, m: re.Match[str]) -> Saying:
        """2019–2024, 1914–18."""
        start, end = int(m["n"]), int(m["to"])
        until = year(end, british=self._british) if end > 99 else cardinal(end)
        if (end > 99 and end <= start) or (end < 100 and end <= start % 100):
            return None
        return [
            (year(start, british=self._british), m.start()),
            ("to", m.start("dash")),
            (until, m.start("to")),
        ]

    def range_of_numbers(self, m: re.Match[str]) -> Saying:
        """5–10, 3-2, 16:9."""
        at = m.start("dash") if "dash" in m.groupdict() else m.start()
        first, second = (self._number(m[name]) for name in ("n", "to"))
        return [(first, m.start()), ("to", at), (second, m.start("to"))]

    def decade(self, m: re.Match[str]) -> Saying:
        """1990s, 80s, 1960s-1980s."""
        dash = "to " if _DECADES.search(m.string, 0, m.start()) else ""
        return dash + plural(year(int(m["n"]), british=self._british))

    def plain(self, m: re.Match[str]) -> Saying:
        """1,250; 007; 4K; 1080p; 5G."""
        said = self._signed(m)
        if not m["letters"]:
            return said
        if len(m["n"]) in (3, 4) and m["n"].isdigit() and m["n"][-2:] != "00":
            said = _pairs(m["n"])
        letters = m["letters"]
        if letters in ("er", "ers"):
            return said + letters.removeprefix("e" if said.endswith("e") else "")
        spelled = letters.isupper() or len(letters) < 3
        return f"{said} {'~' + letters.upper() if spelled else letters}"

    def _signed(self, m: re.Match[str]) -> str:
        sign = SIGNS.get(m["sign"] or "", "")
        return f"{sign} {self._number(m['n'])}".strip()


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
