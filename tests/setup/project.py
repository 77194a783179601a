"""A project with berg's own set-up scripts and dependencies, and no code to speak of."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from tests.setup.scripts import ROOT, locked
from tests.setup.shelf import LOCKS, Shelf

BASE = Path(sys._base_executable)  # type: ignore[attr-defined]
"""The interpreter that the tests' own environment was made with."""
INSTALLED = """
import json, re
from importlib.metadata import distributions
print(json.dumps({re.sub("[-_.]+", "-", d.name).lower(): d.version for d in distributions()}))
"""

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, kw_only=True)
class Project:
    """A folder to be set up from a shelf."""

    folder: Path
    shelf: Shelf

    @classmethod
    def make(cls, folder: Path, shelf: Shelf) -> "Project":
        """The project as cloned; its locks name what lies on the shelf."""
        (folder / "scripts").mkdir(parents=True)
        (folder / "src/berg").mkdir(parents=True)
        (folder / "src/berg/__init__.py").write_text('"""A stand-in."""\n')
        for name in ("pyproject.toml", "README.md", "LICENSE", "scripts/locked.py"):
            shutil.copy(ROOT / name, folder / name)
        script = (ROOT / "scripts/setup").read_text()
        assert "needed_mb=1500 " in script
        (folder / "scripts/setup").write_text(script.replace("needed_mb=1500 ", "needed_mb=60 "))
        (folder / "scripts/setup").chmod(0o755)
        for lock in LOCKS:
            (folder / lock).write_text(shelf.lock(lock))
        return cls(folder=folder, shelf=shelf)

    def copy(self, folder: Path) -> "Project":
        """The same, elsewhere."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Project(folder=folder, shelf=self.shelf)

    def set_up(
        self, *extras: str, python: Path = BASE, under: Sequence[str] = (), **changed: str
    ) -> Done:
        """Run `scripts/setup`, which sees the shelf and nothing else; `under` is a command that
        runs it, and `changed` goes into its environment."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "COV_"))}
        home = self.folder.parent / "home"
        home.mkdir(exist_ok=True)
        environment = kept | {
            "HOME": str(home),
            "PYTHON": str(python),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.shelf.url,
            "PIP_NO_CACHE_DIR": "1",
        }
        return subprocess.run(
            [*under, self.folder / "scripts/setup", *extras],
            env=environment | changed,
            capture_output=True,
            text=True,
            timeout=900,
        )

    @staticmethod
    def expect(done: Done, status: int = 0) -> str:
        """What was said, if it ended as it should have."""
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        return said

    def installed(self) -> dict[str, str]:
        """Normalised name → version of what is in `.venv`."""
        python = self.folder / ".venv/bin/python"
        return json.loads(subprocess.check_output([python, "-c", INSTALLED], text=True))

    @property
    def packages(self) -> Path:
        """The folder of `.venv` where packages lie."""
        return next(self.folder.glob(".venv/lib/python3.*/site-packages"))

    @property
    def stamps(self) -> Path:
        """The folder where each stage that is done has its stamp."""
        return self.folder / ".venv/berg-setup"

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the project; the old text must be there."""
        text = (self.folder / name).read_text()
        assert old in text
        (self.folder / name).write_text(text.replace(old, new))

    def missing(self, lock: str) -> dict[str, str]:
        """Pins of a lock that hold here → what is installed of them otherwise, or nothing."""
        here, installed = default_environment(), self.installed()
        pins = locked.read_lock((self.folder / lock).read_text())
        wanted = {
            canonicalize_name(pin.name): locked.version_of(pin)
            for pin in pins
            if locked.holds(pin, here)
        }
        return {
            name: installed.get(name, "")
            for name, version in wanted.items()
            if installed.get(name) != version
        }
