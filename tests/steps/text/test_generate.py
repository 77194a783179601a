"""text.generate as declared: what may be asked for, and what a plan foresees."""

import pytest

from berg.errors import RequestError
from berg.schema.asset import Asset
from berg.steps.text import GENERATE, Writing, write_headlines
from berg.steps.text.generate import declare as declared
from berg.steps.text.generate.declare import WriteHeadlines

SMALL = Writing(count=12)
OWN = Writing(
    count=12,
    model="mine.gguf",
    file=Asset(sha256="0" * 64, media_type="application/octet-stream", size=1_000_000_000),
)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "find_spec", lambda name: name)


def call(writing: Writing = SMALL, *, language: str = "en", count: int = 12) -> WriteHeadlines:
    step = write_headlines(
        writing, language=language, count=count, brand="Tidewater", title="Spring", seed=1
    )
    return GENERATE.call_of(step.params, step.inputs)


@pytest.mark.parametrize(("writing", "language"), [(SMALL, "en"), (OWN, "en"), (OWN, "zh")])
@pytest.mark.parametrize("count", [1, 12, 100])
def test_a_plan_sees_as_many_as_asked_all_different_and_within_length(
    writing: Writing, language: str, count: int
) -> None:
    asked = call(writing, language=language, count=count)
    texts = GENERATE.predict(asked).texts
    assert len(set(texts)) == count
    assert all(asked.least <= len(text) <= asked.most for text in texts)


def test_a_model_ten_times_as_large_is_ten_times_the_work_and_counts_for_its_memory() -> None:
    step = write_headlines(OWN, language="en", count=12, brand="T", title="t", seed=1)
    small = write_headlines(SMALL, language="en", count=12, brand="T", title="t", seed=1)
    much, less = (GENERATE.call_of(one.params, one.inputs) for one in (step, small))
    assert GENERATE.work(much).amount > 9 * GENERATE.work(less).amount
    large, little = GENERATE.needs_of(much).session, GENERATE.needs_of(less).session
    assert large.memory_bytes - little.memory_bytes > 900_000_000
    assert large.name != little.name, "two models are two sessions"
    assert step.weights == ()
    assert small.weights == ("smollm2",)


@pytest.mark.parametrize(
    ("writing", "language", "count", "said"),
    [
        pytest.param(SMALL, "zh", 12, "writes no zh", id="a language that the model can't"),
        pytest.param(SMALL, "fr", 12, "not in fr", id="a language that nobody checks"),
        pytest.param(SMALL, "en", 101, "1 to 100", id="too many"),
        pytest.param(SMALL, "en", 0, "1 to 100", id="none"),
        pytest.param(Writing(count=1, model="inter"), "en", 1, "there is smollm2", id="a font"),
    ],
)
def test_what_can_not_be_is_refused_before_anything_starts(
    writing: Writing, language: str, count: int, said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        call(writing, language=language, count=count)


def test_without_llama_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "find_spec", lambda name: None)
    with pytest.raises(RequestError, match=r"berg\[llama\]"):
        call()
