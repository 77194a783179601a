"""Claims and leases: never two holders, never more than there is, and the dead give all back."""

import os
import signal
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from berg.store import FileClaim, Lease, Store
from tests.patience import PATIENCE_S

from .conftest import Program, said


def test_a_claim_is_exclusive_until_released(store: Store) -> None:
    first = store.claim("k")
    assert first is not None
    assert store.claim("k") is None
    assert store.claim("other") is not None
    first.release()
    second = store.claim("k")
    assert second is not None
    first.release()
    assert store.claim("k") is None


def test_a_claim_is_released_by_its_context(store: Store) -> None:
    claim = store.claim("k")
    assert claim is not None
    with claim as held:
        assert held.key == "k"
        assert store.claim("k") is None
    assert store.claim("k") is not None


def test_claims_leave_no_files_behind(store: Store, home: Path) -> None:
    claims = [store.claim(f"k{n}") for n in range(20)]
    lease = store.lease("cpu", 1, 2)
    assert lease is not None
    for claim in claims:
        assert claim is not None
        claim.release()
    lease.release()
    assert list((home / "locks" / "claims").iterdir()) == []
    store.close()
    left = {path.name for path in (home / "locks").rglob("*") if path.is_file()}
    assert left <= {"gate", "turnstile", "index", "mutex"}


def test_any_text_can_be_a_key_or_a_resource(store: Store) -> None:
    for name in ("session/kokoro", "../../etc", "港口", "x" * 500, ""):
        assert store.claim(name) is not None
        assert store.claim(name) is None
        assert store.lease(name, 1, 1) is not None
        assert store.lease(name, 1, 1) is None


def test_another_process_is_kept_out_and_let_in_when_this_one_is_killed(
    store: Store, program: Program
) -> None:
    other = program(
        "c = store.claim('k'); l = store.lease('memory', 5, 8)\n"
        "print(bool(c and l), flush=True)\ntime.sleep(60)"
    )
    assert said(other) == "True"
    assert store.claim("k") is None
    assert store.lease("memory", 4, 8) is None
    assert store.lease("memory", 3, 8) is not None
    os.killpg(other.pid, signal.SIGKILL)
    other.wait()
    assert store.claim("k") is not None
    assert store.lease("memory", 5, 8) is not None


def test_a_child_that_outlives_its_parent_holds_nothing(store: Store, program: Program) -> None:
    parent = program(
        "import os, subprocess\n"
        "c = store.claim('k'); l = store.lease('cpu', 1, 1)\n"
        "sleeper = subprocess.Popen(['sleep', '60'])\n"
        "up, told = os.pipe()\n"
        "forked = os.fork()\n"
        "if forked == 0:\n    c.release(); os.write(told, b'.'); time.sleep(60)\n"
        "os.read(up, 1)\n"  # a child lets go as soon as it runs, which may be a moment later
        "print(sleeper.pid, forked, flush=True)\ntime.sleep(60)"
    )
    children = [int(pid) for pid in said(parent).split()]
    assert store.claim("k") is None
    parent.kill()
    parent.wait()
    try:
        assert store.claim("k") is not None
        assert store.lease("cpu", 1, 1) is not None
    finally:
        for pid in children:
            os.kill(pid, signal.SIGKILL)


HAMMER = """
import os
from berg.store.locks import try_lock
taken = 0
while taken < 150:
    held = take()
    if held is None:
        time.sleep(0)
        continue
    os.close(os.open(MARK, os.O_CREAT | os.O_EXCL))
    os.unlink(MARK)
    held.release()
    taken += 1
print(taken)
"""


@pytest.mark.parametrize("way", ["store.claim('k')", "try_lock(Path(MARK + '.lock'))"])
def test_no_two_processes_ever_hold_one_lock(tmp_path: Path, program: Program, way: str) -> None:
    # Each holder makes a file that must not exist yet, and removes it before it lets go: an
    # overlap of two holders is a FileExistsError. Takers come and go, so names are unlinked and
    # made again all the time.
    code = f"MARK = {str(tmp_path / 'mark')!r}\ntake = lambda: {way}\n{HAMMER}"
    processes = [program(code) for _ in range(3)]
    for process in processes:
        out, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, err
        assert out == "150\n"


def test_no_two_threads_ever_hold_one_claim(store: Store) -> None:
    holders = 0
    overlaps: list[int] = []

    def take() -> None:
        nonlocal holders
        for _ in range(300):
            claim = store.claim("k")
            if claim is not None:
                holders += 1
                overlaps.append(holders)
                holders -= 1
                claim.release()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert overlaps
    assert set(overlaps) == {1}


def test_who_asks_for_more_than_there_is_gets_it_alone(store: Store) -> None:
    lease = store.lease("memory", 100, 8)
    assert lease is not None
    assert lease.units == 8
    assert store.lease("memory", 1, 8) is None
    lease.release()
    assert store.lease("memory", 1, 8) is not None
    assert store.lease("memory", 100, 8) is None


SETTINGS = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Sharing(RuleBasedStateMachine):
    """Two stores on one home against a table of who holds what."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.stores = [Store(Path(self.folder.name)) for _ in range(2)]
        self.claims: dict[str, FileClaim] = {}
        self.leases: list[Lease] = []

    def teardown(self) -> None:
        for held in (*self.claims.values(), *self.leases):
            held.release()
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    @rule(by=st.integers(0, 1), key=st.sampled_from("abc"))
    def claim(self, by: int, key: str) -> None:
        claim = self.stores[by].claim(key)
        assert (claim is None) == (key in self.claims)
        if claim is not None:
            self.claims[key] = claim

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def release_claim(self, data: st.DataObject) -> None:
        self.claims.pop(data.draw(st.sampled_from(sorted(self.claims)))).release()

    @rule(by=st.integers(0, 1), units=st.integers(1, 5))
    def lease(self, by: int, units: int) -> None:
        free = 7 - sum(lease.units for lease in self.leases)
        lease = self.stores[by].lease("memory", units, 7)
        assert (lease is None) == (units > free)
        if lease is not None:
            self.leases.append(lease)

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def release_lease(self, data: st.DataObject) -> None:
        self.leases.pop(data.draw(st.integers(0, len(self.leases) - 1))).release()

    @rule(by=st.integers(0, 1))
    def collect(self, by: int) -> None:
        self.stores[by].gc()

    @invariant()
    def the_table_holds(self) -> None:
        for key in self.claims:
            assert self.stores[0].claim(key) is None


TestSharing = Sharing.TestCase
TestSharing.settings = SETTINGS


@given(wants=st.lists(st.integers(1, 9), max_size=6), capacity=st.integers(1, 8))
@SETTINGS
def test_leases_never_add_up_to_more_than_the_capacity(
    store: Store, wants: list[int], capacity: int
) -> None:
    leases = [store.lease(f"r{capacity}", units, capacity) for units in wants]
    held = [lease for lease in leases if lease is not None]
    assert sum(lease.units for lease in held) <= capacity
    assert bool(held) == bool(wants)
    for lease in held:
        lease.release()
