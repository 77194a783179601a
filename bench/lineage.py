"""Lineages of very many steps, delivered: a chain, a fan, and many files over the same steps.

Run: python -m bench.lineage [STEPS]. Steps are answered in this process, since what is asked is
whether a delivery's time and memory stay bounded; each case has a process of its own, whose
highest resident memory is told. Keys, log and store are real ones in a fresh home.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.provenance.finish.desk import Desk
from tests.service.large import chain, delivered, driven, fan, finishing, pages

from berg.engine.driver import Driver
from berg.engine.rehearsal import Line

STEPS = 100_000
"""In the chain; the fan has a fifth, and the files over shared steps a hundredth each."""


def line_of(case: str, steps: int) -> Line:
    """A case's line."""
    match case:
        case "chain":
            return chain(steps)
        case "fan":
            return fan(steps // 5)
        case _:
            return pages(steps // 100, deep=steps // 100)


def measure(case: str, steps: int) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        begun = time.perf_counter()
        driver = driven(desk, line_of(case, steps))
        made = time.perf_counter()
        before = _peak_mib()
        told = _dossiers_s(desk, driver)
        middle = time.perf_counter()
        files = delivered(desk, driver)
        ended = time.perf_counter()
        manifest = max(path.stat().st_size for path in desk.out.glob("*.c2pa"))
        return (
            f"| {case} | {len(driver.steps):,} | {len(files):,} | {made - begun:.1f} s |"
            f" {told:.2f} s | {ended - middle:.1f} s | {before:,.0f} MiB | {_peak_mib():,.0f} MiB |"
            f" {manifest / 1000:.1f} kB |"
        )


def main() -> None:
    """Print a Markdown table, a row for each case."""
    if len(sys.argv) > 2:
        print(measure(sys.argv[1], int(sys.argv[2])))
        return
    steps = sys.argv[1] if len(sys.argv) > 1 else str(STEPS)
    print(
        "| case | steps | files | driven | dossiers | delivered, dossiers among it |"
        " memory, driven | memory, delivered | largest manifest |"
    )
    print("|---" * 9 + "|")
    for case in ("chain", "fan", "files over shared steps"):
        words = [sys.executable, "-m", "bench.lineage", case, steps]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        print(done.stdout.strip(), flush=True)


def _dossiers_s(desk: Desk, driver: Driver) -> float:
    """Seconds that the dossiers alone take."""
    with finishing(desk) as (_, dossiers):
        begun = time.perf_counter()
        dossiers.each(driver.promised)
        return time.perf_counter() - begun


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
