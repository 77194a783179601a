"""Finishing 100 JPEG posters of 1080 × 1350 on one core, by part; and finding them finished.

Run: python -m bench.finishing [POSTERS]. Label, manifest, reading back, log, and putting in place;
no watermark, which is drawn in before. Keys, log and store are real ones in a fresh home.
"""

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tests.provenance.finish.desk import Desk

from berg.delivery import write
from berg.provenance.finish import Finisher, finisher
from berg.schema.delivery import Deliverable

BAR_S = 0.12
PARTS = {
    "AIGC label": (finisher, "write_label"),
    "C2PA manifest": (finisher, "sign_file"),
    "label read back": (finisher, "read_labels"),
    "manifest read back": (finisher, "read_credential"),
    "manifest kept": (Finisher, "_keep_manifest"),
    "log, all at once": (Finisher, "log"),
    "put in place, with its proof, four at once": (write, "place"),
}
"""What is timed, and where it is called."""

Clock = dict[str, list[float]]
"""Wall and processor seconds of each part."""


def poster(number: int) -> bytes:
    """A flat ground, a soft picture and large type, as JPEG."""
    chance = np.random.default_rng(number)
    noise = chance.integers(0, 255, (45, 36, 3), dtype=np.uint8)
    picture = cv2.resize(noise, (1080, 900), interpolation=cv2.INTER_CUBIC)
    grain = chance.integers(-6, 7, picture.shape)
    page = np.full((1350, 1080, 3), chance.integers(0, 255, 3), dtype=np.uint8)
    page[:900] = np.clip(picture.astype(np.int16) + grain, 0, 255)
    cv2.putText(page, f"Poster {number}", (80, 1150), 0, 5, (255, 255, 255), 16, cv2.LINE_AA)
    data: bytes = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()
    return data


@contextmanager
def timed() -> Iterator[Clock]:
    """The parts' times while this holds."""
    clock: Clock = defaultdict(lambda: [0.0, 0.0])
    kept = {part: getattr(*place) for part, place in PARTS.items()}
    for part, place in PARTS.items():
        setattr(*place, _timing(kept[part], clock, part))
    try:
        yield clock
    finally:
        for part, place in PARTS.items():
            setattr(*place, kept[part])


def _timing(work: Callable[..., Any], clock: Clock, part: str) -> Callable[..., Any]:
    def call(*positional: Any, **named: Any) -> Any:
        begun, busy = time.perf_counter(), time.process_time()
        try:
            return work(*positional, **named)
        finally:
            clock[part][0] += time.perf_counter() - begun
            clock[part][1] += time.process_time() - busy

    return call


def delivered(desk: Desk, posters: list[bytes]) -> tuple[tuple[Deliverable, ...], float, float]:
    """Deliver all; what was delivered, wall and processor seconds."""
    items = [
        desk.item(
            f"poster-{number:03}.jpg",
            data,
            generated=("picture",),
            marks=(f"{number:010x}",),
            mark_key="0" * 16,
        )
        for number, data in enumerate(posters)
    ]
    begun, busy = time.perf_counter(), time.process_time()
    files = desk.deliver(*items)
    return files, time.perf_counter() - begun, time.process_time() - busy


def main() -> None:
    """Print a Markdown table; fails if a poster takes more processor time than the bar."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    posters = [poster(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        delivered(desk, [poster(count)])  # imports and contexts, once a process
        desk.out = Path(folder) / "posters"
        with timed() as clock:
            files, wall, busy = delivered(desk, posters)
        again, again_wall, again_busy = delivered(desk, posters)
        if again != files:
            raise SystemExit("a rerun finished something anew")
    size = sum(map(len, posters)) / count
    print(
        f"{count} JPEG posters, {size / 1000:.0f} kB each; load {os.getloadavg()[0]:.1f} "
        f"at the end. Milliseconds per poster; the bar is {BAR_S * 1000:.0f}.\n"
    )
    print("| part | wall | processor |\n|---|---|---|")
    for part in PARTS:
        print(f"| {part} | {_ms(clock[part][0], count)} | {_ms(clock[part][1], count)} |")
    known = [sum(took[n] for took in clock.values()) for n in (0, 1)]
    print(f"| the rest | {_ms(wall - known[0], count)} | {_ms(busy - known[1], count)} |")
    print(f"| **all** | **{_ms(wall, count)}** | **{_ms(busy, count)}** |")
    print(f"| found finished | {_ms(again_wall, count)} | {_ms(again_busy, count)} |")
    if busy / count > BAR_S:
        raise SystemExit(f"{busy / count:.3f} s of processor a poster; the bar is {BAR_S} s")


def _ms(seconds: float, count: int) -> str:
    return f"{seconds / count * 1000:.1f}"


if __name__ == "__main__":
    main()
