"""A process of its own that works on a log or a witness until it is killed.

python -m tests.provenance.log.hand append FOLDER BEGIN END STEP
python -m tests.provenance.log.hand witness FOLDER BODY…
"""

import sys
from pathlib import Path

from berg.provenance.log import Witness
from tests.provenance.log.making import entries_of, key_of, log_at


def append(folder: Path, begin: int, end: int, step: int) -> None:
    """Append in batches, and say each checkpoint once it is published."""
    log = log_at(folder)
    for first in range(begin, end, step):
        indices = log.append(entries_of(first, min(first + step, end)))
        print(f"{first} {indices[0]} {log.head().size} {log.head().root.hex()}", flush=True)


def witness(folder: Path, bodies: list[str]) -> None:
    """Answer add-checkpoint requests that lie in files."""
    here = Witness(folder, key=key_of("witness"), name="w.example", logs=[log_at(folder).verifier])
    for body in bodies:
        reply = here.add_checkpoint(Path(body).read_bytes())
        print(f"{reply.status} {reply.body.strip()}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "append":
        append(Path(sys.argv[2]), *map(int, sys.argv[3:6]))
    else:
        witness(Path(sys.argv[2]), sys.argv[3:])
