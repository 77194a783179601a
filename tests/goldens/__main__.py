"""Writes the goldens anew: `python -m tests.goldens`. Refuses what no version says."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.goldens import fields, steps


def main() -> int:
    """Fields first, which cost nothing; then a make."""
    now = fields.today()
    wrong = fields.forgotten(fields.read(), now)
    if not wrong:
        with tempfile.TemporaryDirectory() as folder:
            made = steps.walk(Path(folder))
        pinned = steps.read()
        wrong = steps.forgotten(pinned, made)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    # what only runs elsewhere stays as it was pinned there
    kept = {n: s for n, s in pinned.steps.items() if steps.elsewhere(n)}
    made = replace(made, steps=made.steps | kept, tools=pinned.tools | made.tools)
    fields.write(now)
    steps.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
