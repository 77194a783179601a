"""Set-up as it is, from an index in which all that is newer than the locks can't be installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.setup.conftest import YANKED
from tests.setup.project import BASE, Project
from tests.setup.shelf import NEWER

CLOSED = "http://127.0.0.1:9/simple"
"""An index that nobody answers for."""
NAMESPACE = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "-Ur")


def test_what_is_newer_than_the_locks_is_never_taken(finished: Project) -> None:
    for lock in ("requirements.pip.lock", "requirements.build.lock", "requirements.lock"):
        assert finished.missing(lock) == {}
    assert NEWER not in finished.installed().values()


def test_a_pin_that_was_yanked_is_installed_all_the_same(finished: Project) -> None:
    installed = finished.installed()
    assert {name: installed[name] for name in YANKED} == {
        name: finished.shelf.versions[name] for name in YANKED
    }


def test_set_up_again_asks_nobody_and_says_nothing(project: Project) -> None:
    assert project.expect(project.set_up(PIP_INDEX_URL=CLOSED)) == ""


def test_extras_come_from_locks_of_their_own(project: Project) -> None:
    project.expect(project.set_up("llama", "uv"))
    assert project.missing("requirements.llama.lock") == {}
    assert project.missing("requirements.uv.lock") == {}


def test_a_stage_that_was_killed_is_installed_whole_again(project: Project) -> None:
    (project.packages / "numpy_stand_in.py").unlink()
    (project.stamps / "packages").unlink()
    (project.stamps / "packages.begun").touch()
    project.expect(project.set_up())
    assert (project.packages / "numpy_stand_in.py").exists()
    assert not (project.stamps / "packages.begun").exists()


def test_an_environment_whose_pip_was_killed_while_it_replaced_itself_is_made_anew(
    project: Project,
) -> None:
    shutil.rmtree(project.packages / "pip/_internal/commands")
    (project.stamps / "pip.begun").touch()
    project.edit("scripts/setup", "needed_mb=", "needed_mb=9000000000")  # enough was seen by then
    said = project.expect(project.set_up(), 1)
    assert "making .venv" in said
    assert project.missing("requirements.pip.lock") == {}


def test_a_lock_without_what_a_package_needs_is_refused_by_name(project: Project) -> None:
    text = (project.folder / "requirements.lock").read_text()
    coverage = next(line for line in text.splitlines() if line.startswith("coverage=="))
    project.edit("requirements.lock", f"{coverage}\n", "")
    said = project.expect(project.set_up(), 1)
    assert "requirements.lock: pytest-cov" in said
    assert "needs coverage[toml]>=" in said
    assert "which is not in the lock" in said
    assert (project.stamps / "packages.begun").exists()


def test_another_file_under_the_name_of_a_pin_is_not_installed(project: Project) -> None:
    numpy = project.shelf.hashes["numpy"]
    project.edit("requirements.lock", numpy, numpy[::-1])
    (project.stamps / "packages.begun").touch()
    said = project.expect(project.set_up(), 1)
    assert "the index gave another file than the lock names" in said
    assert (project.stamps / "pip.log").exists()


def test_an_index_that_cannot_be_reached_is_said_to_be_so(project: Project) -> None:
    (project.stamps / "packages").unlink()
    (project.stamps / "packages.begun").touch()
    said = project.expect(project.set_up(PIP_INDEX_URL=CLOSED, PIP_RETRIES="0"), 1)
    assert "the package index can't be reached" in said


def test_without_room_nothing_is_fetched(project: Project) -> None:
    (project.stamps / "packages").unlink()
    project.edit("scripts/setup", "needed_mb=", "needed_mb=9000000000")
    said = project.expect(project.set_up(PIP_INDEX_URL=CLOSED), 1)
    assert "MB are needed here, and" in said


def test_a_python_that_was_named_and_does_not_suit_is_not_passed_over(
    project: Project, tmp_path: Path
) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\ncase $2 in *print*) echo 3.10 ;; *) exit 1 ;; esac\n")
    old.chmod(0o755)
    said = project.expect(project.set_up(python=old), 1)
    assert f"PYTHON={old} is 3.10; 3.11 to 3.14 suit" in said
    assert project.missing("requirements.lock") == {}


def test_a_word_that_is_no_extra_is_named(project: Project) -> None:
    said = project.expect(project.set_up("lama"), 1)
    assert "no extra named lama: llama, uv" in said


def test_a_python_that_can_make_no_pip_lends_its_own(project: Project) -> None:
    """As Debian's without python3-venv, which has no `ensurepip`."""
    code = "import ensurepip, pip; print(ensurepip.__path__[0])"
    probe = subprocess.run([BASE, "-c", code], capture_output=True, text=True)
    if probe.returncode:
        pytest.skip("the tests' Python has no pip of its own to lend")
    script = f'mount -t tmpfs none "{probe.stdout.strip()}" && '
    trial = subprocess.run([*NAMESPACE, "sh", "-c", script + "true"], capture_output=True)
    if trial.returncode:
        pytest.skip(f"nothing can be mounted here: {trial.stderr.decode().strip()}")
    shutil.rmtree(project.folder / ".venv")
    project.edit("scripts/setup", "needed_mb=", "needed_mb=9000000000")  # enough was seen by then
    under = [*NAMESPACE, "sh", "-c", script + 'exec "$0" "$@"']
    assert "installing" not in project.expect(project.set_up(under=under), 1)
    assert project.missing("requirements.pip.lock") == {}
