"""How quickly the command line answers, against an interpreter that does nothing.

Run: python -m bench.startup
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def wall_s(*arguments: str) -> float:
    """Wall seconds of a Python process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Print a Markdown table. The two take turns, so that a busy machine slows both alike."""
    rounds = [
        (wall_s("-c", "pass"), wall_s("-m", "berg.cli.main", "--help")) for _ in range(ROUNDS)
    ]
    bare, helped = (statistics.median(times) for times in zip(*rounds, strict=True))
    print("| python -c pass | berg --help | ratio |\n|---|---|---|")
    print(f"| {bare * 1000:.0f} ms | {helped * 1000:.0f} ms | {helped / bare:.1f} |")


if __name__ == "__main__":
    main()
