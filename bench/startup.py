"""How quickly the command line answers, against an interpreter that does nothing.

Run: python -m bench.startup
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def median_s(*arguments: str) -> float:
    """Median wall seconds of a Python process."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Print a Markdown table."""
    bare, helped = median_s("-c", "pass"), median_s("-m", "berg.cli.main", "--help")
    print("| python -c pass | berg --help | ratio |\n|---|---|---|")
    print(f"| {bare * 1000:.0f} ms | {helped * 1000:.0f} ms | {helped / bare:.1f} |")


if __name__ == "__main__":
    main()
