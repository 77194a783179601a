"""Chinese number words. Pure: digits in, characters out."""

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_SCALES = ("", "万", "亿", "万亿")


def digits(text: str, *, telephone: bool = False) -> str:
    """Digits one by one; on the telephone one is 幺, so that it isn't heard as seven."""
    said = "".join(_DIGITS[int(d)] for d in text if d.isdigit())
    return said.replace("一", "幺") if telephone else said


def cardinal(number: int) -> str:
    """105 as 一百零五, 20000 as 两万, 12 as 十二."""
    if number < 0:
        return "负" + cardinal(-number)
    if number >= 10**16:
        return digits(str(number))
    groups: list[str] = []
    rest, scale, gap = number, 0, False
    while rest:
        rest, group = divmod(rest, 10_000)
        if group:
            said = _below_ten_thousand(group)
            said = "两" if said == "二" and scale else said
            groups.append(said + _SCALES[scale] + ("零" if gap else ""))
        # A group of less than a thousand under a higher one is set off by a zero.
        gap = bool(groups) and group < 1000
        scale += 1
    said = "".join(reversed(groups)) or "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_ten_thousand(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        name = "两" if digit == 2 and place > 1 else _DIGITS[digit]
        said += ("零" if gap else "") + name + _PLACES[place]
        gap = False
    return said


def number(text: str, *, measured: bool = False) -> str:
    """A number as written, with sign and decimals. `measured`: a measure word follows (两个)."""
    sign = "负" if text[0] in "-−" else ""
    whole, dot, decimals = text.lstrip("+-−").replace(",", "").replace("，", "").partition(".")
    if len(whole) > 1 and whole[0] == "0" and not dot:
        return sign + digits(whole)
    if dot and decimals:
        return f"{sign}{cardinal(int(whole or 0))}点{digits(decimals)}"
    if measured and whole == "2":
        return sign + "两"
    return sign + cardinal(int(whole or 0))
