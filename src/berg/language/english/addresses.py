"""English readings of addresses: web, e-mail, telephone, handles, versions."""

import re

from berg.language.english.numbers import cardinal, digits, number, year
from berg.language.scan import Rule, Saying, rule

_TLD = "com|org|net|edu|gov|io|ai|app|dev|co|uk|us|eu|de|fr|cn|jp|info|coffee|shop|store|me|tv|biz"
_HOST = rf"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:{_TLD})\b"
_SPELLED = frozenset(
    [
        "www",
        "io",
        "uk",
        "us",
        "eu",
        "de",
        "fr",
        "cn",
        "jp",
        "tv",
        "ai",
        "html",
        "php",
        "pdf",
        "js",
        "ts",
        "jsx",
        "tsx",
        "css",
        "md",
        "py",
        "rs",
        "cpp",
        "hpp",
        "csv",
        "txt",
        "xml",
        "sql",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "svg",
        "mp",
        "mov",
        "avi",
        "zip",
        "exe",
        "cfg",
        "ini",
        "yml",
        "rtf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "ml",
        "ca",
        "au",
        "nz",
        "ie",
        "it",
        "es",
        "se",
        "dk",
        "fi",
        "pl",
        "ch",
        "http",
        "https",
        "ftp",
        "ssh",
        "api",
        "url",
        "id",
        "uk",
        "edu",
        "rb",
        "go",
        "sh",
        "db",
    ]
)
_SIGNS = {
    ".": "dot", "/": "slash", "-": "dash", "_": "underscore", "@": "at", "?": "question mark",
    "=": "equals", "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", ":": "colon",
}  # fmt: skip
_PART = re.compile(r"[^\W\d_]+|\d+|[^\s]")
_LABEL = r"[^\W_][\w-]+"
_NAMED = rf"(?:{_LABEL}\.)+[a-z][\w-]+"
"""Words joined by points, the last in small letters: a host, a file, a code name."""
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
_SOFTWARE = (
    r"(?:[Vv]ersion|[Rr]elease|Python|iOS|iPadOS|Android|macOS|Ubuntu|Debian|Node|Node\.js|Java|PHP|Ruby|Go|"
    r"Rust|Django|Linux|kernel|Kubernetes|Chrome|Firefox|Swift|Kotlin|Scala|Perl|React|Angular|Vue|build|"
    r"Blender|Unity|TypeScript|PostgreSQL|MySQL|Redis|Windows|GCC|CUDA|Docker|Terraform)"
)
_SECRET = (
    r"(?:[Cc]ode|[Pp]in|PIN|OTP|otp|[Pp]asscode|[Pp]assword|[Ee]xtension|[Ee]xt\.?|[Bb]ox|[Zz]ip|ZIP|[Ss]erial|"
    r"[Aa]ccount|[Oo]rder|[Pp]ostcode|[Hh]otline|[Tt]racking|[Cc]onfirmation|[Rr]eference|[Ee]nding)"
)
_CALL = (
    r"\b(?:[Dd]ial(?:led|ing|ling)?|DIAL|[Cc]all(?:ed|ing)?|CALL|[Rr]ing|[Pp]hone[ds]?|[Tt]ext)\s"
)


def rules() -> list[Rule]:
    """Rules for addresses."""
    path = r"(?:/[^\s<>\"”)]*[^\s<>\"”).,;:!?])?/?"
    whole = lambda m: _address(m[0])  # noqa: E731
    return [
        rule(
            r"(?:https?://|ftp://|file:///?)(?P<rest>[^\s<>\"”)]*[^\s<>\"”).,;:!?])",
            lambda m: _address(m["rest"]),
        ),
        rule(r"(?<![\w@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:/[\w/-]*\w)?", whole),
        rule(rf"(?<![\w@.])(?:www\.(?:[\w-]+\.)+[a-z]{{2,}}|{_HOST}(?!\.\w)){path}", whole),
        rule(rf"(?<![\w@.])(?P<name>{_NAMED}){path}", _named),
        rule(r"(?<!\w)@(?P<name>[^\W\d_]\w+)", lambda m: f"at {_address(m['name'])}"),
        rule(r"(?<!\w)#(?P<n>\d{1,18})(?!\w)", lambda m: f"number {number(m['n'])}"),
        rule(r"(?<!\w)#(?P<name>\w*[^\W\d]\w*)", lambda m: f"hashtag {_humped(m['name'])}"),
        rule(r"(?<=[1-9]\d\d\sor\s)(?P<n>[1-9]11|999|112|988)(?![\w,.-]\d|\w)", _or_call),
        rule(r"\b(?P<w>[Ff]light)\s(?P<air>[A-Z]{2})\s?(?P<n>\d{2,4})(?!\w)", _flight),
        rule(rf"\b(?P<p>[NSEW])\.?(?=\s\d+(?:st|nd|rd|th)\s{_WAY})", lambda m: _POINTS[m["p"]]),
        rule(rf"(?P<call>{_CALL})(?P<n>[1-9]11|999|112|988|000|\d{{5,6}})(?![\w,.-]\d|\w)", _call),
        rule(
            r"(?<![\w.,$£€])911(?=\s(?:call|operator|dispatch|emergenc|line|number))",
            lambda m: digits(m[0]),
        ),
        rule(
            rf"\b(?P<state>{_STATE})(?P<comma>,)?\s(?P<zip>\d{{5}})(?:-(?P<four>\d{{4}}))?(?![\w-])",
            _zip,
        ),
        rule(
            rf"(?<=[a-z],\s)(?P<state>{_STATE})(?=[\s.,;!?)]|$)(?!\s[a-z]*[A-Z]{{2}})",
            lambda m: _STATES[m["state"]],
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
        rule(
            rf"\b(?P<w>{_SECRET})(?P<is>:?\s(?:is\s|in\s|number\s|no\.\s|#)?)(?P<n>\d{{3,12}})(?![\w,.-]\d|\w)",
            _secret,
        ),
        rule(rf"\b(?P<w>{_SOFTWARE})\s(?P<n>\d+(?:\.\d+)+)(?!\w|\.\d)", _software),
        rule(
            r"(?<![\w.])(?P<head>1-)?(?P<n>8\d\d)-(?P<word>[A-Z]{4,10}|[A-Z]+-[A-Z]+)(?![\w-])",
            _vanity,
        ),
        rule(r"(?<![\w.])\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}(?!\w)", _telephone),
        rule(
            r"(?<![\w.])(?:\d-)?(?:\(\d{3}\)[\s-]?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?:-\d{1,4})?(?![\w-])",
            _telephone,
        ),
        rule(r"(?<![\w.])0\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?(?![\w-])", _telephone),
        rule(r"(?<![\w.])\d{3}-\d{4}(?![\w-])", _telephone),
        rule(
            r"(?<![\w.])(?P<word>[Vv]ersion )?[vV](?P<n>\d+(?:\.\d+)*)(?!\w)",
            lambda m: f"version {_version(m['n'])}",
        ),
        rule(r"(?<![\w.])\d+(?:\.\d+){2,3}(?!\w|\.\d)", lambda m: _version(m[0])),
    ]


def _address(text: str) -> str:
    """Parts of an address: words as words, short country and protocol names spelled."""
    said: list[str] = []
    for part in _PART.findall(text.rstrip("/")):
        if part in _SIGNS:
            said.append(_SIGNS[part])
        elif part.isdecimal():
            said.append(code(part) if len(part) < 3 else digits(part))
        elif part.lower() in _SPELLED or _no_vowel(part):
            said.append("~" + part.upper())
        elif part.isalpha():
            said.append(part)
    return " ".join(said)


_BY_NUMBER = re.compile(r"(?<![\w,])\d+[A-Z]?\s(?:[NSEW]{1,2}\.?\s)?(?:[A-Z\d]\w+\s){1,3}$")
_INSIDE = {"Apt": "Apartment", "Ste": "Suite", "Bldg": "Building", "Fl": "Floor"}


def _named(m: re.Match[str]) -> Saying:
    """tidewater.example, Node.js, report.pdf; not a full stop that lacks its space."""
    text = m[0]
    labels = m["name"].split(".")
    if all(label.isdecimal() for label in labels) or re.match(r"\d[\d,]*\.\d", text):
        return None
    return _address(text)


def _call(m: re.Match[str]) -> Saying:
    """Dial 911."""
    return [(m["call"].strip(), m.start()), (digits(m["n"]), m.start("n"))]


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


def _or_call(m: re.Match[str]) -> Saying:
    """Call 999 or 112: the second of two."""
    said = re.search(_CALL + r"\d{3} or $", m.string[: m.start()])
    return digits(m["n"]) if said else None


def _flight(m: re.Match[str]) -> Saying:
    """flight BA 2490."""
    return [
        (m["w"], m.start()),
        ("~" + m["air"], m.start("air")),
        (house(m["n"]), m.start("n")),
    ]


def _secret(m: re.Match[str]) -> Saying:
    """code 8042, PIN: 0412; an order of 250 cups has its `of`, so is none."""
    said: list[tuple[str, int]] = [(m["w"], m.start())]
    between = m["is"].strip(" :#").replace("no.", "number")
    said += [(between, m.start("is") + 1)] if between else []
    return [*said, (digits(m["n"]), m.start("n"))]


def _software(m: re.Match[str]) -> Saying:
    """Version 2.10, Python 3.12: two point ten, three point twelve."""
    word = _address(m["w"]) if "." in m["w"] else m["w"]
    return [(word, m.start()), (_version(m["n"]), m.start("n"))]


def _vanity(m: re.Match[str]) -> Saying:
    """1-800-FLOWERS."""
    said = [("one", m.start())] if m["head"] else []
    words = m["word"].replace("-", " ").lower()
    return [*said, (house(m["n"]), m.start("n")), (words, m.start("word"))]


def _humped(name: str) -> str:
    """CoffeeTime2026 as coffee time twenty twenty-six."""
    said = []
    for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_]+", name):
        if part.isdecimal():
            said.append(year(int(part)) if len(part) == 4 and part[0] in "12" else code(part))
        else:
            said.append(part)
    return " ".join(said) or name


def code(text: str) -> str:
    """A run of digits in a name: as a number up to four, one by one beyond."""
    return cardinal(int(text)) if len(text) < 4 and text[0] != "0" else digits(text)


def _telephone(m: re.Match[str]) -> Saying:
    """Digits, with a breath between the groups, each of which keeps its own place."""
    said: list[tuple[str, int]] = [("plus", m.start())] if m[0].startswith("+") else []
    for group in re.finditer(r"\d+", m[0]):
        at = m.start() + group.start()
        said += [(",", at)] if group.start() > 1 else []
        said.append((digits(group[0]), at))
    return said


def _no_vowel(part: str) -> bool:
    return (
        part.isascii()
        and part.isalpha()
        and len(part) < 5
        and not set(part.lower()) & set("aeiouy")
    )


def _version(text: str) -> str:
    parts = text.split(".")
    return " point ".join(cardinal(int(p)) if len(p) < 4 else digits(p) for p in parts)
