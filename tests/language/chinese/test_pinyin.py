"""Pinyin to symbols, tones beside one another, and readings in their places."""

import pytest
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from berg.language.chinese.pinyin import symbols_of
from berg.language.chinese.read import ChineseReader
from berg.language.phones import NUMBERS


@pytest.mark.parametrize(
    ("syllable", "symbols"),
    [
        ("gang3", "ka↓ŋ"), ("zhi1", "\uab67ɨ→"), ("zi5", "ʦɨ"), ("ju4", "ʨy↘"), ("xue2", "ɕɥe↗"),
        ("er4", "ɚ↘"), ("yuan2", "ɥɛ↗n"), ("nv3", "ny↓"), ("lü4", "ly↘"), ("wo3", "wo↓"),
        ("bo1", "pwo→"), ("qiong2", "ʨʰjʊ↗ŋ"), ("hui4", "xwei↘"), ("ri4", "ɻɨ↘"), ("xyz1", ""),
    ],
)  # fmt: skip
def test_a_syllable_is_spelled_as_the_voices_were_trained(syllable: str, symbols: str) -> None:
    assert symbols_of(syllable) == symbols


def test_every_reading_of_every_character_can_be_said() -> None:
    readings = {
        reading
        for code in list(PINYIN_DICT)[::7]
        for reading in pinyin(chr(code), Style.TONE3, neutral_tone_with_five=True, heteronym=True)[
            0
        ]
    }
    said = {reading: symbols_of(reading) for reading in readings if reading.isascii()}
    unsaid = [reading for reading, symbols in said.items() if not symbols]
    assert len(said) > 1000
    assert len(unsaid) < 5, unsaid
    assert all(symbol in NUMBERS for symbols in said.values() for symbol in symbols)


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("不对", "pu↗ twei↘"),
        ("不好", "pu↘xau↓"),
        ("一个", "i↗kɤ↘"),
        ("一天", "i↘tʰjɛ→n"),
        ("一百", "i↘pai↓"),
        ("十一", "ʂɨ↗i→"),
        ("第一", "ti↘i→"),
        ("你好", "ni↗xau↓"),
        ("小老虎", "ɕjau↓lau↗xu↓"),
        ("展览馆", "\uab67a↗nla↗nkwa↓n"),
        ("花儿", "xwa→ɚ"),
        ("女儿", "ny↓ɚ↗"),
        ("银行", "i↗nxa↗ŋ"),
        ("行长", "xa↗ŋ\uab67a↓ŋ"),
        ("音乐快乐", "i→nɥe↘ kʰwai↘lɤ↘"),
        ("三只猫", "sa→n\uab67ɨ→ mau→"),
        ("慢慢地走", "ma↘nma↘n tɤ ʦou↓"),
    ],
)
def test_tones_and_readings_follow_their_neighbours(text: str, symbols: str) -> None:
    assert ChineseReader(None).read(text).symbols == symbols


def test_words_are_apart_and_marks_are_kept() -> None:
    assert ChineseReader(None).read("咖啡，真好！").symbols == "kʰa→fei→, \uab67ə→n xau↓!"
