"""multilingual-e5-small resident in memory: texts in, vectors out (Wang et al., 2402.05672).

A BERT of 12 layers. Deterministic: the same text and file give the same vector on the same kind of
processor, whatever other texts are asked for. Not here: what is compared with what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from berg.errors import WeightsError
from berg.runtimes.e5 import MODEL
from berg.runtimes.e5.packed import Floats, Packed, open_packed
from berg.runtimes.e5.tokens import Tokenizer

WIDTH = 384
MOST = 256
"""Pieces of a text that count; the model reads 512."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer's weights, transposed to input x output, and biases."""

    weights: dict[str, Floats]
    biases: dict[str, Floats]


class E5:
    """A text encoder, resident. Not for use by two threads at once."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._tokenizer = Tokenizer(packed.vocabulary)
        self._layers = [self._layer(index) for index in range(packed.layers)]
        types = packed.floats("emb.type")[:WIDTH]
        self._places = packed.floats("emb.pos").reshape(-1, WIDTH) + types

    @classmethod
    def open(cls, weights: Mapping[str, Path]) -> Self:
        """Open the model. Raises WeightsError if the file is none."""
        try:
            return cls(open_packed(weights[MODEL]))
        except (KeyError, ValueError) as error:
            raise WeightsError(f"{MODEL}: a tensor is missing or has no sense: {error}") from error

    def close(self) -> None:
        """Let go of the model."""
        self._layers = []

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Each text's vector: texts x 384, of length 1; the dot product of two is their cosine."""
        found = [self._vector(text) for text in texts]
        return np.stack(found) if found else np.zeros((0, WIDTH), np.float32)

    def _vector(self, text: str) -> Floats:
        tokens = np.array(self._tokenizer.tokens(f"query: {text}", MOST), np.intp)
        x = self._packed.rows("emb.word", WIDTH, tokens) + self._places[: len(tokens)]
        x = self._norm(x, self._packed.floats("emb.ln.w"), self._packed.floats("emb.ln.b"))
        for layer in self._layers:
            x = self._pass(x, layer)
        mean = x.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def _layer(self, index: int) -> _Layer:
        read = self._packed
        inner = {"fo": 4 * WIDTH}
        weights = {
            name: np.ascontiguousarray(read.matrix(f"l{index}.{name}.w", inner.get(name, WIDTH)).T)
            for name in ("q", "k", "v", "ao", "fi", "fo")
        }
        biases = {name: read.floats(f"l{index}.{name}.b") for name in weights}
        for name in ("aln", "oln"):
            weights[name] = read.floats(f"l{index}.{name}.w")
            biases[name] = read.floats(f"l{index}.{name}.b")
        return _Layer(weights, biases)

    def _pass(self, x: Floats, layer: _Layer) -> Floats:
        def times(name: str, value: Floats) -> Floats:
            return np.asarray(value @ layer.weights[name] + layer.biases[name], np.float32)

        x = self._norm(
            x + times("ao", self._attend(*(times(name, x) for name in ("q", "k", "v")))),
            layer.weights["aln"],
            layer.biases["aln"],
        )
        inner = times("fo", gelu(times("fi", x)))
        return self._norm(x + inner, layer.weights["oln"], layer.biases["oln"])

    def _attend(self, query: Floats, key: Floats, value: Floats) -> Floats:
        def heads(matrix: Floats) -> Floats:
            return matrix.reshape(len(matrix), self._packed.heads, -1).transpose(1, 0, 2)

        q, k, v = heads(query), heads(key), heads(value)
        scores = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(q.shape[2]))
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        return np.asarray((shares @ v).transpose(1, 0, 2).reshape(len(query), -1), np.float32)

    def _norm(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt(
            (centred**2).mean(axis=1, keepdims=True) + np.float32(self._packed.epsilon)
        )
        return np.asarray(centred / spread * weight + bias, np.float32)


def gelu(x: Floats) -> Floats:
    """x times the normal distribution up to x; erf by Abramowitz and Stegun 7.1.26 (1.5e-7)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = 0.254829592 + t * (
        -0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))
    )
    erf = np.sign(x) * (1 - t * series * np.exp(-z * z))
    return np.asarray(x / 2 * (1 + erf), np.float32)
