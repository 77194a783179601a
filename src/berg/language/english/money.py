"""English money as written: with signs, codes, scales, ranges, rates, and before a noun."""

import re

from berg.language.english.numbers import cardinal, number
from berg.language.english.units import MONEY, SCALES, per
from berg.language.scan import Rule, Saying, rule

FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"
SIGNS = {"+": "plus", "-": "minus", "−": "minus", "±": "plus or minus"}
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|bn|mn|tn|k|m|b|K|M|B)(?![\w]))?"
_CODES = ("USD", "EUR", "GBP", "RMB", "CNY", "JPY", "CHF", "CAD", "AUD", "NZD", "INR", "SEK", "NOK",
          "DKK", "HKD", "SGD", "KRW", "BTC", "PLN")  # fmt: skip
_PREFIXED = [c for c in MONEY if c not in _CODES and c not in ("¢", "p", "元", "CNH")]
ARTICLE_BEFORE = re.compile(
    r"(?:^|[\s(“\"])(?:[Aa]n?|[Aa]nother|[Ee]very|[Ee]ach|[Oo]ne|[Tt]heir first)[\s]$"
)
NOUN_AFTER = re.compile(
    r"[\s-](?!(?:a|an|and|or|per|off|in|on|of|for|to|from|at|by|each|every|more|less|fewer|with|than|"
    r"but|is|are|was|were|if|when|as|away|ago|later|long|wide|tall|high|deep|apart)\b)[a-z]{3,}"
)


def rules(*, british: bool) -> list[Rule]:
    """Rules for money."""
    say = _MoneySayer(british)
    per_ = r"(?P<per>(?:/(?:[A-Za-zΩμ][\w²³]*|sq ft))+)?"
    money = "|".join(re.escape(c) for c in sorted(_PREFIXED, key=len, reverse=True))
    codes = "|".join(re.escape(c) for c in _CODES)
    minus = r"(?:(?<![\w.])(?P<sign>[-−+±]))?"
    return [
        rule(
            rf"{minus}(?P<currency>{money})\s?(?P<sign2>[-−])?(?P<n>{FIGURES}){_SCALE}"
            rf"(?:(?P<dash>\s?[-–—]\s?|–)(?P<mark2>{money})?(?P<to>{FIGURES})(?!\w*[-/]\d))?"
            rf"(?(to){_SCALE.replace('scale', 'scale2')})(?P<plus>\+)?{per_}",
            say.money,
        ),
        rule(
            rf"{minus}(?:\b(?P<currency>{codes})\s?)(?P<n>{FIGURES}){_SCALE}{per_}(?![\w%])",
            say.money,
        ),
        rule(
            rf"(?<![\w.])(?P<sign>[-−+±])?(?P<n>{FIGURES}){_SCALE}\s?(?P<currency>[€£₽元]|{codes})(?!\w){per_}",
            say.money,
        ),
        rule(r"(?<![\w.])(?P<n>\d+)(?P<currency>p|¢)(?!\w)", say.small_money),
    ]


class _MoneySayer:
    """What the rules answer with, for one kind of English."""

    def __init__(self, british: bool) -> None:
        self._british = british

    def _number(self, text: str) -> str:
        return number(text, british=self._british)

    def money(self, m: re.Match[str]) -> Saying:
        """£3.50, -$40, $1.2 million, €5–10, $1.50/lb, a $5 bill."""
        groups = m.groupdict()
        one, many, cent = MONEY[m["currency"]]
        scale, to = groups.get("scale"), groups.get("to")
        rate = per(groups.get("per") or "")
        if groups.get("per") and not rate:
            return None
        if groups.get("mark2") and MONEY[m["mark2"]] != MONEY[m["currency"]]:
            return None
        said = [(self._sign_of(groups), m.start())]
        adjective = ARTICLE_BEFORE.search(m.string, 0, m.start()) and NOUN_AFTER.match(
            m.string, m.end()
        )
        if adjective and not rate:
            many, cent = one, ("", "") if cent else None
        if to:
            first = self._number(m["n"])
            if groups["mark2"]:
                first = self._price(m["n"], scale, one, many, cent)
            elif scale and scale != groups["scale2"]:
                first += f" {SCALES[scale]}"
            said += [(first, m.start()), ("to", m.start("dash"))]
            said += [(self._price(to, groups["scale2"], one, many, cent), m.start("to"))]
        elif scale:
            said += [
                (self._number(m["n"]), m.start()),
                (f"{SCALES[scale]} {many}", m.start("scale")),
            ]
        else:
            said.append((self._price(m["n"], None, one, many, cent), m.start()))
        said += [("plus", m.start("plus"))] if groups.get("plus") else []
        return [*said, (rate, m.start("per"))] if rate else said

    def _price(
        self, n: str, scale: str | None, one: str, many: str, cent: tuple[str, str] | None
    ) -> str:
        if scale:
            return f"{self._number(n)} {SCALES[scale]} {many}"
        whole, _, cents = n.replace(",", "").partition(".")
        cents = cents.rstrip("0")
        if len(cents) > 2 or (cents and cent is None):
            shown = f"{whole}.{cents}" if cents else whole
            return f"{self._number(shown)} {many}"
        if len(cents) < 2:
            cents += "0" * (2 - len(cents))
        small = int(cents)
        name = cent or ("", "")
        coin = f"{cardinal(small)} {name[0] if small == 1 else name[1]}"
        if not whole.strip("0"):
            return coin if small else f"zero {many}"
        amount = f"{self._number(whole)} {one if whole == '1' else many}"
        if small == 0:
            return amount
        return f"{amount} {cardinal(small)}" if small > 9 else f"{amount} and {coin}"

    @staticmethod
    def _sign_of(groups: dict[str, str | None]) -> str:
        sign = groups.get("sign") or groups.get("sign2") or ""
        return SIGNS.get(sign, "")

    def small_money(self, m: re.Match[str]) -> Saying:
        """50p, 99¢; 1080p is a picture."""
        if m["currency"] == "p" and int(m["n"]) > 99:
            return None
        name = ("penny", "pence") if m["currency"] == "p" else ("cent", "cents")
        return f"{self._number(m['n'])} {name[0] if m['n'] == '1' else name[1]}"
