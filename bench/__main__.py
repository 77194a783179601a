"""All benches, one after the other, into docs/benchmarks.md: python -m bench [NAME]…

Ratios in one run: the machines are shared and noisy, so a figure is held against another that was
taken beside it, not against a clock.
"""

import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

TABLE = Path("docs/benchmarks.md")
BENCHES = {
    "compose": "Composing a 60 s film against one bare FFmpeg filtergraph",
    "edits": "One caption changed, and ten variants",
    "example": "The example, cold, against its floors",
    "finishing": "Finishing 100 posters",
    "lineage": "Lineages of very many steps, delivered",
    "gc": "Collecting a million results",
    "log": "The log: a million entries",
    "posters": "100 posters, against headless Chromium and our own parts",
    "sound": "Sound against its encoder alone",
    "spine": "The spine alone",
    "startup": "The command line's start",
}


def run(name: str) -> str:
    """A bench's table."""
    print(f"== {name}", flush=True)
    done = subprocess.run([sys.executable, "-m", f"bench.{name}"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench.{name} failed:\n{done.stderr[-2000:]}")
    print(done.stdout, flush=True)
    return done.stdout.strip()


def section(name: str, table: str) -> str:
    """A section of the page, between marks by which it is found again."""
    today, load = datetime.date.today().isoformat(), os.getloadavg()[0]
    how = f"{today}, load {load:.1f} at its end, `python -m bench.{name}`"
    return f"<!-- {name} -->\n## {BENCHES[name]}\n\n{how}\n\n{table}\n<!-- /{name} -->"


def main() -> None:
    """Run the benches named, or all, and write their sections."""
    names = sys.argv[1:] or list(BENCHES)
    text = TABLE.read_text(encoding="utf-8") if TABLE.exists() else HEAD
    for name in names:
        new = section(name, run(name))
        begin, end = text.find(f"<!-- {name} -->"), text.find(f"<!-- /{name} -->")
        if begin >= 0:
            text = text[:begin] + new + text[end + len(f"<!-- /{name} -->") :]
        else:
            text = f"{text.rstrip()}\n\n{new}\n"
        TABLE.write_text(text, encoding="utf-8")


HEAD = f"""# Benchmarks

`make bench` writes this page. Figures are of one machine ({platform.machine()}, \
{os.cpu_count()} cores) and mean something as ratios only, each taken within one run.
"""

if __name__ == "__main__":
    main()
