"""What a text claims that others do not bear out: numbers, dates, prices, ranks, names, words.

A headline may say what the brief says, in other words; it may add none of these. English is the
stricter: any word that is neither in the brief nor plain is refused, so that no material, place or
property slips in. Chinese is held to numbers, dates, prices, ranks and foreign names: its words
are not told apart here. The words that claim something are tables, below. No rule of reading: two
true words can make a false sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from berg.language.bag import bag
from berg.language.plain import STEMS
from berg.language.words import stem

_COUNTED = {
    0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven",
    8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve dozen", 13: "thirteen",
    14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
    20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
    90: "ninety", 100: "hundred", 1000: "thousand", 1000000: "million", 1000000000: "billion",
}  # fmt: skip
VALUES = {word: value for value, words in _COUNTED.items() for word in words.split()}
"""English number words and what they count."""
ORDERS = bag(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth once twice thrice double triple
    half quarter dozens hundreds thousands millions billions
    """
)
DATES = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays january february april june july august september october november
    december weekend weekends weekday today tomorrow tonight yesterday spring summer autumn winter
    christmas easter halloween thanksgiving valentine week weeks month months year years hour hours
    minute minutes seconds century decade days nightly weekly monthly daily noon midnight since
    o'clock
    """
)
"""Words of the calendar and the clock. `may` and `march` count only with a capital."""
MONTHS_TOO = bag("may march mon tue wed thu fri sat sun jan feb apr jun jul aug sep sept oct nov")
PRICES = bag(
    """
    dollar dollars euro euros pound pounds penny pence cent cents yen yuan usd eur gbp cny rmb price
    prices priced pricing free cheap cheaper cheapest cost costs sale sales off discount discounts
    offer offers deal deals bargain save saves saving savings refund coupon voucher affordable
    interest percent pay pays paid
    """
)
RANKS = bag(
    """
    best most top finest greatest leading unbeatable ultimate perfect perfectly guaranteed guarantee
    guarantees promise promises proven certified award winning exclusive unique original authentic
    instant instantly forever always never only all none nothing nobody no without official
    premium luxury superior world-class favourite favorite famous trusted safe safest safely
    risk organic natural naturally sustainable green eco vegan healthy health healthier heals cure
    cures clinically pure purest real genuine handmade handcrafted homemade local fresh freshest
    artisan ethical unlimited unmatched unrivalled incomparable number-one
    """
)
"""Ranks, guarantees and proofs."""
NOT_RANKS = bag(
    """
    rest nest west east forest guest honest harvest interest test request invest quest chest crest
    modest protest contest suggest digest tempest arrest vest pest zest fest lest breast dearest
    everest
    """
)
"""Words on -est that are no superlatives."""

CHINESE_DATES = bag(
    """
    今天 明天 昨天 今晚 明晚 后天 周末 周一 周二 周三 周四 周五 周六 周日 星期 礼拜 今年 明年 去年
    本周 本月 元旦 春节 除夕 元宵 清明 端午 七夕 中秋 国庆 重阳 圣诞 双十一 情人节 母亲节 父亲节
    春季 夏季 秋季 冬季 春天 夏天 秋天 冬天 百年 千年 老字号
    """
)
CHINESE_PRICES = bag(
    """
    元 块钱 免费 优惠 特价 打折 折扣 降价 便宜 省钱 满减 半价 促销 赠 价 折 红包 返现 秒杀 包邮 划算
    """
)
CHINESE_RANKS = bag(
    """
    最 第一 唯一 顶级 极致 极品 绝对 保证 永久 永远 独家 首个 首家 首选 国家级 世界级 全球 全国 全网
    冠军 王牌 史上 史无前例 万能 根治 治愈 无敌 完美 正宗 纯天然 天然 有机 健康 安全 专利 认证 权威
    领先 金奖 百分百 零风险 无添加 不含 特效 疗效 驰名 免检
    """
)
"""Absolute terms (article 9 of China's Advertising Law forbids the highest of them), guarantees,
proofs and cures."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_LATIN = re.compile(r"[A-Za-z]+")
_ENDINGS = re.compile(r"['’](s|re|ve|ll|d|m|t)$")
_CURRENCY = "$€£¥￥₩₹₽฿"
_MARKS = re.compile(r"[%‰％]")
_NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿半几数]+")
_OPENING = re.compile(r"(?:^|[.!?…:]\s+)\W*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the brief says, taken apart once."""

    text: str
    """Folded: all of it."""
    words: frozenset[str]
    """Folded, as they stand."""
    stems: frozenset[str]
    values: frozenset[str]
    """Numbers, as plain digits: `two`, `2` and `2.0` are the same."""
    latin: frozenset[str]
    """Runs of Latin letters, which in Chinese stand without spaces."""
    numerals: frozenset[str]
    """Runs of Chinese numerals."""


def said_in(texts: Iterable[str]) -> Said:
    """What these texts say."""
    whole = "\n".join(texts).casefold()
    words = frozenset(words_of(whole))
    return Said(
        text=whole,
        words=words,
        stems=frozenset(map(stem, words)) | frozenset(stem(p) for w in words for p in w.split("-")),
        values=frozenset(_values(whole)),
        latin=frozenset(_LATIN.findall(whole)),
        numerals=frozenset(_NUMERALS.findall(whole)),
    )


def words_of(text: str) -> list[str]:
    """A text's words, folded, without endings such as 's."""
    return [_bare(word) for word in _WORD.findall(text)]


def unfounded(text: str, said: Said, *, language: str) -> str | None:
    """What a text claims and `said` does not: one word for the kind of it, or None."""
    if any(sign in text and sign not in said.text for sign in _CURRENCY):
        return "price"
    if _MARKS.search(text) and not _MARKS.search(said.text):
        return "percentage"
    if not frozenset(_digits(text)) <= said.values:
        return "number"
    return _chinese(text, said) if language == "zh" else _english(text, said)


def _english(text: str, said: Said) -> str | None:
    for found in _WORD.finditer(text):
        word = _bare(found[0])
        if word in said.words:
            continue
        kind = _kind(word, found[0], opens=bool(_OPENING.search(text[: found.start()])))
        if kind == "number" and word in VALUES and str(VALUES[word]) in said.values:
            continue
        if kind:
            return kind
        parts = {stem(part) for part in word.split("-")}
        if not parts <= STEMS | said.stems:
            return "word"
    return None


def _kind(word: str, written: str, *, opens: bool) -> str | None:
    """What kind of claim a word that the brief does not have makes by itself."""
    capital = written[0].isupper()
    if word in VALUES or word in ORDERS:
        return "number"
    if word in DATES or (word in MONTHS_TOO and capital and not opens):
        return "date"
    if word in PRICES:
        return "price"
    if word in RANKS or (word.endswith("est") and len(word) > 4 and word not in NOT_RANKS):
        return "superlative"
    return "name" if capital and not opens and written != "I" else None


def _chinese(text: str, said: Said) -> str | None:
    tables = {"date": CHINESE_DATES, "price": CHINESE_PRICES, "superlative": CHINESE_RANKS}
    for kind, table in tables.items():
        if any(term in text and term not in said.text for term in table):
            return kind
    for run in _NUMERALS.findall(text):
        if run != "一" and run not in said.numerals:
            return "number"
    if any(word not in said.latin for word in _LATIN.findall(text.casefold())):
        return "name"
    return None


def _bare(word: str) -> str:
    return _ENDINGS.sub("", word.casefold())


def _digits(text: str) -> list[str]:
    return [_plain(run) for run in _DIGITS.findall(text)]


def _values(text: str) -> list[str]:
    return [*_digits(text), *(str(VALUES[w]) for w in words_of(text) if w in VALUES)]


def _plain(run: str) -> str:
    """`02` and `2.0` are 2; `1,000` is 1000; a time stays as it is. Digits of any script."""
    digits = "".join(str(int(c)) if c.isdigit() and c.isdecimal() else c for c in run)
    digits = re.sub(r",(?=\d{3}\b)", "", digits)
    if re.fullmatch(r"\d+\.0+", digits):
        digits = digits.split(".")[0]
    return digits.lstrip("0") or "0" if digits.isdecimal() else digits
