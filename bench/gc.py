"""Collecting a million results: seconds, and memory that does not grow. python -m bench.gc [N]

One result in ten is garbage and has an object of its own; the others are needed by deliveries and
share a thousand objects. Memory is that of a process which does nothing but collect.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from berg.digest import bytes_sha256
from berg.store import Store

RESULTS = 1_000_000
SHARED = 1000
"""Objects of the results that stay."""
GARBAGE_EACH = 10
BATCH = 20_000

COLLECT = """
import json, resource, sys, time
from pathlib import Path
from berg.store import Store
with Store(Path(sys.argv[1])) as store:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, used = time.perf_counter(), time.process_time()
    report = store.gc(keep=0, dry_run="dry" in sys.argv)
    taken = [time.perf_counter() - begun, time.process_time() - used]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([*taken, grown / 1024, report.results, report.objects]))
"""


def fill(home: Path, count: int) -> None:
    """A home with so many results, written as no run would: straight into its tables."""
    with Store(home) as store:
        shared = [store.put_bytes(b"shared %d" % n, "text/plain").sha256 for n in range(SHARED)]
        place = home.parent / "out"
        place.mkdir()
        store.delivered(str(place), "r-bench", keys=())
        for start in range(0, count, BATCH):
            rows = list(_rows(store, range(start, min(start + BATCH, count)), shared))
            store._db.change(
                lambda db, rows=rows: (  # type: ignore[misc]
                    db.executemany(
                        "INSERT INTO results VALUES (?, ?, 'bench', '{}', '{}', 1.0, '')",
                        [(number, key) for number, key, _ in rows],
                    ),
                    db.executemany(
                        "INSERT INTO result_assets VALUES (?, 0, ?, 10)",
                        [(number, sha256) for number, _, sha256 in rows],
                    ),
                    db.executemany(
                        "INSERT INTO delivery_results VALUES (?, 1)",
                        [(key,) for number, key, _ in rows if number % GARBAGE_EACH],
                    ),
                )
            )


def _rows(store: Store, numbers: range, shared: list[str]) -> Iterator[tuple[int, str, str]]:
    for number in numbers:
        key = bytes_sha256(b"key %d" % number)
        if number % GARBAGE_EACH:
            yield number, key, shared[number // GARBAGE_EACH % SHARED]  # each is used
        else:
            sha256 = bytes_sha256(b"own %d" % number)
            path = store.home / "objects" / sha256[:2] / sha256
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"garbage")
            yield number, key, sha256


@dataclass(frozen=True, slots=True)
class Collected:
    """What one collection took, and came to."""

    wall_s: float
    cpu_s: float
    grown_mib: float
    results: int
    objects: int

    def __str__(self) -> str:
        return f"{self.wall_s:.1f} s ({self.cpu_s:.1f} s processor)"


def collected(home: Path, *how: str) -> Collected:
    """One collection, by a process of its own."""
    command = [sys.executable, "-c", COLLECT, str(home), *how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Collected(*json.loads(done.stdout))


def main() -> None:
    """Print what collecting takes, of a tenth and of all."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    print("| results | garbage, with an object each | dry run | collecting | memory grown |")
    print("|---|---|---|---|---|")
    for count in (most // 10, most):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            fill(home, count)
            dry, real = collected(home, "dry"), collected(home)
            assert (dry.results, dry.objects) == (real.results, real.objects)
            assert real.results == real.objects == count // GARBAGE_EACH
            grown = f"{real.grown_mib:.0f} MiB"
            print(f"| {count:,} | {real.results:,} | {dry} | {real} | {grown} |", flush=True)


if __name__ == "__main__":
    main()
