"""python -m bench.watermark [material|pictures|posters|films|sounds|alarms|page] …

Trials go on where they were cut short; `--quick` is a smoke test with a handful of trials, kept
apart from the real ones.
"""

import argparse
import importlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cv2

from bench.watermark import material
from bench.watermark.rows import BUILD, Row, Rows

MEDIA = ("pictures", "posters", "films", "sounds", "alarms")
ROUNDS = {"pictures": 8, "posters": 24, "films": 2, "sounds": 4, "alarms": 1}
"""30 pictures × 8, 10 posters × 24, 6 films × 40 windows, 12 clips × 4 keys × 5 windows: 240."""
Run = Callable[[Any, Callable[[str], bool]], Iterator[Row]]


def units_of(medium: str, rounds: int) -> tuple[Iterable[Any], Run]:
    """What is to be done, and by what; imported late, since each medium needs its own codec."""
    if medium in ("pictures", "posters"):
        from bench.watermark import pictures

        return pictures.units(medium, rounds=rounds), pictures.run
    if medium == "sounds":
        from bench.watermark import sounds

        return sounds.units(rounds=rounds), sounds.run
    if medium == "films":
        from bench.watermark import films

        return films.units(rounds=rounds), films.run
    from bench.watermark import alarms

    return alarms.units(), alarms.run


def without_bar(medium: str) -> list[str]:
    """Attacks that are tried for information."""
    where = {"posters": "picture", "pictures": "picture", "sounds": "sound", "films": "film"}
    if medium not in where:
        return []
    attacks = importlib.import_module(f"bench.watermark.{where[medium]}_attacks").ATTACKS
    return [attack.name for attack in attacks if attack.bar is None]


class Wants:
    """Whether a trial is still to be done; can be sent to another process."""

    def __init__(self, done: set[str], only: tuple[str, ...], skipped: frozenset[str]) -> None:
        self._done, self._only, self._skipped = done, only, skipped

    def __call__(self, trial: str) -> bool:
        parts = trial.split("/")
        asked = not self._only or any(part in self._only for part in parts)
        return asked and self._skipped.isdisjoint(parts) and trial not in self._done


def _whole(job: tuple[Run, Any, Wants]) -> list[Row]:
    run, unit, wants = job
    return list(run(unit, wants))


def trials(medium: str, asked: argparse.Namespace, folder: Path) -> None:
    """Run what is missing of one medium."""
    rows, begun = Rows(medium, folder), time.monotonic()
    rounds = 1 if asked.quick else asked.rounds or ROUNDS[medium]
    units, run = units_of(medium, rounds)
    skipped = frozenset(without_bar(medium)) if asked.bars else frozenset()
    wants = Wants({row["trial"] for row in rows.all}, tuple(asked.only), skipped)
    listed = list(units)[: 2 if asked.quick else None]
    if asked.processes > 1:
        with ProcessPoolExecutor(asked.processes) as pool:
            for many in pool.map(_whole, [(run, unit, wants) for unit in listed]):
                for row in many:
                    rows.add(row)
        return
    for number, unit in enumerate(listed):
        for row in run(unit, wants):
            rows.add(row)
            if time.monotonic() - begun > asked.minutes * 60:
                print(f"{medium}: out of time in unit {number + 1} of {len(listed)}", flush=True)
                return
        if number % 10 == 9:
            spent = time.monotonic() - begun
            print(f"{medium}: {number + 1} of {len(listed)}, {spent:.0f} s", flush=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=[*MEDIA, "page"])
    parser.add_argument("--quick", action="store_true", help="two units of each, kept apart")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--rounds", type=int, help="rounds over the material; default: 240 a cell")
    parser.add_argument("--bars", action="store_true", help="only attacks that have a bar")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so long, each")
    parser.add_argument("--only", nargs="*", default=[], help="attacks by their short names")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folder = BUILD / "quick" if asked.quick else BUILD
    material.fetch()
    for what in asked.what:
        if what in MEDIA:
            trials(what, asked, folder)
        elif what == "page":
            from bench.watermark.page import write

            write(folder, quick=asked.quick)
        elif what != "material":
            parser.error(f"{what}: there are material, {', '.join(MEDIA)}, page")


if __name__ == "__main__":
    main()
