"""Runs: what they note is there afterwards, and only one of a name is live."""

import threading

import pytest

from berg.errors import StoreError
from berg.store import Store

from .conftest import record


def test_a_finished_run_tells_its_story(store: Store) -> None:
    run = store.begin_run("r-1", {"brief": "brief.yaml"})
    info = store.run("r-1")
    assert info is not None
    assert (info.live, info.finished, info.summary) == (True, None, None)
    run.note("storyboard", None, "running")
    run.note("shot/1/voice", "k2", "cached")
    run.note("storyboard", "k1", "ran")
    run.finish({"ran": 1, "cached": 1})
    info = store.run("r-1")
    assert info is not None
    assert info.steps == (("storyboard", "k1", "ran"), ("shot/1/voice", "k2", "cached"))
    assert (info.info, info.summary) == ({"brief": "brief.yaml"}, {"ran": 1, "cached": 1})
    assert info.finished is not None
    assert info.finished >= info.started
    assert not info.live


def test_runs_are_listed_newest_first(store: Store) -> None:
    for name in ("r-1", "r-2", "r-3"):
        store.begin_run(name, {}).finish({})
    assert [run.run for run in store.runs()] == ["r-3", "r-2", "r-1"]
    assert store.run("r-9") is None


def test_a_live_run_keeps_others_of_its_name_out(store: Store) -> None:
    with store.begin_run("r", {}), pytest.raises(StoreError, match="run r is live"):
        store.begin_run("r", {})
    store.begin_run("r", {}).finish({})


def test_threads_may_use_one_store_together(store: Store) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(60):
                key = f"{name}-{number}"
                asset = store.put_bytes(key.encode(), "text/plain")
                store.commit(record(key, asset.sha256), run="r")
                run.note(key, key, "ran")
                found = store.get(key)
                assert found is not None
                assert store.path(found.assets[0]).read_bytes() == key.encode()
        except BaseException as error:
            failures.append(error)

    with store.begin_run("r", {}) as run:
        threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    info = store.run("r")
    assert info is not None
    assert len(info.steps) == 240


def test_a_closed_store_leaves_no_threads(store: Store) -> None:
    before = threading.active_count()
    store.begin_run("r-1", {}).finish({})
    with store.begin_run("r-2", {}) as run:
        run.used(["k"])
    assert threading.active_count() == before
