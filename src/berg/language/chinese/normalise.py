"""Chinese as written to Chinese as said, keeping which written word each spoken one is from.

English words inside are read by the English normaliser. Light and pure: how a run of characters
falls into words is handed in, since that takes a dictionary.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from berg.language.chinese.numbers import digits, number
from berg.language.chinese.quantities import rules as quantities
from berg.language.english import normalise as english
from berg.language.scan import Rule, Saying, scan
from berg.language.wording import Token, Wording, tidy, wording

Segmenter = Callable[[str], Iterable[str]]
"""Cuts a run of Chinese characters into words that joined give the run."""

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]+")
_LATIN_RUN = re.compile(
    r"(?:https?://)?[A-Za-z](?:[A-Za-z0-9]|[’'&.@/_+:%?=-](?=[A-Za-z0-9])|[ ](?=[A-Za-z]))*"
    r"|#(?=[A-Za-z])[A-Za-z0-9]+"
)
_MODEL = re.compile(
    r"(?<![A-Za-z0-9@./_-])(?P<letters>[A-Za-z]+(?:-[A-Za-z]+)*)(?P<n>\d+(?:\.\d+)*)"
    r"(?![A-Za-z0-9@/_]|\.[A-Za-z0-9]|-[A-Za-z0-9])"
)
"""A name that ends in a number: a model, a version, a flight."""
_MARKS = {
    "，": ",", "、": ",", ",": ",", "。": ".", "．": ".", ".": ".", "！": "!", "!": "!", "？": "?",
    "?": "?", "：": ":", ":": ":", "；": ";", ";": ";", "—": "—", "–": "—", "…": "…", "“": "“",
    "”": "”", "「": "“", "」": "”", "『": "“", "』": "”", "《": "“", "》": "”", "【": "“",
    "】": "”",
    "〈": "“", "〉": "”", "（": "(", "）": ")", "(": "(", ")": ")", "［": "(", "］": ")", "·": ",",
    "~": ",", "～": ",",
}  # fmt: skip
_SIGNS = {
    "&": "和", "＆": "和", "+": "加", "=": "等于", "＋": "加", "×": "乘", "@": "艾特",
    "%": "百分号", "÷": "除以", "≥": "大于等于", "≤": "小于等于", "≠": "不等于", "≈": "约等于",
    ">": "大于", "<": "小于", "±": "正负", "√": "根号", "°": "度", "№": "第", "＞": "大于",
    "＜": "小于", "＝": "等于",
}  # fmt: skip
_CLINGS_AFTER = frozenset("，。！？、；：）》」』】”’…—,.!?;:)]}%～~·〉")


def normalise(text: str, segment: Segmenter = lambda run: [run]) -> Wording:
    """A text's written words, and the tokens to say for them. The text is tidied first."""
    text = tidy(text)
    tokens = english.less_punctuation(list(scan(text, _rules(segment))))
    return wording(text, list(_starts(text, tokens)), tokens)


def _rules(segment: Segmenter) -> tuple[Rule, ...]:
    return (
        (_MODEL, _model),
        *quantities(),
        (_LATIN_RUN, _english),
        (_HAN_RUN, partial(_words, segment)),
        (re.compile(r"—+|-{2,}"), lambda m: "—"),
        (re.compile(r"…+|\.{2,}"), lambda m: "…"),
        (re.compile(r'(?<!\S)"|(?<=[，。：；！？、（])"'), lambda m: "“"),
        (re.compile(r'"'), lambda m: "”"),
        (re.compile("[" + re.escape("".join(_MARKS)) + "]"), lambda m: _MARKS[m[0]]),
        (re.compile("[" + re.escape("".join(_SIGNS)) + "]"), lambda m: _SIGNS[m[0]]),
    )


def _words(segment: Segmenter, m: re.Match[str]) -> Saying:
    at, said = m.start(), []
    for word in segment(m[0]):
        said.append((word, at))
        at += len(word)
    return said


def _model(m: re.Match[str]) -> Saying:
    """USB3.0 and PM2.5, the name as in English, its number as in Chinese; CA1234 in digits."""
    if m["letters"].lower() == "no":
        return None
    parts = m["n"].split(".")
    coded = m["letters"].isupper() and len(parts[0]) > 2
    said = digits(m["n"]) if coded else number(parts[0])
    rest = ["点" + (digits(p) if len(parts) == 2 else number(p)) for p in parts[1:]]
    return [*_said_in_english(m["letters"], m.start()), (said + "".join(rest), m.start("n"))]


def _english(m: re.Match[str]) -> Saying:
    """English inside Chinese, by the English rules."""
    return _said_in_english(m[0], m.start())


def _said_in_english(text: str, at: int) -> list[tuple[str, int]]:
    """What is said of it; each of its words keeps its own place."""
    inside = english.normalise(text)
    places: list[int] = []
    for word in inside.written:
        places.append(at)
        at += len(word.text) + word.space
    return [
        (f"~{token.text}" if token.kind == "letters" else token.text, places[token.at])
        for token in inside.tokens
    ]


def _starts(text: str, tokens: list[Token]) -> Iterator[int]:
    """Where written words begin: at what is said, but opening marks belong to what follows."""
    yield from sorted({0, *(_opening(text, t.at) for t in tokens if t.kind != "punctuation")})


def _opening(text: str, at: int) -> int:
    """The start of the opening marks right before an offset."""
    while (
        at
        and not text[at - 1].isalnum()
        and text[at - 1] not in _CLINGS_AFTER
        and text[at - 1] != " "
    ):
        at -= 1
    return at
