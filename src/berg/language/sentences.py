"""Where sentences end, in English and Chinese, mixed as they may be. Pure; no dictionary.

Wrong guesses cost little here (a cut too many or too few), so the rules stay few and explainable.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from berg.language.bag import bag

ALWAYS_GO_ON = bag(
    """
    mr mrs ms mx dr prof rev hon gen col maj capt lt sgt cmdr gov sen rep pres st mt ft messrs
    e.g eg i.e ie cf vs v viz al approx ca c.f esp incl resp ph
    """
)
"""Titles and words that always lead on to another."""

BEFORE_NUMBER = bag(
    """
    no nos fig figs vol vols ch sec art p pp pt eq ex nr op ver v jan feb mar apr jun jul aug
    sep sept oct nov dec tel ext
    """
)
"""Abbreviations only when a number follows: `No. 5`, but also `No. We roast.`"""

TIMES = frozenset(("a.m", "p.m", "am", "pm"))
"""End a sentence unless a day or a number follows."""

DAYS = bag(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun EST EDT
    CST CDT MST MDT PST PDT GMT UTC CET CEST ET PT
    """
)
"""What may follow a time of day in the same sentence."""

MAY_END = bag(
    """
    inc ltd co corp llc bros jr sr esq etc ave rd blvd dept est assn univ mfg ph.d m.d b.a m.a
    oz lb lbs ft in hr hrs min sec
    """
)
"""End a sentence only if a word follows that begins one: `Acme Inc. The …`, `Acme Inc. Press`."""

STARTERS = bag(
    """
    The A An It Its It's We We're Our He She They Their This That These Those There Here But And
    Or So Yet In On At For From With Without By To As If When While After Before Since Then Now
    Today Tomorrow Yesterday You Your My I I'm What Who Why How Where Every Each All Some Most
    Many No Not Nothing Only Just Come Order Visit Call Find Taste Try See Let Let's Meanwhile
    However Still Even Once
    """
)
"""Words with which sentences like to begin."""

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Character ranges, for a regular expression, of scripts written without spaces."""
_WIDE = CJK + "\u3000-\u303f\uff00-\uffef"
_CLOSERS = "\"'”’»)\\]}）】」』》〉"
_OPENERS = "\"'“‘«(\\[{（【「『《〈"

_END = re.compile(rf"(?:[.!?…]+|[。！？；｡…!?]+)[{_CLOSERS}]*")
_BULLET = re.compile(r"\s*(?:[-*•·–—]\s|\d{1,2}[.)、]\s?\D)")
_CLAUSE = re.compile(rf"(?:[,;:][{_CLOSERS}]*\s|\s[–—-]\s|[，；：、—]+[{_CLOSERS}]*)")
_SAID = re.compile(
    r"[^，。！？；：]{0,5}(?:[说问喊叫答想写]道?|[笑喊叫]道)[着了]?(?:[，。！？：]|$)"
)
_WORD = re.compile(r"[^\W_]")
_LOOK = 80
"""Characters before and after a stop that decide what it is; keeps the whole linear."""
_LATIN_WORD = re.compile(rf"[{_OPENERS}\s]*([^\W\d_][\w'’.-]*)")


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs (parted by blank lines), each as its non-blank lines, white space collapsed."""
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        tidy = " ".join(line.split())
        if tidy:
            found[-1].append(tidy)
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def sentences(lines: Sequence[str]) -> list[str]:
    """The sentences of one paragraph. Line breaks are white space, except before a bullet."""
    units: list[str] = []
    for line in lines:
        if units and not _BULLET.match(line):
            units[-1] = join(units[-1], line)
        else:
            units.append(line)
    return [sentence for unit in units for sentence in _split(unit)]


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    ends = [match.end() for match in _END.finditer(line)]
    return bool(ends) and ends[-1] == len(line)


def join(first: str, second: str) -> str:
    """Two pieces of running text as one: a space between, unless Chinese meets there."""
    wide = re.compile(rf"[{_WIDE}]")
    tight = wide.match(first[-1:]) or wide.match(second[:1])
    return f"{first}{second}" if tight else f"{first} {second}"


def clauses(sentence: str, count: int) -> list[str] | None:
    """The sentence in `count` pieces of similar length, cut after commas and the like; None if it
    has too few of them.
    """
    cuts = [m.end() for m in _CLAUSE.finditer(sentence) if 0 < m.end() < len(sentence)]
    if len(cuts) < count - 1:
        return None
    chosen: list[int] = []
    for part in range(1, count):
        room = cuts[len(chosen) : len(cuts) - (count - 1 - part)]
        free = [cut for cut in room if not chosen or cut > chosen[-1]]
        aim = len(sentence) * part // count
        chosen.append(min(free, key=lambda cut: (abs(cut - aim), cut)))
    edges = [0, *chosen, len(sentence)]
    return [sentence[a:b].strip() for a, b in pairwise(edges)]


def _split(unit: str) -> list[str]:
    found: list[str] = []
    start, word = 0, _WORD.search(unit)
    for match in _END.finditer(unit):
        end = match.end()
        if end == len(unit) or word is None or word.start() >= match.start():
            continue
        if _is_end(unit, start, match):
            found.append(unit[start:end].strip())
            start, word = end, _WORD.search(unit, end)
    rest = unit[start:].strip()
    return [*found, rest] if rest else found


def _is_end(unit: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop inside a unit ends the sentence that began at `start`."""
    stop, after = match.group(), unit[match.end() : match.end() + _LOOK]
    wide = re.match(rf"[{_WIDE}]", after)
    if re.match(r"\s*[,，、:：;)）]", after) or (wide and stop[-1] == '"' and _opens(unit, match)):
        return False
    if stop[-1] in "\"'”’」』" and re.match(rf"\s*[{CJK}]", after) and _SAID.match(after.lstrip()):
        return False
    if stop[0] in "。！？；｡":
        return True
    if not after[0].isspace() and not wide:
        return False
    if _starts_small(after):
        return False
    if stop[0] != "." or stop.startswith(".."):
        return True
    return _full_stop(unit[max(start, match.start() - _LOOK) : match.start()], after)


def _opens(unit: str, match: re.Match[str]) -> bool:
    return unit.count('"', 0, match.end()) % 2 == 1


def _starts_small(after: str) -> bool:
    letter = re.match(rf"[\s{_OPENERS}]*(\w)", after)
    return bool(letter) and letter is not None and letter[1].islower()


def _full_stop(before: str, after: str) -> bool:
    """Whether a single stop between two texts ends a sentence, or belongs to an abbreviation."""
    words = before.split()
    token = words[-1].lstrip("\"'“‘«([{（") if words else ""
    name, following = token.casefold(), _LATIN_WORD.match(after)
    next_word = following[1].rstrip(".") if following else ""
    digit = re.match(r"\s*[#$€£]?\d", after) is not None
    if name in ALWAYS_GO_ON or (name in BEFORE_NUMBER and digit):
        return False
    if len(words) == 1 and re.fullmatch(r"\d{1,2}", token):
        return False
    if name in TIMES:
        return next_word not in DAYS and not digit
    if name in MAY_END or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", token):
        return next_word in STARTERS
    if re.fullmatch(r"[A-Z]", token):
        return next_word in STARTERS or (token == "I" and len(words) > 1)
    return True
