"""Partial tiles go once the full tile that they grew into is published (C2SP `tlog-tiles`)."""

import shutil
from pathlib import Path

from berg import faults
from berg.provenance.log.tiles import ENTRIES, WIDTH, tile_path


def prune(folder: Path, begin: int, end: int) -> None:
    """Remove the partial tiles of what became full between two published sizes."""
    _prune_row(folder, ENTRIES, begin, end)
    level = 0
    while end:
        _prune_row(folder, level, begin, end)
        begin, end, level = begin // WIDTH, end // WIDTH, level + 1


def _prune_row(folder: Path, level: int | str, begin: int, end: int) -> None:
    first = begin // WIDTH
    if begin % WIDTH and end // WIDTH > first:  # only the first of them had been partial before
        shutil.rmtree(folder / (tile_path(level, first) + ".p"), ignore_errors=True)
        faults.point("log.pruned")
