"""Homes of released layouts open, upgrade and go on: nothing is made or signed a second time."""

import contextlib
import fcntl
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from berg.cli.main import main
from berg.digest import file_sha256
from berg.engine import tools

ARCHIVES = sorted(Path(__file__).parent.glob("*.tar.xz"))
BRIEFS = ("film", "people")


@dataclass(frozen=True)
class Released:
    """A home as a release left it, lying where it lay."""

    root: Path
    told: dict[str, Any]
    """What that release said of it."""

    def berg(self, *words: str) -> dict[str, Any]:
        """A command, in this process; it must succeed."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = main([*words, "--json"])
        assert status == 0, said.getvalue()
        document: dict[str, Any] = json.loads(said.getvalue())
        return document

    def make(self, name: str, out: Path | None = None) -> dict[str, Any]:
        """Make one of the briefs again."""
        folder = out or self.root / "out" / name
        return self.berg("make", str(self.brief(name)), "--out", str(folder))

    def brief(self, name: str) -> Path:
        """One of the briefs."""
        return self.root / "briefs" / f"{name}.yaml"

    def files(self) -> dict[str, str]:
        """Digests of what was delivered and of what lies beside it, by path."""
        about = ("delivery.json", "delivery.jsonl", "index.html")
        files = sorted(path for path in (self.root / "out").rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.root)): file_sha256(path)
            for path in files
            if path.name not in about
        }


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def released(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Released]:
    """A delivery knows where it lies, so a home is unpacked where it was made, one test at a time.

    Its keys hold the versions of that day's tools: they count as installed.
    """
    archive: Path = request.param
    root = Path("/tmp") / archive.name.removesuffix(".tar.xz")
    with (root.parent / f"{root.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(root, ignore_errors=True)
        with tarfile.open(archive) as packed:
            packed.extractall(root.parent, filter="data")
        told = json.loads((root / "told.json").read_bytes())
        monkeypatch.setenv("BERG_HOME", str(root / "home"))
        now = tools.version
        monkeypatch.setattr(tools, "version", lambda name: told["tools"].get(name) or now(name))
        tools.tool_version.cache_clear()
        yield Released(root, told)
        tools.tool_version.cache_clear()
        shutil.rmtree(root, ignore_errors=True)


def test_a_plan_finds_everything_made(released: Released) -> None:
    for name in BRIEFS:
        plan = released.berg("plan", str(released.brief(name)))
        assert {step["name"]: step["state"] for step in plan["steps"]} == {
            step["name"]: "cached" for step in plan["steps"]
        }
        assert plan["counts"]["total"] == plan["counts"]["cached"] > 0


def test_a_make_runs_no_step_and_signed_files_stay_as_they_are(released: Released) -> None:
    before = released.files()
    for name in BRIEFS:
        made, told = released.make(name), released.told["made"][name]
        assert made["steps"] == {**told["steps"], "ran": 0, "cached": told["steps"]["total"]}
        assert made["deliverables"] == told["deliverables"]
    assert released.files() == before
    assert released.berg("log")["size"] == released.told["log"]["size"]


def test_what_was_verified_is_verified(released: Released) -> None:
    for path, told in released.told["verified"].items():
        said = released.berg("verify", str(released.root / path))
        assert _within(told, said) == []


def test_the_log_goes_on(released: Released, tmp_path: Path) -> None:
    told = released.told["log"]
    made = released.make("film", tmp_path / "elsewhere")
    assert made["steps"]["ran"] == 0
    log = released.berg("log")
    assert log["size"] == told["size"] + len(made["deliverables"])
    assert (log["origin"], log["key"]) == (told["origin"], told["key"])
    released.berg("log", "verify")


def test_collecting_garbage_takes_nothing_that_a_delivery_needs(released: Released) -> None:
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
