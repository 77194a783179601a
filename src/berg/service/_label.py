"""Checking labels: files from anywhere, against the clauses of China's standard and the EU's act.

Needs no home and opens none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from berg.errors import BergError
from berg.provenance.lint import LintedFile, check_file
from berg.provenance.verify import choose


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelCheck:
    """What came of it."""

    files: tuple[LintedFile, ...]
    unread: tuple[tuple[Path, str], ...]
    """Files and folders that could not be read at all, and why."""
    links: int
    """Links in folders that were not followed."""

    @property
    def sound(self) -> bool:
        """Whether there was a file, each could be read and is labelled, and no clause is broken."""
        return bool(self.files) and not self.unread and all(file.sound for file in self.files)


def check_labels(
    named: tuple[Path, ...],
    *,
    begun: Callable[[int], None] = lambda _: None,
    progress: Callable[[int, Path, bool], None] = lambda _count, _path, _sound: None,
) -> LabelCheck:
    """Check files and folders; `begun` is told how many files, `progress` of each that is done.

    Raises:
        RequestError: what is named isn't there, is a sidecar, or comes to too many files.
    """
    chosen = choose(named)
    begun(len(chosen.files))
    files: list[LintedFile] = []
    unread: list[tuple[Path, str]] = []
    for count, path in enumerate(chosen.files, 1):
        try:
            files.append(check_file(path))
            sound = files[-1].sound
        except BergError as error:
            unread.append((path, error.message))
            sound = False
        progress(count, path, sound)
    unread += [(one.path, one.why) for one in chosen.unread]
    return LabelCheck(files=tuple(files), unread=tuple(unread), links=chosen.links)
