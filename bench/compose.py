"""Composing a film, against one bare FFmpeg filtergraph: python -m bench.compose [--seconds N]

The same 12 shots (6 stills with motion, 6 clips), 20 captions, 12 voices and music; x264 medium
CRF 23; both sides cold, in turn. Each film is compared with the frames that its own encoder was
given. Prints a Markdown table.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from bench.composing import bare, ours
from bench.composing.materials import FPS, HEIGHT, WIDTH, Materials, prepare


@dataclass(frozen=True)
class Taken:
    wall_s: float
    cpu_s: float
    size: int


def measure(make: Callable[[Materials, Path], None], materials: Materials, out: Path) -> Taken:
    """Run in a fork, so that every process that takes part is counted and nothing stays warm."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    child = os.fork()
    if not child:
        status = 1
        try:
            make(materials, out)
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{make.__module__} failed")
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, cpu, out.stat().st_size)


def ssim_of(report: str) -> float:
    """FFmpeg's average over all planes."""
    found = re.findall(r"SSIM .*All:([0-9.]+)", report)
    if not found:
        raise SystemExit(report[-2000:])
    return float(found[-1])


def ssim_of_ours(materials: Materials, film: Path, folder: Path) -> float:
    raw = f"-f rawvideo -pix_fmt yuv420p -s {WIDTH}x{HEIGHT} -r {FPS} -i -".split()
    call = [imageio_ffmpeg.get_ffmpeg_exe(), *raw, "-i", str(film), "-lavfi", "[0:v][1:v]ssim"]
    with (folder / "report").open("w+") as report:
        with subprocess.Popen(
            [*call, "-f", "null", "-"], stdin=subprocess.PIPE, stderr=report
        ) as process:
            assert process.stdin is not None
            for planes in ours.composite(materials, folder):
                for plane in planes:
                    process.stdin.write(plane)
            process.stdin.close()
        report.seek(0)
        return ssim_of(report.read())


def ssim_of_bare(materials: Materials, film: Path) -> float:
    done = subprocess.run(bare.ssim_command(materials, film), capture_output=True, text=True)
    return ssim_of(done.stderr)


def table(rows: list[tuple[str, float, float, str]]) -> str:
    lines = ["| | berg | bare FFmpeg | ratio or difference |", "|---|---|---|---|"]
    return "\n".join(lines + [f"| {n} | {a:.4g} | {b:.4g} | {how} |" for n, a, b, how in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=1, help="the best of so many counts")
    parser.add_argument("--keep", type=Path, help="a folder in which the films are left")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        materials = prepare(folder / "materials", seconds=asked.seconds)
        films = {"ours": folder / "ours.mp4", "bare": folder / "bare.mp4"}
        taken: dict[str, list[Taken]] = {"ours": [], "bare": []}
        for _ in range(asked.rounds):
            taken["bare"].append(measure(bare.make, materials, films["bare"]))
            taken["ours"].append(measure(ours.make, materials, films["ours"]))
        a, b = (min(taken[side], key=lambda t: t.wall_s) for side in ("ours", "bare"))
        like = (
            ssim_of_ours(materials, films["ours"], folder),
            ssim_of_bare(materials, films["bare"]),
        )
    frames = materials.frames
    print(f"Composing {frames / FPS} s at {WIDTH}x{HEIGHT}: wall at most 1.25, aiming below 1.0;")
    print("SSIM at least the baseline's - 0.003; bytes at most 1.10.\n")
    rows = [
        ("wall, s", a.wall_s, b.wall_s, f"{a.wall_s / b.wall_s:.3f}"),
        ("CPU, s", a.cpu_s, b.cpu_s, f"{a.cpu_s / b.cpu_s:.3f}"),
        ("bytes", a.size, b.size, f"{a.size / b.size:.3f}"),
        ("SSIM to its own composite", *like, f"{like[0] - like[1]:+.4f}"),
    ]
    print(table(rows))


if __name__ == "__main__":
    sys.exit(main())
