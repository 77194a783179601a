"""Trials of films: marked, delivered and attacked once, then 5 s after 5 s of them is searched.

A window is searched as a film of its own would be: by a fresh reader, given the glimpses that the
detector takes of the attacked film in those 5 s. So each film is decoded once an attack, and not
once a window. Some windows are also cut out without loss and searched as files; see `as_file`.
"""

import itertools
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np

from bench.watermark.film_attacks import ATTACKS, Attack, attacked
from bench.watermark.film_material import FILMS, FPS, Film, scene_of, shots_seen
from bench.watermark.rows import Row
from bench.watermark.statistics import psnr, ssim
from berg.carriers.watermark.found import Found
from berg.carriers.watermark.frames import HELD, FrameMarker, find_in_film
from berg.carriers.watermark.glimpses import ReducedFrame, glimpses
from berg.carriers.watermark.shots import ShotReader
from berg.media.video.encode import Encoder, EncoderSettings
from berg.media.video.join import join

WINDOW_S = 5.0
WINDOWS = 40
"""Of each film; they begin at even distances all over it, and overlap."""
EVERY = 4
"""Every fourth window of a film is of the first round, the others are of the second: a film is
decoded anew for each round, which costs more than the search."""
AS_FILE = (4, 24)
"""Windows that are searched as files, too."""


@dataclass(frozen=True)
class Unit:
    """A film under an attack."""

    film: Film
    attack: Attack
    round: int

    @property
    def label(self) -> str:
        return f"{self.film.name}/{self.attack.name}"


def units(*, rounds: int) -> Iterator[Unit]:
    """Round after round, so that a run cut short has as many windows of each attack."""
    for number, attack, film in itertools.product(range(rounds), ATTACKS, FILMS):
        yield Unit(film, attack, number)


def run(unit: Unit, wants: Callable[[str], bool]) -> Iterator[Row]:
    """All trials of a unit that are wanted; the film is made first if it isn't there."""
    film, delivered = unit.film, unit.film.folder / "film.mp4"
    if (new := wants(f"{film.name}/mark")) or not delivered.exists():
        made = make(film)
        if new:
            yield {"trial": f"{film.name}/mark", "attack": "mark", "what": film.name, **made}
    mine = [n for n in range(WINDOWS) if (n % EVERY > 0) == (unit.round > 0)]
    wanted = [n for n in mine if wants(f"{unit.label}/{n}")]
    files = [n for n in AS_FILE if n in mine and wants(f"{unit.label}/file{n}")]
    if not wanted and not files:
        return
    path = attacked(delivered, unit.attack, tall=film.size[1] > film.size[0])
    begun = time.process_time()
    seen = list(glimpses(path)) if wanted else []
    looked = (time.process_time() - begun) * WINDOW_S * unit.attack.speed * FPS / film.frames
    for number in wanted:
        found, took = search(seen, _start(unit, number), film)
        yield _row(unit, number, found, took + looked)
    for number in files:
        yield _row(unit, number, *as_file(path, _start(unit, number), film), trial=f"file{number}")


def _start(unit: Unit, number: int) -> float:
    """Seconds at which a window begins."""
    length = unit.film.frames / FPS / unit.attack.speed
    return (length - WINDOW_S) * number / (WINDOWS - 1)


def search(seen: list[ReducedFrame], start: float, film: Film) -> tuple[tuple[Found, ...], float]:
    """What is found in a window, and processor seconds."""
    begun = time.process_time()
    reader = ShotReader([film.secret], until=time.monotonic() + 120)
    for glimpse in seen:
        if start <= glimpse.time_s < start + WINDOW_S:
            reader.see(replace(glimpse, time_s=glimpse.time_s - start))
    return reader.found(), time.process_time() - begun


def as_file(path: Path, start: float, film: Film) -> tuple[tuple[Found, ...], float]:
    """A window cut out without loss, searched as a film of its own."""
    out = path.with_name("window.mp4")
    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-i", str(path)]
    call += ["-ss", f"{start:.3f}", "-t", f"{WINDOW_S}", "-an"]
    lossless = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-threads", "1"]
    subprocess.run([*call, *lossless, str(out)], check=True)
    begun = time.process_time()
    found = find_in_film(out, keys=[film.secret])
    return found, time.process_time() - begun


def _row(
    unit: Unit, number: int, found: tuple[Found, ...], took: float, trial: str | None = None
) -> Row:
    film, first = unit.film, _start(unit, number) * FPS * unit.attack.speed
    shown = dict(shots_seen(film, first, first + WINDOW_S * FPS * unit.attack.speed))
    marks = {film.mark_of(shot): shot for shot in shown}
    longest = max(shown, key=lambda shot: shown[shot])
    right = {marks[f.identifier] for f in found if f.identifier in marks}
    long = [shot for shot in shown if shown[shot] >= FPS]
    return {
        "trial": f"{unit.label}/{number if trial is None else trial}",
        "attack": unit.attack.name if trial is None else f"{unit.attack.name} file",
        "what": film.name, "window": number, "right": longest in right, "any": bool(right),
        "shots": len(long), "shots_found": sum(shot in right for shot in long),
        "wrong": sum(f.identifier not in marks for f in found),
        "shot": film.shots[longest].shows,
        "score": round(max((f.score for f in found), default=0.0), 2), "find_s": round(took, 3),
    }  # fmt: skip


def make(film: Film) -> Row:
    """Mark and encode a film shot by shot, and join it; what it took, and what it cost to see."""
    film.folder.mkdir(parents=True, exist_ok=True)
    strips = [film.folder / f"shot{number}.mp4" for number in range(len(film.shots))]
    taken = [_strip(film, number, path, marked=True) for number, path in enumerate(strips)]
    plain = _strip(film, 0, film.folder / "plain.mp4", marked=False)
    join(strips, None, film.folder / "film.mp4", fps=Fraction(FPS), frames=film.frames)
    return {
        "frames": film.frames, "mark_s": sum(t["mark_s"] for t in taken),
        "encode_s": sum(t["encode_s"] for t in taken),
        "paint_s": sum(t["paint_s"] for t in taken),
        "psnr": [p for t in taken for p in t["psnr"]],
        "ssim": [s for t in taken for s in t["ssim"]],
        "bytes_over_plain": strips[0].stat().st_size / (film.folder / "plain.mp4").stat().st_size,
        "encode_over_plain": taken[0]["encode_s"] / plain["encode_s"],
    }  # fmt: skip


def _strip(film: Film, number: int, path: Path, *, marked: bool) -> dict[str, Any]:
    wide, tall = film.size
    marker = FrameMarker(identifier=film.mark_of(number), key=film.secret,
                         width=wide, height=tall)  # fmt: skip
    taken: dict[str, Any] = {"mark_s": 0.0, "paint_s": 0.0, "encode_s": 0.0, "psnr": [], "ssim": []}
    scene, frames = scene_of(film, number), film.shots[number].frames
    with Encoder(path, width=wide, height=tall, fps=Fraction(FPS),
                 settings=EncoderSettings()) as encoder:  # fmt: skip
        painting = time.process_time()
        for frame, _ in enumerate(scene.paint(0, frames, encoder.canvas)):
            taken["paint_s"] += time.process_time() - painting
            before = np.array(encoder.canvas.y) if frame % 25 == 12 else None
            begun = time.process_time()
            if marked and frame % HELD == 0:
                marker.look(encoder.canvas.y)
            if marked:
                marker.mark_luma(encoder.canvas.y, onto=encoder.canvas.y)
            between = time.process_time()
            if before is not None:
                taken["psnr"].append(psnr(before, encoder.canvas.y))
                taken["ssim"].append(ssim(before, np.array(encoder.canvas.y)))
            encoding = time.process_time()
            encoder.send()
            taken["mark_s"] += between - begun
            painting = time.process_time()
            taken["encode_s"] += painting - encoding
    return taken
