"""The Pythons of this machine that berg can be set up with, one of each minor version.

    python3 scripts/pythons.py          # 3.11<TAB>/usr/bin/python3.11, and so on, oldest first

Looks on PATH and where pyenv keeps its own; nothing is installed or fetched.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

MINORS = (11, 12, 13, 14)
"""Those of Python 3 for which the locks hold built packages."""


def found() -> dict[str, Path]:
    """Version such as `3.12` → an interpreter of it that runs."""
    pythons: dict[str, Path] = {}
    for candidate in candidates():
        version = version_of(candidate)
        if version in {f"3.{minor}" for minor in MINORS}:
            pythons.setdefault(version, candidate)
    return dict(sorted(pythons.items(), key=lambda item: int(item[0].removeprefix("3."))))


def candidates() -> Iterator[Path]:
    """Files that may be such interpreters, those on PATH first."""
    for minor in MINORS:
        if on_path := shutil.which(f"python3.{minor}"):
            yield Path(on_path)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for minor in MINORS:
        yield from sorted(pyenv.glob(f"versions/3.{minor}.*/bin/python"), reverse=True)


def version_of(python: Path) -> str:
    """Its version such as `3.12`; empty for one that doesn't run (pyenv puts such on PATH)."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    for version, python in found().items():
        print(f"{version}\t{python}")
