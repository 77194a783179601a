"""English number words. Pure: integers and digits in, words out."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = (
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
)
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
LARGEST = 10**24 - 1
"""Beyond this, digits are said one by one."""


def cardinal(number: int, *, british: bool = False) -> str:
    """`one hundred five`, in Britain `one hundred and five`."""
    if number < 0:
        return f"minus {cardinal(-number, british=british)}"
    if number > LARGEST:
        return digits(str(number))
    if number < 1000:
        return _below_thousand(number, british)
    groups: list[str] = []
    scale = 0
    rest = number
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            small = british and scale == 0 and group < 100
            words = _below_thousand(group, british)
            groups.append(f"{'and ' if small else ''}{words} {_SCALES[scale]}".strip())
        scale += 1
    return " ".join(reversed(groups))


def _below_thousand(number: int, british: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest and hundreds and british:
        words.append("and")
    if rest or not hundreds:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def ordinal(number: int, *, british: bool = False) -> str:
    """`first`, `twenty-second`, `thirtieth`."""
    head, dash, last = _rpartition(cardinal(number, british=british))
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return head + dash + last


def _rpartition(words: str) -> tuple[str, str, str]:
    at = max(words.rfind(" "), words.rfind("-"))
    return (words[:at], words[at], words[at + 1 :]) if at >= 0 else ("", "", words)


def plural(words: str) -> str:
    """`sixes`, `twenties`: a number word, several times."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def digits(text: str, *, zero: str = "zero") -> str:
    """Digits one by one: phone numbers, codes, decimals."""
    return " ".join(zero if d == "0" else _ONES[int(d)] for d in text if d.isdecimal())


def year(number: int, *, british: bool = False) -> str:
    """`nineteen eighty-four`, `two thousand six`, `twenty twenty-six`, `nineteen hundred`."""
    century, rest = divmod(number, 100)
    if not 1000 <= number <= 2999 or (century % 10 == 0 and rest < 10):
        return cardinal(number, british=british)
    if rest == 0:
        return f"{_below_hundred(century)} hundred"
    tail = f"oh {_ONES[rest]}" if rest < 10 else _below_hundred(rest)
    return f"{_below_hundred(century)} {tail}"


def number(text: str, *, british: bool = False) -> str:
    """A number as written, `1,250`, `3.14`, `-5`, `.5`: with its sign and decimals."""
    sign = "minus " if text[0] in "-−" else ""
    whole, dot, decimals = text.lstrip("+-−").replace(",", "").partition(".")
    if len(whole) > 1 and whole[0] == "0" and not dot:
        return sign + digits(whole, zero="oh")
    if len(whole) > 24:
        said = digits(whole)
    else:
        said = cardinal(int(whole), british=british) if whole else ""
    if dot and decimals:
        said = f"{said} point {digits(decimals, zero='oh')}".strip()
    return sign + said


def singular(text: str) -> bool:
    """Whether what is counted stands in the singular."""
    return text in ("1", "-1", "−1")
