"""The real model, where it lies in this home's weights; the vocabulary's cutting in any case."""

import numpy as np
import pytest

from berg.home import default_home
from berg.runtimes.e5 import E5, MODEL
from berg.runtimes.e5.packed import Vocabulary, unpack
from berg.runtimes.e5.tokens import Tokenizer
from berg.steps.text.liken_pictures.run import PLAIN, worth
from berg.weights import Weights

WEIGHTS = Weights(default_home())
needs_model = pytest.mark.skipif(not WEIGHTS.has(MODEL), reason=f"`berg models pull {MODEL}`")


def test_a_block_of_four_bits_is_a_scale_and_thirty_two_weights() -> None:
    raw = np.frombuffer(np.float16(0.5).tobytes() + bytes(range(16)), np.uint8)
    low, high = [k - 8 for k in range(16)], [-8] * 16
    assert unpack(raw).tolist() == [value / 2 for value in low + high]


def test_a_text_is_cut_the_likeliest_way_and_unknown_characters_are_said_to_be() -> None:
    pieces = {"\u2581": 4, "\u2581a": 5, "b": 6, "ab": 7, "\u2581ab": 8}
    known = Vocabulary(
        pieces={text.encode(): index for text, index in pieces.items()},
        scores=np.array([0, 0, 0, 0, -3, -2, -2, -4, -5], np.float32),
        begin=0,
        end=2,
        unknown=3,
        normal={ord("Ａ"): "a"},
    )
    cut = Tokenizer(known)
    assert cut.tokens("ab", 9) == [0, 5, 6, 2]
    assert cut.tokens("Ａ  b", 9) == [0, 5, 4, 6, 2]
    assert cut.tokens("a?b", 9) == [0, 5, 3, 6, 2]
    assert cut.tokens("abab", 4) == [0, 5, 6, 2]


@needs_model
def test_sentences_find_their_picture_in_both_languages() -> None:
    session = E5.open({MODEL: WEIGHTS.path(MODEL)})
    shown = ["gulls", "an old kettle", "a stone bridge", "dancers at night"]
    pictures = session.vectors(shown)
    usual = (pictures @ session.vectors(PLAIN).T).mean(axis=1)
    for said, right in [
        ("Birds circle over the harbour.", 0),
        ("海鸟在港口上空盘旋。", 0),
        ("The water boils for tea.", 1),
        ("水开了，泡一壶茶。", 1),
        ("一座桥跨过小河。", 2),
        ("People move to the music until late.", 3),
    ]:
        row = worth(session.vectors([said]), pictures, usual)
        assert int(np.argmax(row)) == right, (said, row)


@needs_model
def test_a_vector_hangs_on_its_own_text_alone() -> None:
    session = E5.open({MODEL: WEIGHTS.path(MODEL)})
    alone, beside = session.vectors(["gulls"]), session.vectors(["a much longer text", "gulls"])
    assert np.array_equal(alone[0], beside[1])
    assert abs(float(alone[0] @ alone[0]) - 1) < 1e-5
