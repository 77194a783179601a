"""What a voice's name tells, checked against the catalogue."""

import pytest

from berg.runtimes.kokoro.voices import voice_language, weights_for
from berg.weights.catalogue import CATALOGUE


@pytest.mark.parametrize(
    ("voice", "language"),
    [
        ("af_heart", "en"),
        ("bm_george", "en"),
        ("zf_xiaoxiao", "zh"),
        ("jf_alpha", None),
        ("none", None),
        ("", None),
        ("af_", None),
    ],
)
def test_a_voices_first_letter_says_its_language(voice: str, language: str | None) -> None:
    assert voice_language(voice) == language


def test_every_weight_that_a_text_asks_for_is_in_the_catalogue() -> None:
    for text, language, voice in [
        ("Hi", "en", "af_heart"),
        ("Hi", "en", "bf_emma"),
        ("用App", "zh", "zf_xiaoxiao"),
    ]:
        assert set(weights_for(text, language=language, voice=voice)) <= set(CATALOGUE)


def test_pure_chinese_needs_no_english_lexicon() -> None:
    names = weights_for("你好", language="zh", voice="zf_xiaoxiao")
    assert names == ("kokoro-82m-int8", "kokoro-zf_xiaoxiao")
