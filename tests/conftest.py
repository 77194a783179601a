"""What every test may ask for. Nothing here touches the network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from berg.home import default_home
from berg.weights import Weights

LONGEST = Path(__file__).parent / "service"
"""Whole films, made and killed and made again: begun first, so that none is waited for at last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first; for the rest the order stays."""
    items.sort(key=lambda item: not item.path.is_relative_to(LONGEST))


@pytest.fixture(scope="session")
def weights() -> Callable[[str], Path]:
    """Catalogue name → verified file; fails, saying what to run, if it was not pulled."""
    room = Weights(default_home())

    def path(name: str) -> Path:
        if not room.has(name):
            pytest.fail(f"{name} is not in {default_home()}: run `make weights-all`", pytrace=False)
        return room.path(name)

    return path
