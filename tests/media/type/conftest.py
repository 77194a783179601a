from collections.abc import Callable
from pathlib import Path

import pytest

from berg.media.type.setter import Setter, setter


@pytest.fixture(scope="session")
def fonts(weights: Callable[[str], Path]) -> tuple[Path, ...]:
    return weights("inter"), weights("noto-sans-cjk-sc")


@pytest.fixture(scope="session")
def typesetter(fonts: tuple[Path, ...]) -> Setter:
    return setter(fonts)
