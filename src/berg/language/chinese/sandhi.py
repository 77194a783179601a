"""How Mandarin tones change beside one another, and how 儿 melts into the syllable before it.

Rules as in any grammar (Duanmu 2007, ch. 11; Chao 1968): 不 rises before a fourth tone; 一 rises
before a fourth tone and falls before the others, but keeps its own when it counts; the first of
two third tones rises.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

_KEEPS_ER = frozenset(
    {
        "儿",
        "儿子",
        "儿童",
        "儿女",
        "女儿",
        "婴儿",
        "幼儿",
        "孤儿",
        "少儿",
        "胎儿",
        "健儿",
        "小儿",
        "生儿",
        "育儿",
    }
)
_COUNTING = frozenset("零一二两三四五六七八九十百千万亿点年月日第幺")
_POWERS = frozenset("百千万亿")
_ORDINAL_AFTER = frozenset("月日号楼班级")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One character as it is said."""

    han: str
    pinyin: str
    """With its tone digit."""
    word: int
    """Index of the token that it belongs to."""

    @property
    def tone(self) -> str:
        """1 to 5."""
        return self.pinyin[-1:]

    def toned(self, tone: str) -> "Syllable":
        """The same in another tone."""
        return replace(self, pinyin=self.pinyin[:-1] + tone)


def sandhi(phrase: Sequence[Syllable], *, is_word: Callable[[str], bool]) -> list[Syllable]:
    """The syllables of a phrase (no pause inside) in the tones in which they are said."""
    said = [_yi_bu(phrase, i) for i in range(len(phrase))]
    return _third_tones(said, is_word)


def _yi_bu(phrase: Sequence[Syllable], at: int) -> Syllable:
    here = phrase[at]
    if here.han not in "一不" or at + 1 == len(phrase):
        return here
    before = phrase[at - 1] if at else None
    after = phrase[at + 1]
    if here.han == "不":
        return here.toned("2" if after.tone == "4" else "4")
    if before and before.han == after.han and before.word == here.word:
        return here.toned("5")
    counts = before is not None and before.han in _COUNTING
    if (counts or after.han in _COUNTING) and after.han not in _POWERS:
        return here.toned("1")
    if after.han in _ORDINAL_AFTER or (before is not None and before.han == "第"):
        return here.toned("1")
    falls = after.tone in "123"
    return here.toned("4" if falls else "2")


def _third_tones(phrase: Sequence[Syllable], is_word: Callable[[str], bool]) -> list[Syllable]:
    """3-3 becomes 2-3: inside a word always, between words where one of them is short."""
    lengths = {s.word: sum(o.word == s.word for o in phrase) for s in phrase}
    said = list(phrase)
    for i in range(len(phrase) - 1):
        here, after = phrase[i], phrase[i + 1]
        if here.tone != "3" or after.tone != "3":
            continue
        if here.word != after.word:
            close = 1 in (lengths[here.word], lengths[after.word])
        else:
            close = not _one_and_two(phrase, i, lengths[here.word], is_word)
        if close:
            said[i] = here.toned("2")
    return said


def _one_and_two(
    phrase: Sequence[Syllable], at: int, length: int, is_word: Callable[[str], bool]
) -> bool:
    """Whether a word of three is one and a word of two (小老虎): its first keeps its tone."""
    if length != 3 or (at and phrase[at - 1].word == phrase[at].word):
        return False
    tail = "".join(s.han for s in phrase[at + 1 : at + 3])
    return len(tail) == 2 and is_word(tail)


def melts(word: str, at: int) -> bool:
    """Whether the character at `at` is a 儿 that only colours the syllable before it."""
    return (
        word[at] == "儿"
        and at > 0
        and at == len(word) - 1
        and word[-3:] not in _KEEPS_ER
        and (word[-2:] not in _KEEPS_ER)
    )
