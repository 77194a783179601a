"""Starting is cheap: what only signing, checking and serving need is not imported before."""

import subprocess
import sys

import pytest

LATER = ("c2pa", "pypdf", "cryptography", "http.server", "berg.provenance.log", "typst", "cv2")
"""What no command imports by importing the service."""


def imported_by(statement: str) -> set[str]:
    """Modules that are there after a statement, in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("what", ["berg.service", "berg.cli.commands"])
def test_importing_the_service_or_its_commands_imports_nothing_heavy(what: str) -> None:
    assert not imported_by(f"import {what}") & set(LATER)


def test_every_name_of_the_service_can_be_had() -> None:
    """Those that are imported when first asked for are, and nothing else is there."""
    code = (
        "import berg.service as s\n"
        "assert all(getattr(s, name).__module__.startswith('berg.service') for name in s.__all__)\n"
        "assert s.verify is s.verify\n"
        "assert not hasattr(s, 'nothing')"
    )
    assert "berg.provenance.verify" in imported_by(code)
