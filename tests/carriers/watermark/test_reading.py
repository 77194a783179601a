import numpy as np

from berg.carriers.watermark.keyed import keyed_bytes
from berg.carriers.watermark.pattern import layout_of, signs_of, waves
from berg.carriers.watermark.payload import word_of
from berg.carriers.watermark.reading import SYNC_LEAST, sync_at


def noise(draws):
    parts = draws.normal(size=(2, len(waves()))) / np.sqrt(2)
    return (parts[0] + 1j * parts[1]).astype(np.complex64)


def test_noise_scores_as_the_false_alarm_rate_assumes():
    draws = np.random.default_rng(1)
    layouts = [layout_of(keyed_bytes(b"test", str(n), 32)) for n in range(100)]
    scores = np.array([sync_at(noise(draws), layout).score for layout in layouts])
    assert 3.7 < scores.mean() < 4.3
    assert (scores >= SYNC_LEAST).mean() <= 0.02


def test_a_mark_amid_noise_of_its_own_strength_scores_far_higher():
    layout = layout_of(b"k" * 32)
    sign = signs_of(word_of("0123456789", b"k" * 32), layout).reshape(-1, 2)
    seen = sign[:, 0] + 1j * sign[:, 1] + noise(np.random.default_rng(2))
    assert sync_at(seen.astype(np.complex64), layout).score > 15


def test_the_agreement_is_at_the_beginning_of_the_tile():
    layout = layout_of(b"k" * 32)
    word = word_of("0123456789", b"k" * 32)
    sign = signs_of(word, layout).reshape(-1, 2)
    shift = np.exp(2j * np.pi * waves() @ np.array([40, 7]) / 256)
    sync = sync_at(((sign[:, 0] + 1j * sign[:, 1]) * shift).astype(np.complex64), layout)
    assert (sync.agreement[layout.bit < 0] > 0.99).all()
