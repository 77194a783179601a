"""As it was when a home was made. `python -m tests.homes.then ROOT` makes its briefs once more."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import berg
from berg.cli.main import main
from berg.engine import tools

BRIEFS = ("film", "people")


@contextmanager
def as_installed_then(told: dict[str, Any]) -> Iterator[None]:
    """The versions of that day's tools, which are in the home's keys, count as installed."""
    now = tools.version
    tools.version = lambda name: told["tools"].get(name) or now(name)
    tools.tool_version.cache_clear()
    try:
        yield
    finally:
        tools.version = now
        tools.tool_version.cache_clear()


def words_of(root: Path, brief: str) -> list[str]:
    """The command that makes a brief again, where it was made."""
    return ["make", str(root / "briefs" / f"{brief}.yaml"), "--out", str(root / "out" / brief)]


if __name__ == "__main__":
    home = Path(sys.argv[1])
    with as_installed_then(json.loads((home / "told.json").read_bytes())):
        print(berg.__file__)
        for name in BRIEFS:
            print(flush=True)
            main([*words_of(home, name), "--json"])
