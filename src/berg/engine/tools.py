"""Versions of the tools whose bytes end up in results, read from what is installed."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from berg.errors import StepError


@cache
def tool_version(name: str) -> str:
    """The installed version of a distribution.

    Raises:
        StepError: it is not installed.
    """
    try:
        return version(name)
    except PackageNotFoundError:
        raise StepError(f"{name} is not installed; run `make setup`") from None
