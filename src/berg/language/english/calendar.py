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
_ALWAYS = [m for m in (*_MONTHS, *_SHORT) if m not in ("May", "March", "Mar")]
_MONTH = (
    rf"(?:(?i:{'|'.join(sorted(_ALWAYS, key=len, reverse=True))})|March|Mar|May|MARCH|MAR|MAY)\b\.?"
)
_LOOSE_MONTH = rf"(?:{_MONTH}|(?i:march|mar|may)\b\.?)"
"""Where a day and a year stand beside it, may is a month."""
_FULL_DAYS = {d: d for d in _DAYS.values()}
_ALL_DAYS = _FULL_DAYS | _DAYS
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_ANY_DAY = "|".join(sorted(_ALL_DAYS, key=len, reverse=True))
_HALF = r"(?:\s?(?P<half>[ap]\.\s?m\.?|[AP]\.\s?M\.?|[ap]m|[AP]M)(?![\w]))"
_ZONE = (
    r"(?:\s?(?P<zone>[ECMP][SD]T|GMT|UTC|CET|CEST|BST|IST|JST|AEST|[ECMP]T|[ecmp]st|"
    r"[ecmp]\.s\.t\.?)(?!\w))"
)
_YEAR = r"(?:(?P<comma>,)?\s(?P<y>\d{4})(?![\d-]|\s(?:people|cups|times|units|copies)))?"
_ERA = r"(?:\s?(?P<era>BCE|BC|CE|AD|B\.C\.E?\.?|A\.D\.?|bc|ad)(?!\w))"
_TO = (
    r"(?:(?P<to>\s?[-–—]\s?)(?=(?:\d{1,2}(?:[:.][0-5]\d)?\s?(?:[ap]\.?m|[AP]\.?M)|"
    r"\d{1,2}:[0-5]\d)))"
)
_CUE = re.compile(
    r"\b(?:by|on|until|till|before|after|since|from|due|dated|through|starting|ending|ends|begins|"
    r"arrives?|deadline|born|date:|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?)|"
    r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?,?)\s\(?$|\d/\d{1,2}\s?(?:[-–—]|to)\s?$",
    re.I,
)


def rules(*, british: bool) -> list[Rule]:
    """Rules for dates and times."""
    say = _DateSayer(british)
    nth = r"(?:st|nd|rd|th)?"
    dated = re.compile(rf"(?:{_MONTH}\s\d{{1,2}}{nth}|\d{nth}\s{_MONTH}|{_MONTH},?\s\d{{4}})$")
    return [
        rule(
            r"(?<![\w-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?![\w-])",
            say.numeric,
        ),
        rule(
            r"(?<![\w/.-])(?P<a>\d{1,2})(?P<s>[/.-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)"
            r"(?!\w|[/.-]\d)",
            say.slashed,
        ),
        rule(
            rf"(?<![\w-])(?P<d>\d{{1,2}})(?P<s>[-/ ])(?P<month>{_LOOSE_MONTH})(?P=s)"
            rf"(?P<y>\d{{4}}|\d\d)(?!\w)",
            say.day_first,
        ),
        rule(r"(?<![\w/.-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/])", say.cued),
        rule(
            rf"\b(?P<month>{_MONTH})\s(?P<d>\d{{1,2}}){nth}(?:(?P<dash>\s?[-–—]\s?)(?P<d2>\d{{1,2}}){nth})?"
            rf"(?![\d:]|\w|[.,]\d|\s?[ap]\.?m\b){_YEAR}",
            say.month_first,
        ),
        rule(
            rf"\b(?P<month>{_LOOSE_MONTH})\s(?P<d>\d{{1,2}}){nth}(?P<comma>,)?\s(?P<y>\d{{4}})(?!\w)",
            say.month_first,
        ),
        rule(
            rf"(?<![\w.-])(?P<d>\d{{1,2}}){nth}(?:(?P<dash>\s?[-–—]\s?)(?P<d2>\d{{1,2}}){nth})?"
            rf"\s(?:of\s)?(?P<month>{_MONTH})(?!\w){_YEAR}",
            say.day_first,
        ),
        rule(
            rf"(?<![\w.-])(?P<d>\d{{1,2}}){nth}\s(?:of\s)?(?P<month>{_LOOSE_MONTH})(?P<comma>,)?"
            rf"\s(?P<y>\d{{4}})(?!\w)",
            say.day_first,
        ),
        rule(
            rf"\b(?P<month>{_LOOSE_MONTH})(?P<comma>,)?[\s-](?P<y>(?:1\d|20)\d\d)(?![\w-]|[.,]\d)",
            say.month_year,
        ),
        rule(rf"(?<![\w.])(?P<y>\d{{1,4}}){_ERA}", say.era),
        rule(r"(?<!\w)(?P<q>[1-4])Q(?P<y>\d{2}|\d{4})(?!\w)", say.quarter),
        rule(
            rf"\b(?P<month>{_MONTH})-(?P<d>\d{{1,2}}){nth}(?:-(?P<y>\d{{4}}))?(?![\w-])",
            say.month_first,
        ),
        rule(r"\b(?P<era>AD|A\.D\.)\s(?P<y>\d{1,4})(?!\w)", say.era),
        rule(
            rf"\s?[-–—]\s?(?=(?:\d{{1,2}}{nth}\s)?{_MONTH}(?!\w))",
            lambda m: "to" if dated.search(m.string, 0, m.start()) else None,
        ),
        rule(
            rf"\b(?P<month>{_MONTH})\s?(?P<dash>[-–—])\s?(?P<until>{_MONTH})(?!\w)", say.month_range
        ),
        rule(
            rf"\b(?P<month>(?:{'|'.join(m for m in _SHORT if m not in _MONTHS)})\b\.?)"
            rf"(?=\s(?:[-–—]|to\b|and\b)|[,)]|$)",
            say.month,
        ),
        rule(
            r"(?<![\w.])(?P<h>\d{1,2})\s?h(?:(?:ou)?rs?)?(?:,?\s?(?P<m>\d{1,2})\s?(?:m|mins?|minutes)?)"
            r"(?:,?\s?(?P<s>\d{1,2})\s?(?:s|secs?|seconds))?(?![\w])",
            say.lasting,
        ),
        rule(
            r"(?<![\w.])(?P<m>\d{1,3})\s?m(?:ins?)?\s?(?P<s>\d{1,2})\s?s(?:ecs?)?(?![\w])",
            say.lasting,
        ),
        rule(
            rf"(?<![\w:.])(?P<h>\d{{1,2}}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?{_HALF}?{_ZONE}?(?:{_TO}|(?![\w:]))",
            say.clock,
        ),
        rule(rf"(?<![\w:.])(?P<h>\d{{1,2}})\.(?P<m>[0-5]\d){_HALF}{_ZONE}?{_TO}?", say.clock),
        rule(rf"(?<![\w:.])(?P<h>\d{{1,2}}){_HALF}{_ZONE}?{_TO}?", say.clock),
        rule(
            r"(?<![\w:.$£€/])(?P<h>\d{1,2})(?P<to>\s?[-–—]\s?)"
            r"(?=\d{1,2}(?:[:.][0-5]\d)?\s?(?:[ap]\.?m|[AP]\.?M)(?!\w))",
            say.clock,
        ),
        rule(
            rf"\b(?P<a>{_ANY_DAY})\b\.?\s?(?P<dash>[-–—])\s?(?P<b>{_ANY_DAY})\b(?:\.(?=[\s,]))?",
            say.day_range,
        ),
        rule(rf"\b(?P<day>{_DAY})\.(?=[\s,])", lambda m: _DAYS[m["day"]]),
        rule(r"\b(?P<day>Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri)\b", lambda m: _DAYS[m["day"]]),
        rule(r"\b(?P<day>Sat|Sun)\b(?=[,:]?\s\d|[,:]\s|/)", lambda m: _DAYS[m["day"]]),
        rule(r"\b(?P<day>MON|TUE|WED|THU|FRI)\b", lambda m: _DAYS[m["day"].capitalize()]),
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
        if y < 100:
            y += 2000 if y < 50 else 1900
        return self._date(day, month, y)

    def cued(self, m: re.Match[str]) -> Saying:
        """By 5/6; a fraction unless something before it says date."""
        timed = re.match(r",?\s(?:at|@)\s\d", m.string[m.end() :])
        if not timed and not _CUE.search(m.string, 0, m.start()):
            return None
        a, b = int(m["a"]), int(m["b"])
        day_first = self._british or a > 12
        day, month = (a, b) if day_first and b <= 12 else (b, a)
        to = "to " if m.string[: m.start()].rstrip()[-1:] in ("-", "–", "—") else ""
        return f"{to}{self._date(day, month, None)}" if self._date(day, month, None) else None

    def _date(self, day: int, month: int, of: int | None) -> str | None:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        name, nth = _MONTHS[month - 1], ordinal(day)
        said = f"the {nth} of {name}" if self._british else f"{name} {nth}"
        return said if of is None else f"{said} , {year(of, british=self._british)}"

    def month_first(self, m: re.Match[str]) -> Saying:
        """May 5, 2026; June 5-7."""
        groups = m.groupdict()
        if int(m["d"]) > 31:
            return None
        the = "the " if self._british else ""
        until = groups.get("d2")
        return [
            (_full(m["month"]), m.start()),
            (the + ordinal(int(m["d"])), m.start("d")),
            *(
                [("to", m.start("dash")), (the + ordinal(int(until)), m.start("d2"))]
                if until
                else []
            ),
            *self._of(m),
        ]

    def day_first(self, m: re.Match[str]) -> Saying:
        """5 May 2026, 5th of May, 25-Sep-2020, 5-7 May."""
        groups = m.groupdict()
        if int(m["d"]) > 31:
            return None
        at = m.start("month")
        the = "" if m.string[: m.start()].lower().endswith("the ") else "the "
        until = groups.get("d2")
        return [
            (the + ordinal(int(m["d"])), m.start()),
            *([("to the", m.start("dash")), (ordinal(int(until)), m.start("d2"))] if until else []),
            (f"of {_full(m['month'])}", at),
            *self._of(m),
        ]

    def _of(self, m: re.Match[str]) -> list[tuple[str, int]]:
        groups = m.groupdict()
        if not groups.get("y"):
            return []
        y = int(m["y"])
        y += (2000 if y < 50 else 1900) if y < 100 else 0
        comma = [(",", m.start("y"))] if groups.get("comma") else []
        return [*comma, (year(y, british=self._british), m.start("y"))]

    def month_year(self, m: re.Match[str]) -> Saying:
        """Nov. 2026, September, 2020."""
        return [(_full(m["month"]), m.start()), *self._of(m)]

    def month(self, m: re.Match[str]) -> Saying:
        """Nov."""
        return _full(m["month"])

    def month_range(self, m: re.Match[str]) -> Saying:
        """Jan–Mar."""
        return [
            (_full(m["month"]), m.start()),
            ("to", m.start("dash")),
            (_full(m["until"]), m.start("until")),
        ]

    def day_range(self, m: re.Match[str]) -> Saying:
        """Mon-Fri."""
        return [
            (_ALL_DAYS[m["a"]], m.start()),
            ("to", m.start("dash")),
            (_ALL_DAYS[m["b"]], m.start("b")),
        ]

    def quarter(self, m: re.Match[str]) -> Saying:
        """2Q22."""
        y = int(m["y"])
        of = cardinal(y) if y < 100 else year(y, british=self._british)
        return f"the {ordinal(int(m['q']))} quarter of {of}"

    def era(self, m: re.Match[str]) -> Saying:
        """44 BC, AD 79, 340 AD."""
        y = int(m["y"])
        short = (
            f"{cardinal(y // 100)} {cardinal(y % 100)}" if 100 < y < 1000 and y % 100 > 9 else ""
        )
        said = [
            (short or year(y, british=self._british), m.start("y")),
            ("~" + m["era"].replace(".", "").upper(), m.start("era")),
        ]
        return sorted(said, key=lambda part: part[1])

    def lasting(self, m: re.Match[str]) -> Saying:
        """2h 15m, 1h30, 4m 20s."""
        said: list[tuple[str, int]] = []
        for group, name in (("h", "hour"), ("m", "minute"), ("s", "second")):
            value = m.groupdict().get(group)
            if value:
                said.append(
                    (f"{cardinal(int(value))} {name}{'s' * (value != '1')}", m.start(group))
                )
        return said

    def clock(self, m: re.Match[str]) -> Saying:
        """7:30, 9:05 a.m., 14:00, 5pm, 9am-5pm, 1:02:03."""
        groups = m.groupdict()
        hour, minute, second = int(m["h"]), groups.get("m"), groups.get("s")
        half = groups.get("half") or ""
        if hour > 24 or (half and hour > 12):
            return None
        said = [cardinal(hour)]
        if second:
            said = [_counted(hour, "hour"), _counted(int(minute or 0), "minute")]
            said += ["and", _counted(int(second), "second")]
        elif minute == "00":
            said.append("" if half else "hundred" if hour > 12 or hour == 0 else "o'clock")
        elif minute:
            said.append(f"oh {digits(minute[1])}" if minute[0] == "0" else cardinal(int(minute)))
        parts: list[tuple[str, int]] = [(" ".join(said), m.start())]
        for name in ("half", "zone"):
            if groups.get(name):
                letters = re.sub(r"[.\s]", "", m[name]).upper()
                parts.append(("~" + letters, m.start(name)))
        if groups.get("to"):
            parts.append(("to", m.start("to") + len(m["to"]) - len(m["to"].lstrip())))
        ends = half.endswith(".") and not m.string[m.end() :].strip("”\"') ")
        return [*parts, (".", m.start("half"))] if ends else parts


def _counted(number: int, name: str) -> str:
    return f"{cardinal(number)} {name}{'s' * (number != 1)}"


def _full(month: str) -> str:
    short = month.rstrip(".").capitalize()
    return _SHORT.get(short, short)
