"""What a delivery keeps, by what each kind of step says of its results."""

from dataclasses import replace
from pathlib import Path

import pytest

from berg.engine.pins import pins
from berg.errors import CorruptObject
from berg.schema.do import Do
from berg.schema.promised import Promised
from berg.store import Store
from tests.engine.stage import Ended, perform
from tests.engine.tiny import BLOB, blob

CHECKPOINT = replace(BLOB, capability="tiny.checkpoint", keep="latest")
ASIDE = replace(BLOB, capability="tiny.aside", keep="scratch")


async def trained(do: Do) -> None:
    """A chain of checkpoints from something large, and a model of the last of them."""
    aside = do(replace(blob("aside", size=9), kind=ASIDE), name="aside")
    last = aside
    for number in range(3):
        step = replace(blob(f"after {number}", last.data), kind=CHECKPOINT)
        last = do(step, name=f"checkpoint/{number}")
    model = do(blob("model", last.data), name="model")
    do.deliver(Promised(asset=model.data, name="model", path="model.txt"))


def pinned(ended: Ended) -> list[str]:
    return [step.name for step in pins(ended.driver.steps.values(), ended.driver.promised)]


def test_a_delivery_keeps_results_and_the_last_of_a_chain_and_nothing_laid_aside(
    tmp_path: Path,
) -> None:
    assert pinned(perform(tmp_path, trained)) == ["checkpoint/2", "model"]


def test_what_is_delivered_is_kept_whatever_its_kind_says(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        aside = do(replace(blob("aside"), kind=ASIDE), name="aside")
        do.deliver(Promised(asset=aside.data, name="aside", path="aside.txt"))

    assert pinned(perform(tmp_path, line)) == ["aside"]


def test_gc_takes_what_no_delivery_keeps_and_a_run_makes_it_again(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "out"
    folder.mkdir()
    ended = perform(home, trained)
    with Store(home) as store:
        keys = [step.key for step in pins(ended.driver.steps.values(), ended.driver.promised)]
        store.delivered(str(folder), "r-test", keys=keys)
        assert store.gc(keep=0).results == 3
    again = perform(home, trained)
    assert again.names("ran") == {"aside", "checkpoint/0", "checkpoint/1"}
    assert again.names("cached") == {"checkpoint/2", "model"}


def test_a_damaged_result_that_never_comes_out_the_same_is_an_error(tmp_path: Path) -> None:
    asked = replace(blob("outside"), kind=replace(BLOB, reproducible="no"))

    async def line(do: Do) -> None:
        first = do(asked, name="asked")
        value = await first
        if not second:
            return
        (store_path,) = (tmp_path / "objects").rglob(value.data.sha256)
        store_path.unlink()
        do(blob("after", first.data), name="after")

    second = False
    assert perform(tmp_path, line).error is None
    second = True
    ended = perform(tmp_path, line)
    assert isinstance(ended.error, CorruptObject)
    assert "never gives the same bytes twice" in ended.error.message
    second = False
    assert perform(tmp_path, line).names("ran") == {"asked"}, "the same command goes on"


@pytest.mark.parametrize("kind", [CHECKPOINT, ASIDE])
def test_how_long_a_result_is_kept_counts_in_no_key(tmp_path: Path, kind: object) -> None:
    """Nor does anything else that a kind says of its needs, its name or its sense."""
    same = replace(kind, capability=BLOB.capability)  # type: ignore[type-var]

    async def line(do: Do) -> None:
        do(blob("a"), name="first")

    async def again(do: Do) -> None:
        do(replace(blob("a"), kind=same), name="second")

    perform(tmp_path, line)
    assert perform(tmp_path, again).names("cached") == {"second"}
