"""The same under every other Python that this machine has; none is fetched."""

import sys
from pathlib import Path

import pytest

from tests.setup.project import Project
from tests.setup.scripts import pythons
from tests.setup.shelf import NEWER, Shelf

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
OTHERS = {version: path for version, path in pythons.found().items() if version != OWN}


@pytest.mark.parametrize("version", OTHERS)
def test_set_up_is_the_same_under_another_python(
    version: str, shelf: Shelf, tmp_path: Path
) -> None:
    project = Project.make(tmp_path / "berg", shelf)
    said = project.expect(project.set_up(python=OTHERS[version]))
    assert f"with Python {version}." in said
    assert NEWER not in project.installed().values()
    assert project.packages.parent.name == f"python{version}"


def test_a_name_on_the_path_that_does_not_run_is_no_python(tmp_path: Path) -> None:
    broken = tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    assert pythons.version_of(broken) == ""
    assert pythons.version_of(tmp_path / "nothing") == ""
    assert pythons.version_of(Path(sys.executable)) == OWN
