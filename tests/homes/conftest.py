"""A home as a release left it, for the tests of this folder."""

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
from tests.homes import ARCHIVES
from tests.homes.then import as_installed_then, words_of


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
        words = words_of(self.root, name)
        return self.berg(*words[:-1], str(out)) if out else self.berg(*words)

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
        for brief in (root / "briefs").glob("*.yaml"):  # what went without saying then
            brief.write_text(f"{brief.read_text()}provenance: {{region: world}}\n")
        monkeypatch.setenv("BERG_HOME", str(root / "home"))
        with as_installed_then(told):
            yield Released(root, told)
        shutil.rmtree(root, ignore_errors=True)
