"""llama.cpp resident in memory: a prompt and a grammar in, lines of text out.

One model at a time is open, whichever was asked for last. Deterministic: the same prompt, grammar,
seed and file give the same text on the same kind of processor. For that there is one slot, no
prompt is kept, nothing runs on a graphics chip, and there is one thread.
Not here: what is asked, and what is believed of the answer (berg.steps.text).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from berg.errors import StepError, WeightsError
from berg.runtimes.llama.gguf import read_header

THREADS = 1
"""llama.cpp's threads wait for each other by spinning: on a machine whose cores are busy, two were
20 to 60 times slower than one (decision 0014)."""
CONTEXT = 2048
"""Tokens of prompt and answer together."""
SAMPLING = {"top_k": 40, "top_p": 0.95, "min_p": 0.05, "frequency_penalty": 0.1}
"""Beside temperature and seed; what is unlikely is never drawn, and lines come to differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """What a model wrote, in tokens."""

    pieces: tuple[tuple[bytes, float], ...]
    """Each token's UTF-8 (which may be part of a character), and the natural logarithm of how
    likely the model itself held it to be, whatever grammar and favour made of it."""

    @property
    def text(self) -> str:
        """All of it."""
        return b"".join(piece for piece, _ in self.pieces).decode("utf-8", "replace")


class Llama:
    """A language model, resident. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._server: Any = None

    @classmethod
    def open(cls, weights: Mapping[str, Path]) -> Self:
        """A session, with the one model of `weights` loaded if there is one."""
        session = cls()
        for path in weights.values():
            session.use(path)
        return session

    def close(self) -> None:
        """Let go of the model."""
        self._server, self._path = None, None

    def use(self, path: Path) -> None:
        """Load a GGUF, unless it is the one that is loaded.

        Raises:
            WeightsError: llama.cpp can't read it.
        """
        if self._path == path:
            return
        self.close()
        header = read_header(path)
        try:
            import xllamacpp
        except ImportError as error:
            raise WeightsError(
                "llama.cpp is not installed: `make llama` in a checkout, or "
                "pip install 'berg[llama]'"
            ) from error
        try:
            self._server = xllamacpp.Server(_told(xllamacpp.CommonParams(), path, header.context))
        except RuntimeError as error:
            raise WeightsError(
                f"llama.cpp can't load the language model ({header.architecture}): "
                f"{str(error)[:200]}; name another GGUF"
            ) from error
        self._path = path

    def write(
        self,
        prompt: str,
        *,
        grammar: str,
        seed: int,
        temperature: float,
        most: int,
        favour: Sequence[tuple[str, float]] = (),
    ) -> Completion:
        """What the model writes after a prompt, at most `most` tokens.

        `grammar` is GBNF; `favour` raises (or lowers) the logits of words' tokens.

        Raises:
            StepError: prompt and answer are too long for it, or it fails.
        """
        answer = self._server.handle_completions(
            {
                "prompt": prompt,
                "grammar": grammar,
                "seed": seed % 2**32,
                "temperature": temperature,
                "max_tokens": most,
                "logit_bias": [list(pair) for pair in favour],
                "logprobs": 1,
                "cache_prompt": False,
                **SAMPLING,
            }
        )
        if "error" in answer:
            raise StepError(f"the language model failed: {str(answer['error'])[:300]}")
        (choice,) = answer["choices"]
        told = (choice.get("logprobs") or {}).get("content") or []
        return Completion(
            pieces=tuple((bytes(item["bytes"]), float(item["logprob"])) for item in told)
        )


def _told(told: Any, path: Path, context: int) -> Any:
    """llama.cpp's settings: alone on one thread, and deaf to the network.

    Its server listens on the loopback whether one wants it or not; with a key that nobody knows,
    it answers nobody.
    """
    told.model.path = str(path)
    told.n_ctx = min(CONTEXT, context)
    told.n_parallel, told.cont_batching, told.warmup = 1, False, False
    told.cpuparams.n_threads = told.cpuparams_batch.n_threads = THREADS
    told.n_gpu_layers, told.fit_params, told.offline = 0, False, True
    told.cache_prompt, told.cache_idle_slots = False, False
    told.cache_ram_mib = told.n_ctx_checkpoints = 0
    told.ui = told.endpoint_slots = told.use_jinja = False
    told.api_keys, told.n_threads_http = [secrets.token_hex(32)], 1
    told.check_tensors, told.verbosity = True, -1
    return told
