from collections.abc import Callable
from pathlib import Path

import pytest

from berg.schema.model import WeightsEntry
from berg.weights import Weights
from tests.weights.packages import catalogue_of


@pytest.fixture(autouse=True)
def no_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed here, the hub's and the buckets' clients are not there."""
    monkeypatch.setattr("berg.weights.remote.find_spec", lambda name: None)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages; pip sees this and nothing else."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    return folder


@pytest.fixture
def room(tmp_path: Path) -> Callable[..., Weights]:
    """A weights room in a fresh home, with a catalogue of its own."""

    def of(*entries: WeightsEntry) -> Weights:
        return Weights(tmp_path / "home", catalogue=catalogue_of(*entries))

    return of
