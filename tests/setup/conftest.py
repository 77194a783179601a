from pathlib import Path

import pytest

from tests.setup.project import Project
from tests.setup.shelf import Shelf

YANKED = frozenset({"numpy", "coverage", "pip"})
"""Pins that their authors have withdrawn: one plain, one wanted with an extra, and pip itself."""


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Everything that the locks name, with a newer release of each; some pins are yanked."""
    made = Shelf(folder=tmp_path_factory.mktemp("index"), yanked=YANKED)
    made.fill()
    return made


@pytest.fixture(scope="session")
def finished(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is set up; not to be changed, but copied."""
    project = Project.make(tmp_path_factory.mktemp("finished") / "berg", shelf)
    project.expect(project.set_up())
    return project


@pytest.fixture
def project(finished: Project, tmp_path: Path) -> Project:
    """A project of one's own, set up already."""
    return finished.copy(tmp_path / "berg")
