"""English dates and times as written."""

import re

from berg.language.english.numbers import cardinal, digits, ordinal, year
from berg.language.scan import Rule, Saying, rule

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT = {name[:3]: name for name in _MONTHS} | {"Sept": "September"}
_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
    "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_MONTH = "|".join([*_MONTHS, *(rf"{s}\b\.?" for s in sorted(_SHORT, key=len, reverse=True))])
_SHORT_MONTH = "|".join(s for s in _SHORT if s != "May")
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_HALF = r"(?:\s?(?P<half>[ap]\.m\.|[AP]\.M\.|[ap]m|[AP]M)(?!\w))"
_YEAR = r"(?:(?P<comma>,)?\s(?P<y>\d{4})(?![\d-]))?"


def rules(*, british: bool) -> list[Rule]:
    """Rules for dates and times."""
    say = _DateSayer(british)
    return [
        rule(r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\w-])", say.numeric),
        rule(
            r"(?<![\w/])(?P<a>\d{1,2})(?P<s>[/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)"
            r"(?!\w|[/.]\d)",
            say.slashed,
        ),
        rule(
            rf"(?P<month>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|\w|[.,]\d){_YEAR}",
            say.month_first,
        ),
        rule(
            rf"(?<![\w.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?!\w)"
            rf"{_YEAR}",
            say.day_first,
        ),
        rule(rf"\b(?P<month>{_SHORT_MONTH})\.?\s(?P<y>\d{{4}})(?!\w)", say.month_year),
        rule(
            rf"(?<![\w:])(?P<h>\d{{1,2}}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?{_HALF}?(?![\w:])",
            say.clock,
        ),
        rule(rf"(?<![\w:.])(?P<h>\d{{1,2}}){_HALF}", say.clock),
        rule(rf"\b(?P<day>{_DAY})\.(?=[\s,])", lambda m: _DAYS[m["day"]]),
        rule(r"\b(?P<day>Mon|Tue|Tues|Wed|Thu|Thurs|Fri)\b", lambda m: _DAYS[m["day"]]),
    ]


class _DateSayer:
    """What the rules answer with, for one kind of English."""

    def __init__(self, british: bool) -> None:
        self._british = british

    def numeric(self, m: re.Match[str]) -> Saying:
        """2026-11-22."""
        return self._date(int(m["d"]), int(m["m"]), int(m["y"]))

    def slashed(self, m: re.Match[str]) -> Saying:
        """11/22/2026 in the US, 22/11/2026 in Britain, either where only one makes sense."""
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
        day_first = self._british or m["s"] == "." or a > 12
        day, month = (a, b) if day_first and b <= 12 else (b, a)
        return self._date(day, month, y + 2000 if y < 100 else y)

    def _date(self, day: int, month: int, of: int) -> Saying:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        name, nth = _MONTHS[month - 1], ordinal(day)
        said = f"the {nth} of {name}" if self._british else f"{name} {nth}"
        return f"{said} , {year(of, british=self._british)}"

    def month_first(self, m: re.Match[str]) -> Saying:
        """May 5, 2026."""
        the = "the " if self._british else ""
        return [
            (_full(m["month"]), m.start()),
            (the + ordinal(int(m["d"])), m.start("d")),
            *self._of(m),
        ]

    def day_first(self, m: re.Match[str]) -> Saying:
        """5 May 2026, 5th of May."""
        at = m.start("month")
        the = "" if m.string[: m.start()].lower().endswith("the ") else "the "
        return [
            (the + ordinal(int(m["d"])), m.start()),
            (f"of {_full(m['month'])}", at),
            *self._of(m),
        ]

    def _of(self, m: re.Match[str]) -> list[tuple[str, int]]:
        comma = [(",", m.start("y"))] if m["comma"] else []
        return [*comma, (year(int(m["y"]), british=self._british), m.start("y"))] if m["y"] else []

    def month_year(self, m: re.Match[str]) -> Saying:
        """Nov. 2026."""
        return [
            (_full(m["month"]), m.start()),
            (year(int(m["y"]), british=self._british), m.start("y")),
        ]

    def clock(self, m: re.Match[str]) -> Saying:
        """7:30, 9:05 a.m., 14:00, 5pm, 1:02:03."""
        groups = m.groupdict()
        hour, minute, second = int(m["h"]), groups.get("m"), groups.get("s")
        if hour > 24 or (m["half"] and hour > 12):
            return None
        said = [cardinal(hour)]
        if minute == "00":
            said.append("" if m["half"] else "hundred" if hour > 12 else "o'clock")
        elif minute:
            said.append(f"oh {digits(minute[1])}" if minute[0] == "0" else cardinal(int(minute)))
        if second:
            said.append(f"and {cardinal(int(second))} seconds")
        parts: list[tuple[str, int]] = [(" ".join(said), m.start())]
        if m["half"]:
            parts.append(("~" + m["half"].replace(".", "").upper(), m.start("half")))
        ends = (m["half"] or "").endswith(".") and not m.string[m.end() :].strip("”\"') ")
        return [*parts, (".", m.start("half"))] if ends else parts


def _full(month: str) -> str:
    short = month.rstrip(".")
    return _SHORT.get(short, short)
