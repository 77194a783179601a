"""The local store keeps the four contracts, and what is its own."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from berg.store import LocalObjects, Store
from berg.store.interface import Claims, Effects, Index, Objects

from .conformance_claims import ClaimsConformance
from .conformance_effects import EffectsConformance
from .conformance_index import IndexConformance, opened
from .conformance_objects import ObjectsConformance
from .conftest import record


@pytest.fixture
def other(home: Path) -> Iterator[Store]:
    with Store(home) as opened:
        yield opened


class TestLocalObjects(ObjectsConformance):
    @pytest.fixture
    def driver(self, store: Store) -> Objects:
        return store.objects

    @pytest.fixture
    def worker(self, home: Path) -> Objects:
        return LocalObjects.open(home)

    def damage(self, objects: Objects, sha256: str, data: bytes) -> None:
        path = objects.path(sha256)
        path.chmod(0o644)
        path.write_bytes(data)

    def lose(self, objects: Objects, sha256: str) -> None:
        objects.path(sha256).unlink()


class TestLocalIndex(IndexConformance):
    def open_index(self, home: Path) -> AbstractAsyncContextManager[Index]:
        context: AbstractAsyncContextManager[Index] = opened(
            lambda: Store(home), lambda store: store.index
        )
        return context


class TestLocalClaims(ClaimsConformance):
    def open_claims(self, home: Path) -> AbstractAsyncContextManager[Claims]:
        context: AbstractAsyncContextManager[Claims] = opened(
            lambda: Store(home), lambda store: store.claims
        )
        return context


class TestLocalEffects(EffectsConformance):
    @pytest.fixture
    def mine(self, store: Store) -> Effects:
        return store.effects

    @pytest.fixture
    def theirs(self, other: Store) -> Effects:
        return other.effects


def test_a_worker_opens_the_objects_and_nothing_else(home: Path) -> None:
    objects = LocalObjects.open(home)
    assert objects.path(objects.put_bytes(b"made", "text/plain")).read_bytes() == b"made"
    assert not list(home.glob("index.sqlite*"))


def test_of_a_run_the_process_remembers_no_more_than_what_it_has_not_delivered(
    store: Store, tmp_path: Path
) -> None:
    with store.begin_run("r", {}):
        for number in range(50):
            store.commit(record(f"k{number}"), run="r")
            store._runs.delivered_each("r", {str(tmp_path / str(number)): [f"k{number}"]})
        assert store._db.all("SELECT count(*) FROM run_results") == [(0,)]


def test_what_is_found_for_one_run_is_not_noted_for_the_others(store: Store) -> None:
    store.commit(record("k"), run=None)
    store.commit(record("for all"), run=None)
    with store.begin_run("r-1", {}), store.begin_run("r-2", {}):
        store.index.look(["k"], run="r-2")
        store.index.look(["for all"])
    uses = store._db.all("SELECT runs.run, key FROM run_results JOIN runs ON id = run_results.run")
    assert set(uses) == {("r-2", "k"), ("r-1", "for all"), ("r-2", "for all")}


def test_what_old_runs_used_is_forgotten_while_live_ones_keep_it(store: Store) -> None:
    live = store.begin_run("r-live", {})
    store.commit(record("mine"), run="r-live")
    for number in range(20):
        with store.begin_run(f"r-{number}", {}):
            store.commit(record(f"k{number}"), run=f"r-{number}")
    uses = {key for (key,) in store._db.all("SELECT key FROM run_results")}
    assert "mine" in uses
    assert len(uses) <= 8
    live.close()
