"""Characters of several readings are read as their sentence asks, in Traditional too."""

import pytest

from berg.language.chinese.normalise import normalise
from berg.language.chinese.read import _syllables, settle
from berg.language.chinese.segment import is_word, segment

CASES = [
    ("一行行字", "行", ["hang2", "hang2"]),
    ("还钱", "还", ["huan2"]),
    ("还有", "还", ["hai2"]),
    ("你得去", "得", ["dei3"]),
    ("他得了奖", "得", ["de2"]),
    ("跑得快", "得", ["de5"]),
    ("觉得", "得", ["de5"]),
    ("数一数", "数", ["shu3", "shu3"]),
    ("数学", "数", ["shu4"]),
    ("量一量", "量", ["liang2", "liang2"]),
    ("用量一般", "量", ["liang4"]),
    ("银行门口的队伍很长", "行长", ["hang2", "chang2"]),
    ("銀行門口的隊伍很長", "行長", ["hang2", "chang2"]),
    ("孩子长大了", "长", ["zhang3"]),
    ("曾国藩姓曾", "曾", ["zeng1", "zeng1"]),
    ("他曾经来过", "曾", ["ceng2"]),
    ("任先生", "任", ["ren2"]),
    ("任何人", "任", ["ren4"]),
    ("单老师，解女士", "单解", ["shan4", "xie4"]),
    ("很简单", "单", ["dan1"]),
    ("種樹", "種", ["zhong4"]),
    ("頭髮", "髮", ["fa5"]),
    ("會計", "會", ["kuai4"]),
    ("著名", "著", ["zhu4"]),
    ("一万", "万", ["wan4"]),
]


@pytest.mark.parametrize(("text", "asked", "readings"), CASES, ids=[case[0] for case in CASES])
def test_a_character_is_read_as_its_sentence_asks(
    text: str, asked: str, readings: list[str]
) -> None:
    said = normalise(text, segment)
    tokens = [token for token in said.tokens if token.kind != "punctuation"]
    phrase = settle(_syllables(tokens), is_word=is_word)
    assert [s.pinyin for s in phrase if s.han in asked] == readings
