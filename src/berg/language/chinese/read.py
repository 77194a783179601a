"""The Chinese reader: text to Kokoro's symbols, with English words read by the English reader.

Inside words pypinyin's phrase dictionary settles which of several readings a character has. One
that stands alone is settled here, by its neighbours; pypinyin answers with the commonest.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from berg.language.chinese.normalise import normalise
from berg.language.chinese.phrases import simplified
from berg.language.chinese.pinyin import has_han, syllables, symbols_of
from berg.language.chinese.sandhi import Syllable, melts, sandhi
from berg.language.chinese.segment import is_word, segment
from berg.language.english.read import EnglishReader
from berg.language.phones import Phone, Reading, phones, punctuation
from berg.language.wording import Token

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
_SURNAMES = {
    "曾": "zeng1", "任": "ren2", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1",
    "盖": "ge3", "区": "ou1", "朴": "piao2", "宁": "ning4", "华": "hua4", "燕": "yan1",
    "乐": "yue4", "翟": "zhai2", "缪": "miao4", "冼": "xian3", "尹": "yin3", "覃": "qin2",
    "纪": "ji3", "葛": "ge3", "万": "wan4", "员": "yun4", "洗": "xian3", "种": "chong2",
}  # fmt: skip
_TITLES = (
    *("先生", "女士", "老师", "小姐", "总", "经理", "医生", "教授", "同学", "师傅", "主任", "博士"),
    *("律师", "局长", "校长", "老板", "太太", "阿姨", "叔叔", "导演", "教练", "队长", "某", "氏"),
)
"""What follows a surname."""
_VERBS = {"还": "huan2", "得": "dei3", "数": "shu3", "量": "liang2", "长": "zhang3"}
"""Readings of these as verbs."""
_RETURNED = frozenset("钱书款债贷给清")
_MUST = frozenset("你我他她它们咱您谁须总都可也就还")
_GOT = frozenset("到了奖分出知票")
_HOW = frozenset("很太多最更真挺够好这那不全")
_COUNTS = frozenset("一二两三四五六七八九十百千万几这那每半")

_OPENING = frozenset("(“")


def settle(phrase: Sequence[Syllable], *, is_word: Callable[[str], bool]) -> list[Syllable]:
    """The phrase with the readings that its neighbours call for.

    `is_word` knows the dictionary: 值得 is a word of its own, 聊得 is 聊 and the particle 得.
    """
    return [_settled(phrase, i, is_word) for i in range(len(phrase))]


def _settled(phrase: Sequence[Syllable], at: int, is_word: Callable[[str], bool]) -> Syllable:
    here = phrase[at]
    han = simplified(here.han)
    before = phrase[at - 1] if at else None
    after = phrase[at + 1] if at + 1 < len(phrase) else None
    if han in _SURNAMES and _names(phrase, at, is_word):
        return replace(here, pinyin=_SURNAMES[han])
    if (verb := _as_verb(phrase, at)) is not None:
        return replace(here, pinyin=verb)
    if han == "只" and before is not None and before.han in _COUNTS:
        return replace(here, pinyin="zhi1")
    if any(s is not None and s.word == here.word for s in (before, after)):
        made = han == "得" and before is not None and not is_word(before.han + han)
        return replace(here, pinyin="de5") if made else here
    if han == "地" and after is not None and _long(phrase, before):
        return replace(here, pinyin="de5")
    if han in _ALONE:
        return replace(here, pinyin=_ALONE[han])
    return here


def _names(phrase: Sequence[Syllable], at: int, is_word: Callable[[str], bool]) -> bool:
    """Whether a surname stands there: before a title, after 姓, or first in an unknown name."""
    here = phrase[at]
    if at and simplified(phrase[at - 1].han) == "姓":
        return True
    rest = "".join(simplified(s.han) for s in phrase[at + 1 : at + 3])
    word = "".join(s.han for s in phrase if s.word == here.word)
    if rest.startswith(_TITLES):
        return at == 0 or phrase[at - 1].word != here.word
    return word[0] == here.han and 2 <= len(word) <= 3 and not is_word(word)


def _as_verb(phrase: Sequence[Syllable], at: int) -> str | None:
    """The reading of 还钱, 你得去, 得了奖, 数一数, 量一量, 长大; None where it is no such verb."""
    han = simplified(phrase[at].han)
    if han not in _VERBS:
        return None
    line = "".join(simplified(s.han) for s in phrase)
    before, after = line[max(0, at - 1) : at], line[at + 1 : at + 2]
    if han == "还":
        return _VERBS[han] if after and after in _RETURNED else None
    if han == "得":
        if after and after in _GOT:
            return "de2"
        return _VERBS[han] if after and before and before in _MUST else None
    if han == "长":
        return _VERBS[han] if after and after in "大高胖" and before not in _HOW else None
    twice = f"{han}一{han}"
    return _VERBS[han] if twice in (line[at : at + 3], line[max(0, at - 2) : at + 1]) else None


def _long(phrase: Sequence[Syllable], syllable: Syllable | None) -> bool:
    """Whether a word of two or more stands there: 慢慢 地 走."""
    return syllable is not None and sum(s.word == syllable.word for s in phrase) > 1


class ChineseReader:
    """Pinyin tables and, where a text has Latin letters, an English reader."""

    def __init__(self, english: EnglishReader | None) -> None:
        self._english = english

    def read(self, text: str) -> Reading:
        """A tidy text as symbols, with the written words that they belong to."""
        said = normalise(text, segment)
        line: list[Phone] = []
        run: list[Token] = []
        for token in (*said.tokens, None):
            if token is not None and (not run or _kind(token) == _kind(run[-1])):
                run.append(token)
                continue
            self._append(line, run)
            run = [token] if token is not None else []
        return Reading(said.written, tuple(line))

    def _append(self, line: list[Phone], run: Sequence[Token]) -> None:
        """Add a run of tokens of one kind, with a space before it where one belongs."""
        if not run:
            return
        if run[0].kind == "punctuation":
            for token in run:
                if token.text in _OPENING and line:
                    line.append(punctuation(" "))
                line.append(punctuation(token.text))
            return
        if line and line[-1].symbol not in _OPENING:
            line.append(punctuation(" "))
        if _kind(run[0]) == "han":
            line += _chinese(run)
        elif self._english is not None:
            line += self._english.symbols(run)


def _kind(token: Token) -> str:
    if token.kind == "punctuation":
        return "punctuation"
    return "han" if has_han(token.text) else "latin"


def _chinese(run: Sequence[Token]) -> list[Phone]:
    """A phrase without a pause: words apart, tones as they are said together."""
    phrase = settle(_syllables(run), is_word=is_word)
    line: list[Phone] = []
    last = -1
    for said, plain in zip(sandhi(phrase, is_word=is_word), phrase, strict=True):
        token = run[said.word]
        if line and said.word != last:
            line.append(punctuation(" "))
        melted = melts(token.text, _place(phrase, plain))
        line += phones("ɚ" if melted else symbols_of(said.pinyin), token.at)
        last = said.word
    return line


def _place(phrase: Sequence[Syllable], syllable: Syllable) -> int:
    """Where in its word a syllable stands."""
    inside = [s for s in phrase if s.word == syllable.word]
    return next(i for i, s in enumerate(inside) if s is syllable)


def _syllables(run: Sequence[Token]) -> list[Syllable]:
    read = syllables([token.text for token in run])
    return [
        Syllable(han, pinyin, index)
        for index, (token, pinyins) in enumerate(zip(run, read, strict=True))
        for han, pinyin in zip(token.text, pinyins, strict=False)
    ]
