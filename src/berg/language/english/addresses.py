"""English readings of addresses: web, e-mail, telephone, handles, versions."""

import re

from berg.language.english.numbers import cardinal, digits
from berg.language.scan import Rule, Saying, rule

_TLD = "com|org|net|edu|gov|io|ai|app|dev|co|uk|us|eu|de|fr|cn|jp|info|coffee|shop|store|me|tv|biz"
_HOST = rf"(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:{_TLD})\b"
_SPELLED = frozenset(
    ("www", "io", "uk", "us", "eu", "de", "fr", "cn", "jp", "tv", "ai", "html", "php", "pdf")
)
_SIGNS = {
    ".": "dot", "/": "slash", "-": "dash", "_": "underscore", "@": "at", "?": "question mark",
    "=": "equals", "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", ":": "colon",
}  # fmt: skip
_PART = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")


def rules() -> list[Rule]:
    """Rules for addresses."""
    path = r"(?:/[^\s<>\"”)]*[^\s<>\"”).,;:!?])?/?"
    whole = lambda m: _address(m[0])  # noqa: E731
    return [
        rule(
            r"(?:https?://|ftp://)(?P<rest>[^\s<>\"”)]*[^\s<>\"”).,;:!?])",
            lambda m: _address(m["rest"]),
        ),
        rule(rf"(?<![\w@])[\w.+-]+@{_HOST}", whole),
        rule(rf"(?<![\w@.])(?:www\.)?{_HOST}{path}", whole),
        rule(r"(?<!\w)@(?P<name>[A-Za-z]\w+)", lambda m: f"at {_address(m['name'])}"),
        rule(r"(?<!\w)#(?P<n>\d+)(?!\w)", lambda m: f"number {cardinal(int(m['n']))}"),
        rule(r"(?<!\w)#(?P<name>[A-Za-z]\w+)", lambda m: f"hashtag {_humped(m['name'])}"),
        rule(r"(?<![\w.])\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}(?!\w)", _telephone),
        rule(
            r"(?<![\w.])(?:\d-)?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\w-])", _telephone
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
        elif part.isdigit():
            said.append(cardinal(int(part)) if len(part) < 3 else digits(part))
        elif part.lower() in _SPELLED:
            said.append("~" + part.upper())
        elif part.isalpha():
            said.append(part)
    return " ".join(said)


def _humped(name: str) -> str:
    """CoffeeTime as coffee time."""
    return " ".join(re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)) or name


def _telephone(m: re.Match[str]) -> Saying:
    """Digits, with a breath between the groups, each of which keeps its own place."""
    said: list[tuple[str, int]] = [("plus", m.start())] if m[0].startswith("+") else []
    for group in re.finditer(r"\d+", m[0]):
        at = m.start() + group.start()
        said += [(",", at)] if group.start() > 1 else []
        said.append((digits(group[0]), at))
    return said


def _version(text: str) -> str:
    parts = text.split(".")
    return " point ".join(cardinal(int(p)) if len(p) < 4 else digits(p) for p in parts)
