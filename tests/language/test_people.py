import pytest

from berg.language.people import speaks_of_person


@pytest.mark.parametrize(
    "text",
    [
        "Our founder sails at dawn.",
        "She roasts by hand.",
        "咖啡师每天五点开门。",
        "孩子们在沙滩上玩。",
    ],
)
def test_a_sentence_that_speaks_of_somebody_is_known(text: str) -> None:
    assert speaks_of_person([text])


@pytest.mark.parametrize(
    "text", ["The sea is calm.", "We open at eight.", "我国的山很多。", "其他口味也有。"]
)
def test_a_sentence_about_things_alone_is_none(text: str) -> None:
    assert not speaks_of_person([text])
