"""The project's scripts, to be called from tests: `scripts/` is no package."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
"""The project's folder."""


def load(name: str) -> ModuleType:
    """A module of `scripts/` by name."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / f"scripts/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


locked = load("locked")
pythons = load("pythons")
