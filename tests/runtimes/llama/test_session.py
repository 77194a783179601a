"""The real model: the same text from the same seed, whatever was asked before, and only that."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from berg.errors import StepError, WeightsError
from berg.runtimes.llama import Llama
from berg.runtimes.llama.session import Completion
from tests.patience import PATIENCE_S
from tests.runtimes.llama.gguf_files import gguf

pytest.importorskip("xllamacpp", reason="`make llama` installs it")

LINES = 'root ::= "- Sea air" rest "\\n- Your" rest "\\n"\nrest ::= (" " [a-z]{1,9}){1,2} "."\n'
PROMPT = "Headlines for Tidewater. Sea air.\n"


@pytest.fixture(scope="module")
def llama(weights: Callable[[str], Path]) -> Iterator[Llama]:
    session = Llama.open({"smollm2": weights("smollm2")})
    yield session
    session.close()


def ask(llama: Llama, *, seed: int = 1, prompt: str = PROMPT) -> Completion:
    return llama.write(prompt, grammar=LINES, seed=seed, temperature=0.9, most=40)


def test_it_keeps_to_the_grammar(llama: Llama) -> None:
    first, second, *rest = ask(llama).text.split("\n")
    assert first.startswith("- Sea air ")
    assert second.startswith("- Your ")
    assert rest == [""]


def test_a_seed_gives_the_same_whatever_was_asked_between(llama: Llama) -> None:
    first = ask(llama, seed=1)
    other = ask(llama, seed=2, prompt=PROMPT * 2)
    assert ask(llama, seed=1) == first
    assert other.text != first.text


def test_a_session_opened_anew_gives_the_same(llama: Llama, weights: Callable[[str], Path]) -> None:
    again = Llama.open({"smollm2": weights("smollm2")})
    assert ask(again) == ask(llama)
    again.close()


def test_it_says_how_likely_each_token_was(llama: Llama) -> None:
    pieces = ask(llama).pieces
    assert all(likely <= 0 for _, likely in pieces)
    assert len({likely for _, likely in pieces}) > 1


def test_a_favoured_word_comes_more_often(llama: Llama) -> None:
    def count(by: float) -> int:
        return sum(
            llama.write(
                PROMPT, grammar=LINES, seed=seed, temperature=0.9, most=40, favour=((" tide", by),)
            ).text.count(" tide")
            for seed in range(1)
        )

    assert count(12.0) > count(-12.0) == 0


def test_a_prompt_that_is_too_long_is_an_error_and_the_next_one_works(llama: Llama) -> None:
    with pytest.raises(StepError, match="language model failed"):
        ask(llama, prompt=PROMPT * 300)
    assert ask(llama).text


def test_a_grammar_that_is_none_is_an_error(llama: Llama) -> None:
    with pytest.raises(StepError, match="language model failed"):
        llama.write(PROMPT, grammar="root ::= (", seed=1, temperature=0.9, most=4)


def test_nobody_else_on_the_machine_is_answered(llama: Llama) -> None:
    address = llama._server.listening_address
    assert address.startswith("http://127.0.0.1:")
    for path in ("/slots", "/props", "/v1/models", "/completion"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(address + path, timeout=PATIENCE_S)
        assert caught.value.code in (401, 404)
        caught.value.close()


def test_a_file_that_looks_whole_and_holds_no_model_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf())
    session = Llama.open({})
    with pytest.raises(WeightsError, match="can't load"):
        session.use(path)
