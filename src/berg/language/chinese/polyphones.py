"""Characters with several readings that stand alone, settled by their neighbours.

Inside words pypinyin's phrase dictionary settles them; alone it answers with the commonest.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from berg.language.chinese.sandhi import Syllable

_ALONE = {
    "得": "de5", "着": "zhe5", "了": "le5", "还": "hai2", "都": "dou1", "为": "wei4",
    "行": "xing2", "重": "zhong4", "长": "chang2", "种": "zhong3", "更": "geng4", "当": "dang1",
    "应": "ying1", "只": "zhi3", "地": "di4", "倒": "dao4", "和": "he2", "与": "yu3",
    "把": "ba3", "给": "gei3", "磨": "mo2", "冲": "chong1", "喝": "he1", "泡": "pao4",
    "间": "jian1", "处": "chu4", "好": "hao3", "少": "shao3", "看": "kan4", "教": "jiao1",
    "空": "kong1", "干": "gan1", "分": "fen1", "中": "zhong1", "过": "guo4", "的": "de5",
    "吧": "ba5", "吗": "ma5", "呢": "ne5", "啊": "a5", "们": "men5", "便": "bian4",
    "调": "tiao2", "数": "shu3", "转": "zhuan3", "背": "bei4", "量": "liang4", "弹": "tan2",
}  # fmt: skip
_COUNTS = frozenset("一二两三四五六七八九十百千万几这那每半")


def settle(phrase: Sequence[Syllable], *, is_word: Callable[[str], bool]) -> list[Syllable]:
    """The phrase with the readings that its neighbours call for.

    `is_word` knows the dictionary: 值得 is a word of its own, 聊得 is 聊 and the particle 得.
    """
    return [_settled(phrase, i, is_word) for i in range(len(phrase))]


def _settled(phrase: Sequence[Syllable], at: int, is_word: Callable[[str], bool]) -> Syllable:
    here = phrase[at]
    before = phrase[at - 1] if at else None
    after = phrase[at + 1] if at + 1 < len(phrase) else None
    if here.han == "只" and before is not None and before.han in _COUNTS:
        return replace(here, pinyin="zhi1")
    if any(s is not None and s.word == here.word for s in (before, after)):
        made = here.han == "得" and before is not None and not is_word(before.han + here.han)
        return replace(here, pinyin="de5") if made else here
    if here.han == "地" and after is not None and _long(phrase, before):
        return replace(here, pinyin="de5")
    if here.han in _ALONE:
        return replace(here, pinyin=_ALONE[here.han])
    return here


def _long(phrase: Sequence[Syllable], syllable: Syllable | None) -> bool:
    """Whether a word of two or more stands there: 慢慢 地 走."""
    return syllable is not None and sum(s.word == syllable.word for s in phrase) > 1
