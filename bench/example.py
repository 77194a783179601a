"""The example, cold: by stage, against what its model and its encoder take alone; and memory.

Run: python -m bench.example. Memory is the sum of PSS over all processes, since shared pages would
count twice in RSS. The floors: Kokoro saying the same sentences in one process, and the encoder
given the film's own frames, decoded from its strips, with nothing painted.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil
import yaml

from bench.edits import write_brief
from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import HELD, FrameMarker
from berg.home import default_home
from berg.media.video.encode import Encoder, EncoderSettings
from berg.runtimes.kokoro import Kokoro
from berg.runtimes.kokoro.voices import weights_for
from berg.units import MIB
from berg.weights import Weights

EXAMPLE = Path("examples/tidewater/brief.yaml")
SAMPLE_S = 0.25
BENCH_KEY = MarkKey.of(bytes(32))


class Peak:
    """Samples the PSS of a process and all below it, in a thread."""

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def _sample(self) -> None:
        while not self._over.wait(SAMPLE_S):
            total = 0
            for process in self._tree():
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.bytes = max(self.bytes, total)

    def _tree(self) -> list[psutil.Process]:
        try:
            return [self._process, *self._process.children(recursive=True)]
        except psutil.Error:
            return []

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self.bytes


def make(home: Path, brief: Path, out: Path) -> tuple[dict[str, Any], float, float, int]:
    """`berg make`: its answer, wall seconds, processor seconds, peak bytes."""
    home.mkdir(exist_ok=True)
    if not (home / "weights").exists():
        (home / "weights").symlink_to(default_home() / "weights")
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "berg.cli.main", "make", str(brief), "--out", str(out), "--json"],
        env={**os.environ, "BERG_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    peak = Peak(process.pid)
    answer = json.loads(process.communicate()[0])
    if process.returncode:
        raise SystemExit(f"{brief}: {answer}")
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return answer, wall, cpu, peak.stop()


def by_stage(home: Path, run: str) -> dict[str, tuple[int, float]]:
    """Steps and processor seconds, by capability."""
    said = subprocess.run(
        [sys.executable, "-m", "berg.cli.main", "show", run, "--json"],
        env={**os.environ, "BERG_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    stages: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for step in json.loads(said.stdout)["lineage"]:
        count, cpu = stages[step["capability"]]
        stages[step["capability"]] = (count + 1, cpu + step["receipt"]["cpu_s"])
    return stages


def model_floor() -> float:
    """Processor seconds of Kokoro saying the example's sentences, opened once."""
    weights = Weights(default_home())
    ask = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["make"][0]["short"]
    begun = time.process_time()
    session = Kokoro.open({"kokoro-82m-int8": weights.path("kokoro-82m-int8")})
    for language, script in ask["script"].items():
        voice = ask["voice"][language]
        for sentence in script.strip().splitlines():
            names = weights_for(sentence, language=language, voice=voice)
            files = {name: weights.path(name) for name in names}
            session.speak(
                sentence, language=language, voice=voice, speed=Fraction(1), weights=files
            )
    session.close()
    return time.process_time() - begun


def encode_alone(strip: Path) -> tuple[float, float]:
    """Processor seconds of encoding a strip's own frames, which are decoded beforehand, and of
    watermarking them."""
    with av.open(str(strip)) as container:
        stream = container.streams.video[0]
        fps, width, height = stream.average_rate, stream.width, stream.height
        frames = [frame.to_ndarray(format="yuv420p") for frame in container.decode(stream)]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "strip.mp4"
        begun = time.process_time()
        with Encoder(
            out, width=width, height=height, fps=fps, settings=EncoderSettings()
        ) as encoder:
            for frame in frames:
                encoder.canvas.y[:] = frame[:height]
                chroma = frame[height:].reshape(2, height // 2, width // 2)
                encoder.canvas.u[:], encoder.canvas.v[:] = chroma
                encoder.send()
        encoded = time.process_time() - begun
    marker = FrameMarker(identifier="0123456789", key=BENCH_KEY, width=width, height=height)
    lumas = [np.ascontiguousarray(frame[:height]) for frame in frames]
    begun = time.process_time()
    for number, luma in enumerate(lumas):
        if number % HELD == 0:
            marker.look(luma)
        marker.mark_luma(luma, onto=luma)
    return encoded, time.process_time() - begun


def encoder_floor(home: Path, run: str) -> tuple[float, float]:
    """Processor seconds of encoding every strip of a run again, two at a time; and of marking."""
    said = subprocess.run(
        [sys.executable, "-m", "berg.cli.main", "show", run, "--json"],
        env={**os.environ, "BERG_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    strips = [
        home / "objects" / asset[:2] / asset
        for step in json.loads(said.stdout)["lineage"]
        if str(step["capability"]).startswith("video.render")
        for asset in step["assets"]
    ]
    with ProcessPoolExecutor(2) as pool:
        both = list(pool.map(encode_alone, strips))
    return sum(encoded for encoded, _ in both), sum(marked for _, marked in both)


def long_film(folder: Path, minutes: int) -> int:
    """Peak bytes of a film of `minutes`, small, without a voice."""
    sentences = tuple(
        f"This is sentence number {n} of a film that takes its time to come to its end."
        for n in range(minutes * 8)
    )
    brief = write_brief(folder, f"long{minutes}", sentences)
    text = brief.read_text(encoding="utf-8").replace("seconds: 60", f"seconds: {minutes * 60}")
    text = text.replace("      footage: footage/\n", '      aspect: "270x480"\n')
    brief.write_text(text, encoding="utf-8")
    return make(folder / f"home{minutes}", brief, folder / f"out{minutes}")[3]


def main() -> None:
    """Print Markdown tables."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        answer, wall, cpu, peak = make(folder / "home", EXAMPLE, folder / "out")
        stages = by_stage(folder / "home", answer["run"])
        # everything is there: what is left is to start, to plan, and to finish the files or not
        _, kept_s, kept_cpu, _ = make(folder / "home", EXAMPLE, folder / "out")
        _, anew_s, anew_cpu, _ = make(folder / "home", EXAMPLE, folder / "out2")
        model, (encoder, marking) = model_floor(), encoder_floor(folder / "home", answer["run"])
        print("| stage | steps | processor, s |\n|---|---|---|")
        for stage, (count, seconds) in sorted(stages.items(), key=lambda item: -item[1][1]):
            print(f"| {stage} | {count} | {seconds:.1f} |")
        print(f"\n| what | figure |\n|---|---|\n| wall, cold | {wall:.1f} s |")
        print(f"| processor, cold | {cpu:.1f} s |")
        print(f"| the model alone | {model:.1f} s |\n| the encoder alone | {encoder:.1f} s |")
        print(f"| processor over the sum of both | {cpu / (model + encoder):.2f} |")
        print(f"| peak PSS of all processes | {peak / MIB:.0f} MiB |")
        finishing, finishing_cpu = anew_s - kept_s, anew_cpu - kept_cpu
        print(
            f"| finishing the eight files, wall (processor) | {finishing:.1f} s "
            f"({finishing_cpu:.1f} s) |"
        )
        print(f"| finishing over the cold wall | {finishing / wall:.3f} |")
        print(f"| watermarking over the encoder alone | {marking / encoder:.3f} |")
        one, ten = long_film(folder, 1), long_film(folder, 10)
        print(
            f"| peak PSS, 1 min and 10 min film of 270×480 | {one / MIB:.0f}, {ten / MIB:.0f} MiB |"
        )
        print(f"| ratio | {ten / one:.2f} |")


if __name__ == "__main__":
    main()
