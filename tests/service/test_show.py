"""What `berg show` tells of a result stays short, however often it was used."""

from pathlib import Path

from berg.service._lineage import AT_ONCE, LATEST, USES, lineage
from berg.store import Record, Store


def test_a_result_that_thousands_of_steps_use_is_told_with_the_first_of_them(
    tmp_path: Path,
) -> None:
    with Store(tmp_path) as store:
        asset = store.put_bytes(b"logo", "text/plain")
        store.commit(Record("k1", "", "some.step", "{}", (asset.sha256,), "{}"), run=None)
        with store.begin_run("r-1", {}) as run:
            for number in range(3 * USES):
                run.note(f"row/{number}", "k1" if number % 2 else "k2", "cached")
        (made,) = lineage(store, asset.sha256[:12])["made_by"]
    assert len(made["runs"]) == USES
    assert made["runs"][0] == {"run": "r-1", "step": "row/1", "state": "cached"}


def test_the_latest_runs_are_told_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        asset = store.put_bytes(b"logo", "text/plain")
        store.commit(Record("k1", "", "some.step", "{}", (asset.sha256,), "{}"), run=None)
        for number in range(LATEST + 2):
            with store.begin_run(f"r-{number}", {}) as run:
                run.note("logo", "k1", "cached")
        (made,) = lineage(store, asset.sha256)["made_by"]
    assert [used["run"] for used in made["runs"]] == [f"r-{n}" for n in range(LATEST + 1, 1, -1)]


def test_a_run_of_thousands_of_steps_is_told_step_by_step(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.commit(Record("k1", "", "some.step", "{}", (), '{"wall_s":1}'), run=None)
        with store.begin_run("r-1", {}) as run:
            for number in range(2 * AT_ONCE + 1):
                run.note(f"step/{number}", "k1" if number % 2 else None, "ran")
        steps = lineage(store, "r-1")["lineage"]
    assert [step["name"] for step in steps] == [f"step/{n}" for n in range(2 * AT_ONCE + 1)]
    assert {step["capability"] for step in steps[1::2]} == {"some.step"}
    assert {step["receipt"] for step in steps[::2]} == {None}
