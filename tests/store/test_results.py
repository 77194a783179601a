"""Results: the first stays, an asset leads to its makers, and times are kept."""

import json
import time

from berg.store import Store

from .conftest import record


def _receipt(amount: float, wall_s: float) -> str:
    return json.dumps({"amount": amount, "wall_s": wall_s, "unit": "audio_s"})


def test_a_committed_result_is_found_by_its_key(store: Store) -> None:
    asset = store.put_bytes(b"voice", "audio/wav")
    made = record("k", asset.sha256, recipe="r", out='{"frames":3}')
    assert store.commit(made, run=None) == made
    assert store.get("k") == made
    assert store.get("other") is None


def test_the_first_result_under_a_key_stays(store: Store) -> None:
    first = store.commit(record("k", out='"first"', recipe="r1"), run=None)
    assert store.commit(record("k", out='"second"', recipe="r2"), run=None) == first
    assert store.get("k") == first
    assert first.recipe == "r1"


def test_a_result_whose_objects_are_gone_makes_way(store: Store) -> None:
    asset = store.put_bytes(b"first", "text/plain")
    store.commit(record("k", asset.sha256), run=None)
    store.path(asset).unlink()
    other = store.put_bytes(b"second", "text/plain")
    second = store.commit(record("k", other.sha256), run=None)
    assert second.assets == (other.sha256,)
    assert store.get("k") == second


def test_a_forgotten_result_is_gone(store: Store) -> None:
    store.commit(record("k", recipe="r"), run=None)
    store.forget("k")
    assert store.get("k") is None


def test_times_come_newest_first_and_only_of_their_capability(store: Store) -> None:
    for amount in (1, 2, 3):
        store.commit(record(f"k{amount}", receipt=_receipt(amount, amount / 2)), run=None)
    store.commit(record("no receipt", receipt="nothing"), run=None)
    store.commit(record("empty", receipt="{}"), run=None)
    assert store.receipts("test.step", 2) == [(3, 1.5, _receipt(3, 1.5)), (2, 1, _receipt(2, 1.0))]
    assert store.receipts("other.step", 9) == []


def test_old_times_are_dropped_when_a_run_ends(store: Store) -> None:
    run = store.begin_run("run", {})
    for number in range(600):
        store.commit(record(f"k{number}", receipt=_receipt(number, 1)), run="run")
    run.finish({})
    kept = store.receipts("test.step", 1000)
    assert [amount for amount, _, _ in kept] == list(range(599, 87, -1))


def test_ten_thousand_lookups_take_half_a_second_of_processor(store: Store) -> None:
    keys = [f"{number:064x}" for number in range(1000)]
    for key in keys:
        store.commit(record(key), run=None)
    began = time.process_time()
    for _ in range(10):
        for key in keys:
            assert store.get(key) is not None
    assert time.process_time() - began < 5, "a look-up reads more than its own row"
