"""Finished trials, one a line; and what code they were made with."""

import ast
import hashlib
import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

BUILD = Path("build/watermark")
ENTRIES = {"pictures": "picture", "posters": "picture", "films": "frames", "sounds": "sound"}
"""By medium, the module of berg.carriers.watermark that marks and finds."""

Row = dict[str, Any]


@cache
def codec(medium: str) -> str:
    """A digest of the code that marks and finds: of what it does, not of what it says of itself."""
    entry = ENTRIES.get(medium, "picture")
    digest = hashlib.sha256()
    for name in sorted(_reached(f"berg.carriers.watermark.{entry}", set())):
        digest.update(f"{name}\0{_bare(_source(name))}\0".encode())
    return digest.hexdigest()[:12]


def _source(module: str) -> str:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{module} is not there yet")
    return Path(spec.origin).read_text(encoding="utf-8")


def _reached(module: str, seen: set[str]) -> set[str]:
    """A module and all of berg.carriers.watermark that it imports."""
    if module in seen:
        return seen
    seen.add(module)
    for node in ast.walk(ast.parse(_source(module))):
        name = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if name.startswith("berg.carriers.watermark."):
            _reached(name, seen)
    return seen


def _bare(source: str) -> str:
    """The code without docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [n for n in body if not _is_text(n)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def _is_text(node: ast.AST) -> bool:
    held = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return held and isinstance(node.value.value, str)  # type: ignore[attr-defined]


class Rows:
    """The lines of one medium, of today's code."""

    def __init__(self, medium: str, folder: Path = BUILD) -> None:
        self._path, self._codec = folder / f"{medium}.jsonl", codec(medium)
        folder.mkdir(parents=True, exist_ok=True)
        self.all: list[Row] = [row for row in self._read() if row.get("codec") == self._codec]
        self._done = {row["trial"] for row in self.all}

    def _read(self) -> Iterator[Row]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue  # the last line of a run that was killed

    def has(self, trial: str) -> bool:
        """Whether a trial of this name is finished."""
        return trial in self._done

    def add(self, row: Row) -> None:
        """Append a finished trial; `trial` names it."""
        row = {"codec": self._codec, **row}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.all.append(row)
        self._done.add(row["trial"])
