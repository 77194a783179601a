"""The suite itself: what it says where something is missing."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import needs_weights

TESTS = Path(__file__).parent


def _pytest(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    environment = {**os.environ, "BERG_HOME": str(home)}
    return subprocess.run(
        command, env=environment, cwd=TESTS.parent, capture_output=True, text=True
    )


def test_missing_weights_are_one_error_at_the_start(tmp_path: Path) -> None:
    said = _pytest(tmp_path, "--collect-only", "tests/service/test_run.py")
    assert said.returncode == 4
    assert "weights are not in" in said.stderr
    assert "kokoro-82m-int8" in said.stderr
    assert "run `make weights-all`" in said.stderr


def test_tests_that_need_no_weights_run_without() -> None:
    assert needs_weights(TESTS / "service" / "test_run.py")
    assert not needs_weights(TESTS / "schema" / "test_keys.py")
