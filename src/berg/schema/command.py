"""The noun of this room: a command, and what it came to. Light to import."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CHECK_SAID_NO = 4
"""Exit status of a command that did its work and found something not in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a command came to."""

    document: Any
    """For programs: plain data, printed as JSON with `--json`."""
    text: str
    """The same for people."""
    status: int = 0
    """Exit status."""
    told: bool = False
    """Whether all was told while it went on, so that nothing is left to print."""


def _nothing(parser: ArgumentParser) -> None:
    """No arguments but `--json`, which every command has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One word after `berg`. What it does in a line is the first line of its module's docstring."""

    examples: str
    """The end of its `--help`: at least one line to copy, and exit statuses of its own."""
    run: Callable[[Namespace], Answer]
    """Do it. May raise BergError, and imports what is heavy only now."""
    arguments: Callable[[ArgumentParser], None] = _nothing
    """Give a parser the command's arguments. Light: `--help` calls it."""
