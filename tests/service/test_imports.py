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


@pytest.mark.parametrize(
    "statement",
    [
        "from berg.service import Service, Request, Forecast",
        "from berg.cli.serving import _progress; _progress(None)",
    ],
)
def test_the_service_of_a_plan_imports_nothing_heavy(statement: str) -> None:
    assert not imported_by(statement) & set(LATER)


def test_the_service_imports_nothing_before_it_is_asked() -> None:
    assert not [name for name in imported_by("import berg.service") if "berg.service." in name]


def test_every_name_of_the_service_can_be_had() -> None:
    """Those that are imported when first asked for are, and nothing else is there."""
    code = (
        "import berg.service as s\n"
        "assert all(getattr(s, name).__module__.startswith('berg.service') for name in s.__all__)\n"
        "assert s.verify is s.verify\n"
        "assert not hasattr(s, 'nothing')"
    )
    assert "berg.provenance.verify" in imported_by(code)
