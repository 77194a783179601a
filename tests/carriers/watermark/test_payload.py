import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.payload import CHECK_BITS, identifier_in, identifier_of, word_of

identifiers = st.integers(0, 2**40 - 1).map("{:010x}".format)
secrets = st.binary(min_size=32, max_size=32)


@given(identifiers, secrets)
def test_an_identifier_comes_back(identifier, secret):
    assert identifier_in(word_of(identifier, secret), secret) == identifier


@given(identifiers, secrets, st.integers(0, 63))
def test_one_wrong_bit_is_noticed(identifier, secret, place):
    word = word_of(identifier, secret)
    word[place] ^= 1
    assert identifier_in(word, secret) is None


@given(identifiers, secrets, secrets)
def test_another_secret_sees_nothing(identifier, secret, other):
    found = identifier_in(word_of(identifier, secret), other)
    assert (found == identifier) == (secret == other)


def test_a_word_of_chance_passes_no_oftener_than_the_check_allows():
    words = np.random.default_rng(1).integers(0, 2, (20_000, 64), np.uint8)
    passed = sum(identifier_in(word, b"s" * 32) is not None for word in words)
    assert passed <= 20_000 / 2**CHECK_BITS * 100 + 1


def test_the_formats_are_golden():
    assert identifier_of("a recipe") == "e32a558a4c"
    assert np.packbits(word_of("0123456789", bytes(32))).tobytes().hex() == "012345678957cf8b"
    assert MarkKey.of(bytes(32)).id == "5c02dde2423601c3"


@pytest.mark.parametrize("wrong", ["", "012345678", "01234567890", "012345678G", "0123456789\n"])
def test_a_wrong_identifier_is_refused(wrong):
    with pytest.raises(ValueError, match="10 hexadecimal"):
        word_of(wrong, bytes(32))


def test_a_key_keeps_its_secret_out_of_print():
    assert "secret" not in repr(MarkKey.of(b"\x07" * 32))
