import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.carriers.watermark.code import CODED_BITS, decode, encode
from berg.carriers.watermark.payload import WORD_BITS

words = st.integers(0, 2**64 - 1).map(
    lambda n: np.array([n >> b & 1 for b in range(WORD_BITS)], np.uint8)
)


def signs(word):
    return encode(word).astype(np.float32) * 2 - 1


@given(words)
def test_any_word_comes_back(word):
    assert (decode(signs(word)) == word).all()


@given(words, words)
def test_the_code_is_linear(one, two):
    assert (encode(one) ^ encode(two) == encode(one ^ two)).all()


@given(words.filter(lambda w: w.any()))
def test_two_words_differ_in_at_least_24_coded_bits(word):
    assert encode(word).sum() >= 24


@given(words, st.integers(0, 2**32))
def test_any_11_wrong_bits_are_corrected(word, seed):
    soft = signs(word)
    soft[np.random.default_rng(seed).choice(CODED_BITS, 11, replace=False)] *= -1
    assert (decode(soft) == word).all()


def test_a_turned_word_gives_the_turned_code():
    word = np.arange(WORD_BITS, dtype=np.uint8) % 3 % 2
    assert (encode(np.roll(word, 5)) == np.roll(encode(word), 20)).all()


def test_words_come_through_noise_stronger_than_they_are():
    draws = np.random.default_rng(1)
    sent = draws.integers(0, 2, (200, WORD_BITS), np.uint8)
    soft = np.stack([signs(w) for w in sent])
    noisy = soft + draws.normal(0, 1.15, soft.shape).astype(np.float32)
    assert (decode(noisy) == sent).all(axis=1).mean() > 0.98


def test_many_are_decoded_as_each_alone():
    soft = np.random.default_rng(2).normal(size=(2, 3, CODED_BITS)).astype(np.float32)
    assert (decode(soft)[1, 2] == decode(soft[1, 2])).all()


@pytest.mark.parametrize("scale", [1e-3, 1e3])
def test_scale_doesnt_matter(scale):
    soft = np.random.default_rng(3).normal(size=CODED_BITS).astype(np.float32)
    assert (decode(soft * np.float32(scale)) == decode(soft)).all()
