"""English readings of addresses: web, e-mail, telephone, handles, versions."""

import re

from berg.language.english.formulas import sayable
from berg.language.english.numbers import cardinal, digits, number, year
from berg.language.english.places import house
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
    whole = lambda m: _address(m[0]) or None  # noqa: E731
    return [
        rule(
            r"(?:https?://|ftp://|file:///?)(?P<rest>[^\s<>\"”)]*[^\s<>\"”).,;:!?])",
            lambda m: _address(m["rest"]) or None,
        ),
        rule(r"(?<![\w@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:/[\w/-]*\w)?", whole),
        rule(rf"(?<![\w@.])(?:www\.(?:[\w-]+\.)+[a-z]{{2,}}|{_HOST}(?!\.\w)){path}", whole),
        rule(rf"(?<![\w@.])(?P<name>{_NAMED}){path}", _named),
        rule(r"(?<!\w)@(?P<name>[^\W\d_]\w+)", lambda m: f"at {_address(m['name'])}"),
        rule(r"(?<!\w)#(?P<n>\d{1,18})(?!\w)", lambda m: f"number {number(m['n'])}"),
        rule(r"(?<!\w)#(?P<name>\w*[^\W\d]\w*)", lambda m: f"hashtag {_humped(m['name'])}"),
        rule(r"(?<=[1-9]\d\d\sor\s)(?P<n>[1-9]11|999|112|988)(?![\w,.-]\d|\w)", _or_call),
        rule(rf"(?P<call>{_CALL})(?P<n>[1-9]11|999|112|988|000|\d{{5,6}})(?![\w,.-]\d|\w)", _call),
        rule(
            r"(?<![\w.,$£€])911(?=\s(?:call|operator|dispatch|emergenc|line|number))",
            lambda m: digits(m[0]),
        ),
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
        elif part.isalnum():
            said.append(part if part.isascii() else sayable(part))
    return " ".join(said)


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


def _or_call(m: re.Match[str]) -> Saying:
    """Call 999 or 112: the second of two."""
    said = re.search(_CALL + r"\d{3} or $", m.string[: m.start()])
    return digits(m["n"]) if said else None


def _secret(m: re.Match[str]) -> Saying:
    """code 8042, PIN: 0412; not `order 250 cups`."""
    said: list[tuple[str, int]] = [(m["w"], m.start())]
    between = m["is"].strip(" :#").replace("no.", "number")
    counted = re.match(r"\s[a-z]", m.string[m.end() :])
    if counted and not between and "#" not in m["is"] and ":" not in m["is"]:
        return None
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
            said.append(part if part.isascii() else sayable(part))
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
