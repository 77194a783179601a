"""text.generate with the real model: as many as asked, all borne out, the same in any process."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from berg.errors import StepError
from berg.language.claims import said_in, unfounded
from berg.runtimes.llama import Llama
from berg.schema.asset import Asset
from berg.steps.text.generate import run as generate_run
from berg.steps.text.generate.declare import WriteHeadlines
from berg.steps.text.generate.prompt import own_texts
from berg.steps.text.generate.run import generate
from tests.patience import PATIENCE_S

pytest.importorskip("xllamacpp", reason="`make llama` installs it")

TOLD: dict[str, Any] = {
    "language": "en",
    "count": 2,
    "least": 12,
    "most": 40,
    "brand": "Tidewater",
    "title": "Spring launch",
    "body": "Every batch is small, and slow. Caramel, and a little sea air.",
    "model": "smollm2",
}
CALL = WriteHeadlines(**TOLD)
ASSET = Asset(sha256="0" * 64, media_type="application/octet-stream", size=98_362_432)


class World:
    """What a worker hands to the step."""

    def __init__(self, session: Llama, model: Path, seed: int = 7) -> None:
        self.session, self.seed = session, seed
        self.weights = {"smollm2": model}
        self.shares: list[float] = []

    def path(self, asset: Asset) -> Path:
        assert asset == ASSET
        return self.weights["smollm2"]

    def progress(self, done: float) -> None:
        self.shares.append(done)


@pytest.fixture(scope="module")
def world(weights: Callable[[str], Path]) -> Iterator[World]:
    made = World(Llama.open({}), weights("smollm2"))
    yield made
    made.session.close()


def written(world: Any, *, own: bool = False, **more: Any) -> Any:
    return generate(WriteHeadlines(**TOLD | more, file=ASSET if own else None), world)


def test_it_writes_what_the_brief_bears_out_and_the_same_in_another_process(world: World) -> None:
    found = written(world, own=True)
    assert len(set(found.texts)) == 2
    for text in found.texts:
        assert 12 <= len(text) <= 40
        assert unfounded(text, said_in(own_texts(CALL)), language="en") is None
    assert 0 < world.shares[-1] <= 1
    told = json.dumps([TOLD, str(world.weights["smollm2"]), world.seed])
    other = subprocess.run(
        [sys.executable, "-m", "tests.steps.text.test_generate_run", told],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert json.loads(other.stdout.splitlines()[-1]) == found.model_dump(mode="json")


def test_too_few_is_an_error_with_what_was_found_and_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate_run, "attempts_allowed", lambda count: 1)
    with pytest.raises(StepError, match=r"of 100 headlines in en .* larger model"):
        written(world, count=100)


if __name__ == "__main__":
    fields, model, seed = json.loads(sys.argv[1])
    alone = World(Llama.open({"smollm2": Path(model)}), Path(model), seed)
    print(written(alone, **fields).model_dump_json())
