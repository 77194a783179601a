"""Posters: python -m bench.posters [--posters N] [--rows N] [--films N] [--photos N] [--only PART…]

The same 100 JPEG posters of 1080 × 1350, a photograph each, made by warm headless Chromium and by
us; our parts alone; posters and small films for each row of a table. Ratios within one run: what
is compared is taken one after the other. Without a Chromium its part is skipped, and said so.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.poster_alone import BESIDE, MARKED_ONLY
from bench.poster_chromium import Browser, installed
from bench.poster_material import Material
from bench.poster_spine import Taken, home_in, steps_alone
from berg.engine.local.process import ONE_THREAD

PARTS = ("chromium", "steps", "make", "rows", "films")
"""What can be run by itself; our parts alone are always measured."""
WARMING = 12
"""Posters that a browser or workers make before they count as warm."""
WIDTH, HEIGHT = 1080, 1350


@dataclass
class Bench:
    """What was measured, by name."""

    folder: Path
    material: Material
    taken: dict[str, Taken] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    """Processor seconds of our own parts alone."""
    pages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def alone(self, posters: int) -> None:
        """Our parts in one process, and the documents that a browser is given."""
        brief = self.material.posters("alone", count=posters, marked=True)
        command = [sys.executable, "-m", "bench.poster_alone", str(home_in(self.folder / "alone"))]
        done = subprocess.run(
            [*command, str(brief), str(self.folder / "alone-out")],
            env={**os.environ, **ONE_THREAD},
            stdout=subprocess.PIPE,
            check=True,
        )
        found = json.loads(done.stdout)
        self.parts, self.pages = found["parts"], found["pages"]
        self.taken["alone"] = Taken(0.0, self.sum(BESIDE), found["count"])

    def sum(self, without: tuple[str, ...]) -> float:
        """Processor seconds of our parts, without some."""
        return sum(spent for part, spent in self.parts.items() if part not in without)

    def chromium(self) -> None:
        """The same posters as documents, in one page of one browser."""
        program = installed()
        if program is None:
            self.notes.append("Chromium is skipped: there is none here (apt install chromium).")
            return
        out = self.folder / "chromium-out"
        out.mkdir()
        blank = self.material.folder / "blank.html"
        blank.write_text("<!doctype html>", encoding="utf-8")
        browser = Browser(program, width=WIDTH, height=HEIGHT)
        try:
            browser.open(blank)
            self.notes.append(f"{browser.version()}, one page, JPEG of quality 90.")
            for page in self.pages[:WARMING]:
                browser.jpeg(page)
            before, begun = browser.cpu_s() + time.process_time(), time.perf_counter()
            for number, page in enumerate(self.pages):
                (out / f"{number:03}.jpg").write_bytes(browser.jpeg(page))
            wall = time.perf_counter() - begun
            spent = browser.cpu_s() + time.process_time() - before
        finally:
            browser.close()
        self.taken["chromium"] = Taken(wall, spent, len(self.pages))

    def steps(self, posters: int) -> None:
        """No label, watermark, signature, delivery: the steps alone, into a cold store."""
        brief = self.material.posters("plain", count=posters, marked=False)
        warming = self.material.posters("warming", count=WARMING, marked=False, warming=True)
        self.taken["cold"] = steps_alone(home_in(self.folder / "cold"), brief)
        self.taken["warm"] = steps_alone(home_in(self.folder / "warm"), brief, before=warming)

    def make(self, posters: int) -> None:
        """All of `berg make`: label, watermark, signature, log, pages, from start to end."""
        brief = self.material.posters("marked", count=posters, marked=True)
        self.taken["make"] = self._made("make", brief, ".jpg")

    def rows(self, rows: int) -> None:
        """A poster for each row, `berg make` as well."""
        brief = self.material.rows("people", count=rows)
        self.taken["rows"] = self._made("rows", brief, ".jpg")

    def films(self, films: int) -> None:
        """One film, and many, each in a fresh home."""
        for name, count in (("film", 1), ("films", films)):
            brief = self.material.films(name, count=count)
            self.taken[name] = self._made(name, brief, ".mp4")

    def _made(self, name: str, brief: Path, suffix: str) -> Taken:
        home, out = home_in(self.folder / name), self.folder / f"{name}-out"
        command = [sys.executable, "-m", "berg.cli.main", "make", str(brief), "--out", str(out)]
        before, begun = os.times(), time.perf_counter()
        done = subprocess.run(
            command, env={**os.environ, "BERG_HOME": str(home)}, capture_output=True, text=True
        )
        wall, after = time.perf_counter() - begun, os.times()
        if done.returncode:
            raise SystemExit(f"{brief.name}: {done.stdout[-500:]}{done.stderr[-1500:]}")
        spent = sum(after[2:4]) - sum(before[2:4])
        count = sum(not path.name.startswith("sheet-") for path in out.rglob(f"*{suffix}"))
        return Taken(wall, spent, count)


def report(bench: Bench) -> None:
    """Print Markdown."""
    taken, alone = bench.taken, bench.taken["alone"].count
    plain = bench.sum((*BESIDE, *MARKED_ONLY)) / alone * 1000
    marked = bench.sum(BESIDE) / alone * 1000
    said = (
        f"{alone} JPEG posters of {WIDTH} × {HEIGHT}, {bench.material.photos} photographs of "
        "1440 × 1800 among them, 12 headlines, six layouts, three schemes."
    )
    print(" ".join((said, *bench.notes)), end="\n\n")
    print(
        "Wall and processor seconds of all processes; a photograph is decoded and cropped by us "
        "as often as the layouts ask for it, by Chromium for each poster. Steps alone leave JPEG "
        "files in the store: nothing is signed or delivered.\n"
    )
    sums = {"cold": plain, "warm": plain, "make": marked}
    titles = {
        "chromium": "headless Chromium, warm",
        "cold": "steps alone, no marks, workers started",
        "warm": "steps alone, no marks, workers warm",
        "make": "`berg make`: label, watermark, signature, log",
    }
    shown = {name: title for name, title in titles.items() if name in taken}
    if shown:
        print("| | posters | wall, ms each | processor, ms each | wall of Chromium's |", end="")
        print(" processor of our parts alone |\n|---|---|---|---|---|---|")
    for name, title in shown.items():
        one, theirs = taken[name], taken.get("chromium")
        wall = f"{one.wall_ms / theirs.wall_ms:.2f}" if theirs else ""
        parts = f"{one.cpu_ms / sums[name]:.2f}" if name in sums else ""
        print(
            f"| {title} | {one.count} | {one.wall_ms:.1f} | {one.cpu_ms:.1f} | {wall} | {parts} |"
        )
    print("\n| our parts alone, in one process | processor, ms per poster |\n|---|---|")
    for part, spent in bench.parts.items():
        beside = " (not in the sums)" if part in BESIDE else ""
        print(f"| {part}{beside} | {spent / alone * 1000:.1f} |")
    print(f"| **sum, no marks** | **{plain:.1f}** |\n| **sum, all marks** | **{marked:.1f}** |")
    _tables(taken)


def _tables(taken: Mapping[str, Taken]) -> None:
    """Rows of posters and of films."""
    if "rows" in taken:
        rows, against = taken["rows"], ""
        if "make" in taken:
            share = taken["make"].wall_ms / rows.wall_ms
            against = f", {share:.0%} of the rate without a table"
        print(
            f"\n{rows.count:,} rows through `each:`, all marks: {rows.wall_ms:.1f} ms of wall and "
            f"{rows.cpu_ms:.1f} ms of processor each{against}. "
            "All rows show one photograph in one layout, and each a headline of its own."
        )
    if "films" in taken:
        one, many = taken["film"], taken["films"]
        print(
            f"\n{many.count} films of 30 s, 270 × 480, all marks, that differ in one shot of 3 s: "
            f"{many.wall_s / one.wall_s:.1f} times the wall and {many.cpu_s / one.cpu_s:.1f} times "
            f"the processor time of one ({one.wall_s:.1f} s, {one.cpu_s:.1f} s)."
        )


def options() -> argparse.Namespace:
    """What to run, and how much of it."""
    parser = argparse.ArgumentParser(prog="bench.posters", description=__doc__)
    parser.add_argument("--posters", type=int, default=100)
    parser.add_argument("--photos", type=int, default=25, help="different ones")
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--films", type=int, default=50)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument("--keep", type=Path, help="a folder that is not there yet, to look at all")
    return parser.parse_args()


def measure(folder: Path, chosen: argparse.Namespace) -> Bench:
    """Run the parts, saying on standard error how far it is."""
    bench = Bench(folder, Material.make(folder / "material", photos=chosen.photos))
    amounts: dict[str, tuple[Any, ...]] = {
        "chromium": (),
        "steps": (chosen.posters,),
        "make": (chosen.posters,),
        "rows": (chosen.rows,),
        "films": (chosen.films,),
    }
    begun = time.perf_counter()
    bench.alone(chosen.posters)
    for part in (part for part in PARTS if part in chosen.only):
        print(f"{time.perf_counter() - begun:6.1f} s: {part}", file=sys.stderr, flush=True)
        getattr(bench, part)(*amounts[part])
    print(f"{time.perf_counter() - begun:6.1f} s: done", file=sys.stderr, flush=True)
    return bench


def main() -> None:
    """Print Markdown tables."""
    chosen = options()
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True)
        report(measure(chosen.keep, chosen))
        return
    with tempfile.TemporaryDirectory() as temporary:
        report(measure(Path(temporary), chosen))


if __name__ == "__main__":
    main()
