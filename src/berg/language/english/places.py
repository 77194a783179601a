"""English readings of places: streets, houses, rooms, states, postcodes, flights."""

import re

from berg.language.english.numbers import cardinal, digits
from berg.language.scan import Rule, Saying, rule

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "~DC", "FL": "Florida",
    "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "PR": "Puerto Rico",
}  # fmt: skip
_STATE = "|".join(_STATES)
_STREETS = {
    "St": "Street", "Ave": "Avenue", "Av": "Avenue", "Rd": "Road", "Dr": "Drive", "Ln": "Lane",
    "Blvd": "Boulevard", "Ct": "Court", "Pl": "Place", "Sq": "Square", "Hwy": "Highway",
    "Pkwy": "Parkway", "Ter": "Terrace", "Cir": "Circle", "Rte": "Route", "Cres": "Crescent",
    "Expy": "Expressway", "Trl": "Trail",
}  # fmt: skip
_STREET = "|".join((*_STREETS, *(s.lower() for s in _STREETS)))
_POINTS = {"N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast",
           "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"}  # fmt: skip
_WAY = (
    rf"(?:{_STREET}|Street|Avenue|Road|Drive|Lane|Boulevard|Court|Place|Square|Highway|Way|"
    r"Parkway)\b"
)
_NUMBERED = (
    r"(?:[Rr]oom|[Ff]light|[Rr]oute|[Ss]uite|[Gg]ate|[Cc]hannel|[Hh]ighway|[Bb]us|[Aa]pt\.?|"
    r"[Ii]nterstate|[Aa]partment)"
)
_BY_NUMBER = re.compile(r"(?<![\w,])\d+[A-Z]?\s(?:[NSEW]{1,2}\.?\s)?(?:[A-Z\d]\w+\s){1,3}$")
_INSIDE = {"Apt": "Apartment", "Ste": "Suite", "Bldg": "Building", "Fl": "Floor"}


def rules() -> list[Rule]:
    """Rules for places."""
    return [
        rule(r"\b(?P<w>[Ff]light)\s(?P<air>[A-Z]{2})\s?(?P<n>\d{2,4})(?!\w)", _flight),
        rule(rf"\b(?P<p>[NSEW])\.?(?=\s\d+(?:st|nd|rd|th)\s{_WAY})", lambda m: _POINTS[m["p"]]),
        rule(
            rf"\b(?P<state>{_STATE})(?P<comma>,)?\s(?P<zip>\d{{5}})(?:-(?P<four>\d{{4}}))?(?![\w-])",
            _zip,
        ),
        rule(
            rf"(?<=[a-z],\s)(?P<state>{_STATE})(?=[\s.,;!?)]|$)(?!\s[a-z]*[A-Z]{{2}})",
            _state,
        ),
        rule(
            r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?![\w-])",
            _postcode,
        ),
        rule(r"\bP\.?\s?O\.?\sBox\s(?P<n>\d+)", _box),
        rule(
            rf"(?<![\w.,#-])(?P<n>\d{{1,5}})(?P<l>[A-Z])?(?=\s(?:[NSEW]{{1,2}}\.?\s)?(?:[A-Z][a-z]+\.?\s|\d+[a-z]{{2}}\s){{1,3}}{_WAY})",
            _house,
        ),
        rule(
            rf"(?<=\d\s)(?P<p>NE|NW|SE|SW|[NSEW])\.?(?=\s(?:[A-Z][a-z]+|\d+(?:st|nd|rd|th))\s(?:[A-Z][a-z]+\s)?{_WAY})",
            lambda m: _POINTS[m["p"]],
        ),
        rule(
            rf"(?<=[a-z]\s)(?P<s>{_STREET})\b\.?(?P<p>\s(?:NE|NW|SE|SW|[NSEW])\b)?(?=[,;)]|$|\sand\b|\s&|\s\d|\s[A-Z])",
            _street,
        ),
        rule(r"\b(?:Apt|Ste|Bldg|Fl)\.?(?=\s?#?[\dA-Z])", lambda m: _INSIDE[m[0].rstrip(".")]),
        rule(rf"\b(?P<w>{_NUMBERED})\s(?P<n>\d{{3,4}})(?![\w,.-]\d|\w)", _numbered),
    ]


def _state(m: re.Match[str]) -> Saying:
    """Austin, TX; not `Fine, OK`."""
    if m["state"] in ("OK", "HI", "ME", "IN", "OH"):
        return None
    city = re.search(r"[A-Z][\w.'’-]+,\s$", m.string[: m.start()])
    return _STATES[m["state"]] if city else None


def _zip(m: re.Match[str]) -> Saying:
    """NY 10001, CA 94016-1234."""
    said = [(_STATES[m["state"]], m.start()), (digits(m["zip"]), m.start("zip"))]
    return said + ([(digits(m["four"]), m.start("four"))] if m["four"] else [])


def _postcode(m: re.Match[str]) -> Saying:
    """SW1A 1AA."""
    return [
        (digits(c) if c.isdecimal() else f"~{c}", m.start() + i)
        for i, c in enumerate(m[0])
        if c != " "
    ]


def _box(m: re.Match[str]) -> Saying:
    """P.O. Box 1234."""
    return [
        ("~PO", m.start()),
        ("Box", m.start() + m[0].index("Box")),
        (digits(m["n"]), m.start("n")),
    ]


def _house(m: re.Match[str]) -> Saying:
    """1428 Elm St., 221B Baker Street."""
    said = house(m["n"])
    return f"{said} ~{m['l']}" if m["l"] else said


def house(text: str) -> str:
    """A house's or a room's number: fourteen twenty-eight, two twenty-one, three oh two."""
    if len(text) < 3 or text.endswith("00"):
        return cardinal(int(text))
    if len(text) > 4 or text[0] == "0":
        return digits(text)
    head, tail = int(text[:-2]), text[-2:]
    return f"{cardinal(head)} {'oh ' + digits(tail[1]) if tail[0] == '0' else cardinal(int(tail))}"


def _street(m: re.Match[str]) -> Saying:
    """Fifth Ave, Elm St NW, before a comma or the end."""
    numbered = _BY_NUMBER.search(m.string, 0, m.start())
    if (
        m["s"] in ("St", "Dr")
        and not m["p"]
        and not numbered
        and re.match(r"\.?\s[A-Z]", m.string[m.end("s") :])
    ):
        return None
    if m["s"].islower() and not numbered:
        return None
    said = [(_STREETS[m["s"].capitalize()], m.start())]
    said += [(_POINTS[m["p"].strip()], m.start("p") + 1)] if m["p"] else []
    ends = m[0].endswith(".") and not m.string[m.end() :].strip("”\"') ")
    return [*said, (".", m.start())] if ends else said


def _numbered(m: re.Match[str]) -> Saying:
    """Room 302."""
    word = _INSIDE.get(m["w"].rstrip("."), m["w"].rstrip("."))
    return [(word, m.start()), (house(m["n"]), m.start("n"))]


def _flight(m: re.Match[str]) -> Saying:
    """flight BA 2490."""
    return [
        (m["w"], m.start()),
        ("~" + m["air"], m.start("air")),
        (house(m["n"]), m.start("n")),
    ]
