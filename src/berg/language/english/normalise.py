"""English as written to English as said, keeping which written word each spoken one is from.

Light and pure: regular expressions and tables, no lexicon. What is said stays spelled; whether
`FBI` is a word is the lexicon's to know.
"""

import re
from functools import lru_cache

from berg.language.english import (
    addresses,
    calendar,
    formulas,
    money,
    places,
    quantities,
    shortened,
)
from berg.language.english.numbers import digits
from berg.language.english.symbols import latin
from berg.language.scan import Rule, Saying, scan
from berg.language.wording import Token, Wording, tidy, wording

_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    rf"{_LETTER}[^\W\d_\u0300-\u036f]*(?:['’]{_LETTER}+|-(?={_LETTER}){_LETTER}+)*['’]?"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]+")
_GAP = re.compile(r" (?=[\w\"“(‘'$€£#@])")
_PLAIN_WORD = re.compile(
    r"(?<![\w@#./'’&-])(?!(?:code|pin|passcode|password|extension|ext|box|zip|serial|account|order|"
    r"postcode|hotline|tracking|confirmation|reference|ending|otp|etc|approx|ave|blvd|hwy|pkwy|cres|expy|rte|"
    r"trl|cir|ter)\b)[a-z]{3,}(?=,? [a-z])"
)
"""Nearly every word of a text: small letters before small letters, where no other rule begins."""
_CODE = re.compile(r"(?!\w+-\d*0['’]?s\b)[A-Za-z]+-?\d[\dA-Za-z]*(?:\.\d+)*|\d+[A-Za-z]\d\w*")
_WRITTEN = re.compile(r"\S+?(?:[—…]+|\.{3,}|--)(?=[^\W_])|\S+")
_MARKS = {
    ";": ";", ":": ":", ",": ",", ".": ".", "!": "!", "?": "?", "—": "—", "–": "—", "…": "…",
    "“": "“", "”": "”", "„": "“", "«": "“", "»": "”", "(": "(", ")": ")", "[": "(", "]": ")",
    "，": ",", "。": ".", "！": "!", "？": "?", "、": ",", "：": ":", "；": ";",
}  # fmt: skip
_SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "×": "times",
    "÷": "divided by",
    "≈": "about", "~": "about", "→": "to", "§": "section",
    "°": "degrees",
    "∞": "infinity", "$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₩": "won",
}  # fmt: skip

_PAUSES = frozenset(",.!?;:—…")


def normalise(text: str, *, british: bool = False) -> Wording:
    """A text's written words, and the tokens to say for them. The text is tidied first."""
    text = tidy(text)
    starts = [m.start() for m in _WRITTEN.finditer(text)]
    return wording(text, starts, less_punctuation(list(scan(text, _rules(british)))))


@lru_cache(maxsize=2)
def _rules(british: bool) -> tuple[Rule, ...]:
    return (
        (_GAP, lambda m: ""),
        (_PLAIN_WORD, lambda m: m[0]),
        (re.compile(r"(?<![\w.,])\d{13,}(?!\w)"), lambda m: digits(m[0])),
        *calendar.rules(british=british),
        *shortened.early(),
        *places.rules(),
        *addresses.rules(),
        *shortened.rules(),
        (_CODE, _code),
        *formulas.rules(),
        *money.rules(british=british),
        *quantities.rules(british=british),
        (re.compile(r"['‘’](?=(?:tis|twas|em|cause|til)\b)", re.I), lambda m: ""),
        (_HAN, lambda m: m[0]),
        (_WORD, _word),
        (re.compile(r"(?<=\w)#"), lambda m: "hash"),
        (re.compile(r"\.{2,}"), lambda m: "…"),
        (re.compile(r"(?<=\d\s)-(?=\s\d)"), lambda m: "to"),
        (re.compile(r"(?<=\s)--?(?=\s)|--+|(?<=\s)–(?=\s)"), lambda m: "—"),
        (re.compile(r'(?<!\S)"|(?<=[(\[—])"'), lambda m: "“"),
        (re.compile(r'"'), lambda m: "”"),
        (re.compile(r"/(?=\w)"), lambda m: ""),
        (re.compile(r"[" + re.escape("".join(_MARKS)) + "]"), lambda m: _MARKS[m[0]]),
        (re.compile(r"[" + re.escape("".join(_SIGNS)) + "]"), lambda m: _SIGNS[m[0]]),
        (re.compile(r"\d+"), _bare),
        (re.compile(r"[^\W_]+"), formulas.any_character),
    )


def _bare(m: re.Match[str]) -> Saying:
    """Figures that no rule took: 114...48."""
    return quantities.code_number(m[0]) if len(m[0]) < 4 else digits(m[0])


def _word(m: re.Match[str]) -> Saying:
    """A word of letters that English can say; of others, or with numerals in it, no word."""
    word = m[0].strip("-").rstrip("'’")
    if word.isascii():
        return word or None
    if _HAN.search(word):
        return " ".join(re.findall(rf"{_HAN.pattern}|[^\W]+", word))
    return word if latin(word) else formulas.sayable(word) or None


def _code(m: re.Match[str]) -> Saying:
    """MP3, B2B, COVID-19, H264, A4: letters by themselves, digits as a number."""
    said: list[str] = []
    for part in re.findall(r"[A-Za-z]+|\d+(?:\.\d+)*", m[0]):
        if "." in part:
            said.append(" point ".join(quantities.code_number(p) for p in part.split(".")))
        elif part.isdecimal():
            said.append(quantities.code_number(part))
        else:
            short = part.isupper() and len(part) < 4
            said.append("~" + part if short else part)
    return " ".join(said)


def less_punctuation(tokens: list[Token]) -> list[Token]:
    """One punctuation mark where several stand together, the stronger; none before the first word.

    Quotation marks and brackets are not counted: they open or close, they don't pause.
    """
    kept: list[Token] = []
    pause: int | None = -1
    for token in tokens:
        if token.kind != "punctuation":
            pause = None
        elif token.text in _PAUSES:
            if pause is None:
                pause = len(kept)
            else:
                if pause >= 0 and kept[pause].text not in ".!?…" and token.text in ".!?…":
                    kept[pause] = token
                continue
        kept.append(token)
    return kept
