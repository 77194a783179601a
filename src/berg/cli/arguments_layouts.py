"""The words of `berg layouts`. Part of the frozen command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

LAYOUTS_HELP = """examples:
  berg layouts                 the six built in; in a terminal with colours also as pictures
  berg layouts --out looks/    pictures of them, and a page that shows all: looks/index.html

A layout of your own is a Typst file beside the brief: docs/layouts.md.
"""


def add_layouts(parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """Add the arguments; `path` reads one."""
    parser.add_argument(
        "--out", type=path, metavar="DIR", help="write pictures and a page there (a new folder)"
    )
