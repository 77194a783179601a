"""What every test may ask for. Nothing here touches the network."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from berg.home import default_home
from berg.weights import Weights

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # a busy machine is slow, and that is no fault of what is tested

_OPENS_WEIGHTS = re.compile(r"\bweights: Callable|tests\.service\.film|default_home\(\)")
LONGEST = Path(__file__).parent / "service"
"""Whole films, made and killed and made again: begun first, so that none is waited for at last."""


def pytest_configure(config: pytest.Config) -> None:
    """One clear error at the start where weights are missing that the chosen tests need."""
    if hasattr(config, "workerinput") or config.option.keyword or config.option.help:
        return
    room = Weights(default_home())
    if not any(map(needs_weights, _chosen(config))):
        return
    missing = room.missing(item.name for item in room.entries() if item.kind != "picture")
    named = ", ".join(missing[:4]) + (", and others" if len(missing) > 4 else "")
    if missing:
        raise pytest.UsageError(
            f"{len(missing)} weights are not in {default_home()}: {named}; run `make weights-all`"
        )


def _chosen(config: pytest.Config) -> Iterator[Path]:
    """The files of the tests that were asked for."""
    for word in config.args:
        path = Path(word.partition("::")[0])
        yield from path.rglob("test_*.py") if path.is_dir() else [path]


def needs_weights(path: Path) -> bool:
    """Whether a test there opens weights, or makes whole films with this machine's."""
    return path.is_file() and _OPENS_WEIGHTS.search(path.read_text(encoding="utf-8")) is not None


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
