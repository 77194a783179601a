"""Homes of released layouts open, upgrade and go on: nothing is made or signed a second time, but
what a kind's raised version asks for."""

from pathlib import Path
from typing import Any

from tests.homes.conftest import Released
from tests.homes.raised import made_again
from tests.homes.then import BRIEFS


def test_a_plan_finds_everything_made(released: Released) -> None:
    for name in BRIEFS:
        plan = released.berg("plan", str(released.brief(name)))
        again = {step["name"] for step in plan["steps"] if step["state"] != "cached"}
        assert again == made_again(plan)
        assert plan["counts"]["cached"] > 0


def test_a_make_runs_no_step_and_signed_files_stay_as_they_are(released: Released) -> None:
    before = released.files()
    made, told = released.make("people"), released.told["made"]["people"]
    assert made["steps"] == {**told["steps"], "ran": 0, "cached": told["steps"]["total"]}
    assert made["deliverables"] == told["deliverables"]
    assert released.files() == before
    assert released.berg("log")["size"] == released.told["log"]["size"]
    made, told = released.make("film"), released.told["made"]["film"]
    assert [item["path"] for item in made["deliverables"]] == [
        item["path"] for item in told["deliverables"]
    ]
    assert released.make("film")["steps"]["ran"] == 0


def test_what_was_verified_is_verified(released: Released) -> None:
    told = released.told["verified"]
    paths = [path for path in told if path.endswith((".mp4", "anna.en.jpg")) or "/en/" in path]
    said = released.berg("verify", *(str(released.root / path) for path in paths))
    for path, seen in zip(paths, said["files"], strict=True):
        assert _within(told[path]["files"][0], seen) == []


def test_the_log_goes_on(released: Released, tmp_path: Path) -> None:
    told = released.told["log"]
    made = released.make("film", tmp_path / "elsewhere")
    log = released.berg("log")
    assert log["size"] == told["size"] + len(made["deliverables"])
    assert (log["origin"], log["key"]) == (told["origin"], told["key"])
    released.berg("log", "verify")


def test_collecting_garbage_takes_nothing_that_a_delivery_needs(released: Released) -> None:
    released.make("film")
    released.berg("gc")
    for name in BRIEFS:
        assert released.make(name)["steps"]["ran"] == 0


def _within(told: Any, said: Any, at: str = "") -> list[str]:
    """Where what was said then isn't said now; more may be said now, and sooner."""
    if isinstance(told, dict) and isinstance(said, dict):
        pairs = [(key, told[key], said.get(key)) for key in told if key != "seconds"]
    elif isinstance(told, list) and isinstance(said, list) and len(told) == len(said):
        pairs = [(str(n), *both) for n, both in enumerate(zip(told, said, strict=True))]
    else:
        return [] if told == said else [f"{at}: {told!r} became {said!r}"]
    return [difference for key, a, b in pairs for difference in _within(a, b, f"{at}.{key}")]
