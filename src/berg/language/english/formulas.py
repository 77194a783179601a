"""English formulae as written: powers, indices, relations, and code names such as C#."""

import re
import unicodedata

from berg.language.english.numbers import cardinal, digits, number, ordinal
from berg.language.english.symbols import latin, name_of, respelled
from berg.language.english.units import UNITS
from berg.language.scan import Rule, Saying, rule, says

_UP = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"
_DOWN = "₀₁₂₃₄₅₆₇₈₉"
_PLAIN = str.maketrans(_UP + _DOWN, "0123456789+-n0123456789")
_RELATIONS = {
    "≤": "less than or equal to", "≦": "less than or equal to", "≥": "greater than or equal to",
    "≧": "greater than or equal to", "≠": "not equal to", "=": "equals", "<": "less than",
    ">": "greater than", "±": "plus or minus", "≈": "about equal to", "≡": "identical to",
    "∝": "proportional to", "⊂": "subset of", "⊆": "subset of or equal to", "∈": "in",
    "⋈": "natural join", "∪": "union", "∩": "intersection", "÷": "divided by",
    "∕": "divided by", "→": "to",
}  # fmt: skip
_TIMES = "×∗∙⋅·"
_LOOSE = {
    "√": "square root of", "∑": "sum of", "Σ": "sigma", "∫": "integral of", "∂": "partial",
    "∆": "delta", "∞": "infinity", "∇": "nabla", "°": "degrees", "º": "degrees", "¢": "cents",
    "‰": "per mille", "™": "trademark", "®": "registered", "©": "copyright", "¶": "paragraph",
    "µ": "micro",
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True))


def rules() -> list[Rule]:
    """Rules for formulae and code names."""
    power = rf"\^\(?(?P<p>[-−+]?(?:\d+|[A-Za-z]))\)?|(?P<up>[{_UP}]+)"
    return [
        rule(r"(?<!\w)(?P<l>[A-GJ])#(?!\w)", lambda m: f"~{m['l']} sharp"),
        rule(r"(?<!\w)(?P<l>[A-Za-z]|[A-Za-z][\w]*?)\+\+(?!\w)", _plus_plus),
        rule(r"\b(?:NaCl|NaOH|HCl|KCl)\b", lambda m: "~" + m[0].upper()),
        rule(r"(?<!\w)\.NET\b", says("dot net")),
        rule(
            rf"(?<![\w.])(?P<n>\d+(?:\.\d+)?)(?:{power})"
            rf"(?:\s(?P<unit>{_UNIT})(?![\w/]))?",
            _power,
        ),
        rule(rf"(?<![A-Za-z])(?P<l>[A-Za-z]{{1,3}})(?:{power})", _power),
        rule(rf"(?<=[)\]])(?:{power})", _power),
        rule(rf"(?<![^\W\d_])(?=\w*[{_DOWN}])(?:[A-Za-z]{{1,3}}|\d|[{_DOWN}])+", _indexed),
        rule(rf"(?<=[\w)])\s?[{_TIMES}*]\s?(?=[\d(])", _times),
        rule(r"(?<=[\d\w)])[-−]\s?(?=[\d(][\d.]*\s?[=≠≤≥])|(?<=\d)\s?−\s?(?=\d)", says("minus")),
        rule(r"(?<=\s)[-−](?=\s[\w(]+\s=)", says("minus")),
        rule(r"</?[A-Za-z][\w-]*>", _tag),
        rule(rf"[{re.escape(''.join(_RELATIONS))}]", lambda m: _RELATIONS[m[0]]),
        rule(rf"[{re.escape(''.join(_LOOSE))}](?=\s?\w|\s|$|[,.;)])", lambda m: _LOOSE[m[0]]),
    ]


def _plus_plus(m: re.Match[str]) -> Saying:
    """C++, f++."""
    name = m["l"]
    return f"{'~' + name.upper() if len(name) < 3 else name} plus plus"


def _power(m: re.Match[str]) -> Saying:
    """10^6, 10²³, x², mc², (a+b)²."""
    groups = m.groupdict()
    base = ""
    if groups.get("n"):
        base = number(m["n"])
    elif groups.get("l"):
        base = " ".join("~" + c for c in m["l"])
    said = f"{base} {_exponent((m['p'] or m['up']).translate(_PLAIN))}"
    if groups.get("unit"):
        return [(said, m.start()), (UNITS[m["unit"]].many, m.start("unit"))]
    return said


def _exponent(text: str) -> str:
    size = text.lstrip("+-−")
    if not size.isdecimal():
        return f"to the {'minus ' if text[0] in '-−' else ''}{' '.join('~' + c for c in size)}"
    if len(size) > 6:
        return f"to the power {digits(size)}"
    if text[0] in "-−":
        return f"to the minus {cardinal(int(size))}"
    return {"2": "squared", "3": "cubed"}.get(text, f"to the {ordinal(int(size))}")


def _indexed(m: re.Match[str]) -> Saying:
    """H₂O, CO₂, H₀, x₁."""
    said: list[str] = []
    for part in re.findall(rf"[A-Za-z]|\d+|[{_DOWN}]+", m[0]):
        shown = part.translate(_PLAIN)
        if shown.isdecimal():
            said.append(cardinal(int(shown)) if len(shown) < 7 else digits(shown))
        else:
            said.append("~" + part.upper())
    return " ".join(said)


def _tag(m: re.Match[str]) -> Saying:
    """<p>: its name, without the angles."""
    name = m[0].strip("</>")
    return f"~{name.upper()}" if len(name) == 1 else name


def _times(m: re.Match[str]) -> Saying:
    """2*8, 3 × 10⁸."""
    return "asterisk" if m[0] == "*" else "times"


def any_character(m: re.Match[str]) -> Saying:
    """A run that no rule knows."""
    return sayable(m[0]) or None


def sayable(text: str) -> str:
    """Latin letters as they are, Greek and Cyrillic words respelled, the rest by its characters.

    Numerals are said by their value, letters of other scripts by their name.
    """
    if respelled(text):
        return respelled(text)
    said: list[str] = []
    run = ""
    for c in unicodedata.normalize("NFC", text):
        if c.isalpha() and latin(c):
            run += c
            continue
        said += [run] if run else []
        run = ""
        if c.isalnum():
            said.append(_value(c) or name_of(c))
    return " ".join([*said, run] if run else said)


def _value(character: str) -> str:
    value = unicodedata.numeric(character, None)
    if value is None:
        return ""
    if value == int(value) and 0 <= value < 1e15:
        return cardinal(int(value))
    for below in (2, 3, 4, 5, 6, 8, 9, 10):
        over = round(value * below)
        if abs(value * below - over) < 1e-6:
            return f"{cardinal(over)} over {cardinal(below)}"
    return number(f"{abs(value):.3f}")
