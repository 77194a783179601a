"""What a voice can't say is named, and nothing that it can say is."""

import pytest

from berg.language.sayable import unsayable


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Hello there. Привет мир.", "en", ["Привет", "мир"]),
        ("Hi 안녕하세요 there.", "en", ["안녕하세요"]),
        ("We love 咖啡 and שלום.", "en", ["咖啡", "שלום"]),
        ("一杯 кофе，コーヒー。", "zh", ["кофе", "コーヒー"]),
        ("José and Łukasz met Zoë in Đà Nẵng.", "en", []),
        ("E = mc², π is 3.14, 5 µm, 3 Ω, ﬁne", "en", []),
        ("支持USB3.0接口，排名No.1，〇六年，ＡＢ", "zh", []),
        ("🎉 100 % — “quoted” #1 @home", "en", []),
    ],
)
def test_words_of_other_scripts_are_named(text: str, language: str, words: list[str]) -> None:
    assert unsayable(text, language) == words
