"""The command line in this process, and what it answered."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from berg.cli.main import main
from berg.home import default_home

WEIGHTS = default_home() / "weights"
"""Pulled once on this machine; homes of tests borrow them."""


@dataclass(frozen=True)
class Talk:
    """An answer."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; raises ValueError if there is not exactly one."""
        return json.loads(self.out)

    @property
    def code(self) -> str:
        """The error's code."""
        code: str = self.json["error"]["code"]
        return code


def talk(*words: object) -> Talk:
    """Run a command in this process, on the home that the environment names."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([str(word) for word in words])
    return Talk(status, out.getvalue(), err.getvalue())


def fresh_home(folder: Path, monkeypatch: pytest.MonkeyPatch, *, weights: bool = True) -> Path:
    """An empty home that later commands use."""
    home = folder / "home"
    home.mkdir()
    if weights:
        (home / "weights").symlink_to(WEIGHTS)
    monkeypatch.setenv("BERG_HOME", str(home))
    return home
