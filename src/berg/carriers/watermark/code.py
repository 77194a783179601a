"""Error correction: 64 bits as 256, and back from soft values, by a tail-biting convolutional code.

Rate 1/4, constraint length 9, generators 463, 535, 733, 745 (octal), free distance 24: the best of
its kind (Larsen, "Short convolutional codes with maximal free distance for rates 1/2, 1/3 and 1/4",
IEEE Trans. Inf. Theory 19(3), 1973). Tail-biting, so that no bit is spent on ending and every bit
is guarded alike; decoded by the circular Viterbi algorithm (Cox and Sundberg, IEEE Trans. Veh.
Technol. 43(1), 1994). Not here: the check that tells whether what was decoded is true (`payload`).
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.payload import WORD_BITS, Bits
from berg.media.arrays import Reals

RATE = 4
"""Coded bits for each bit."""
CODED_BITS = WORD_BITS * RATE
_MEMORY = 8
_STATES = 1 << _MEMORY
_GENERATORS = (0o463, 0o535, 0o733, 0o745)
_LAP = 48
"""Steps walked before and after the word's own 64: more than five constraint lengths."""


def encode(word: Bits) -> Bits:
    """The 256 coded bits (uint8) of a word (64,), four for each bit in turn."""
    register = np.zeros((WORD_BITS, _MEMORY + 1), np.uint8)
    for delay in range(_MEMORY + 1):
        register[:, delay] = np.roll(word, delay)
    return (register @ _taps().T % 2).astype(np.uint8).ravel()


def decode(soft: Reals) -> Bits:
    """The likeliest words (…, 64) behind soft values (…, 256); positive means 1, larger is surer.

    Values should be proportional to log-likelihood ratios; their scale doesn't matter. Any values
    give some word: whether it was ever sent is for the check to say.
    """
    flat = np.asarray(soft, np.float32).reshape(-1, WORD_BITS, RATE)
    laps = np.concatenate([flat[:, -_LAP:], flat, flat[:, :_LAP]], axis=1)
    signs, before = _trellis()
    gains = (laps.transpose(1, 0, 2) @ signs).reshape(len(laps[0]), len(flat), 2, _STATES)
    choices = np.empty((len(gains), len(flat), _STATES), bool)
    score = np.zeros((len(flat), _STATES), np.float32)
    for step, gain in enumerate(gains):
        zero = score[:, before[0]] + gain[:, 0]
        one = score[:, before[1]] + gain[:, 1]
        np.greater(one, zero, out=choices[step])
        score = np.maximum(zero, one)
    words = _walk_back(choices, score.argmax(axis=1))[:, _LAP : _LAP + WORD_BITS]
    return words.reshape(*np.shape(soft)[:-1], WORD_BITS)


def _walk_back(choices: npt.NDArray[np.bool_], state: npt.NDArray[np.intp]) -> Bits:
    """The bits, newest last, of the best way to each word's final state."""
    _, before = _trellis()
    rows = np.arange(len(state))
    bits = np.empty((len(state), len(choices)), np.uint8)
    for step in range(len(choices) - 1, -1, -1):
        bits[:, step] = state & 1
        state = before[choices[step, rows, state].astype(np.intp), state]
    return bits


@cache
def _taps() -> Bits:
    """Generators by delay, (4, 9): octal digits read with the newest bit first."""
    return np.array(
        [[g >> (_MEMORY - d) & 1 for d in range(_MEMORY + 1)] for g in _GENERATORS], np.uint8
    )


@cache
def _trellis() -> tuple[Reals, npt.NDArray[np.intp]]:
    """Signs (4, 2 x 256) of what each branch sends, and (2, 256) the state each comes from.

    A state holds the last 8 bits, the newest lowest; of its two branches the second comes from the
    state whose oldest bit was 1.
    """
    state = np.arange(_STATES)
    before = np.stack([state >> 1, state >> 1 | _STATES >> 1])
    register = np.empty((2, _STATES, _MEMORY + 1), np.uint8)
    for delay in range(_MEMORY):
        register[:, :, delay] = state >> delay & 1
    register[:, :, _MEMORY] = np.array([[0], [1]])
    sent = (register @ _taps().T % 2).astype(np.float32) * 2 - 1
    return np.ascontiguousarray(sent.reshape(2 * _STATES, RATE).T), before.astype(np.intp)
