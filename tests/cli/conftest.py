"""One small film, made once by the command line, for every test that looks at a finished run."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.talk import fresh_home
from tests.service.film import Said, make, write_brief


@dataclass(frozen=True)
class Film:
    """A finished run and where everything is."""

    home: Path
    brief: Path
    out: Path
    said: Said


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("film")
    brief = write_brief(folder)
    said = make(folder / "home", brief, folder / "out")
    assert said.status == 0, said.err
    return Film(folder / "home", brief, folder / "out", said)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home with weights, named by the environment."""
    return fresh_home(tmp_path, monkeypatch)
