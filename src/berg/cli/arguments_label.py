"""The words of `berg label`. Part of the frozen command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

LABEL_HELP = """exit status: 0 every file has a label and breaks no clause; 4 one has none, breaks
  one, or could not be read
  Clauses are those of China's GB 45438-2025 and the EU's AI Act, Art. 50(2). What a file's bytes
  can't tell, such as a label that people see, is "not known" and breaks nothing. So is whether a
  file owes a label: only what is generated, wholly or in part, does. A file without one gives 4
  all the same, as there is nothing that could be called sound; whether that is right, you know.

examples:
  berg label check picture.png
  berg label check out/ --json
"""


def add_label(parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """Add the arguments; `path` reads one."""
    parser.add_argument("action", choices=("check",), help="check: clause by clause")
    parser.add_argument(
        "files", nargs="+", type=path, metavar="FILE", help="files, or folders of them"
    )
