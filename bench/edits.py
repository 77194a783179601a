"""One caption changed, and ten variants: python -m bench.edits [--shots N]

A 60 s film of twelve photographs and clips, without a voice, so that a sentence is a caption and
nothing else. All through `berg make` in fresh homes; processor seconds count every process.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.composing.materials import prepare
from berg.home import default_home

SENTENCES = (
    "Before the harbour wakes, the roaster is warm and the doors stand open.",
    "Green beans arrive in the night, in plain sacks, from people we know.",
    "We weigh them, wash the drum, and listen for the very first crack.",
    "Nothing is hurried here, because a good roast never was in a hurry.",
    "The gulls complain, the ropes complain, and the kettle answers them all.",
    "By seven the first cups stand on the counter, and the window is fogged.",
    "Fishermen take theirs black, and the teachers from the hill with milk.",
    "At noon the boat leaves with forty sacks for the islands and beyond.",
    "What stays in the shop is what we drink ourselves, every afternoon.",
    "Some say it tastes of salt, and others say it tastes of the morning.",
    "We say it tastes of patience, and of a harbour that is always awake.",
    "Come by when the tide is in, and we will keep a cup warm for you.",
)
CHANGED = "Fishermen take theirs short, and the teachers from the hill with milk."
VARIANTS = 10


@dataclass(frozen=True)
class Taken:
    wall_s: float
    cpu_s: float


def write_brief(folder: Path, name: str, sentences: tuple[str, ...]) -> Path:
    """A brief beside the footage."""
    script = "\n".join(f"          {sentence}" for sentence in sentences)
    brief = folder / f"{name}.yaml"
    brief.write_text(
        f"""berg: 1
title: Edits
make:
  - short:
      seconds: 60
      script:
        en: |
{script}
      voice: none
      footage: footage/
      end: tidewater.example
""",
        encoding="utf-8",
    )
    return brief


def make(home: Path, brief: Path) -> Taken:
    """`berg make`, measured from outside."""
    home.mkdir(exist_ok=True)
    if not (home / "weights").exists():
        (home / "weights").symlink_to(default_home() / "weights")
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "berg.cli.main", "make", str(brief)]
    out = home.parent / f"out-{brief.stem}"
    subprocess.run(
        [*command, "--out", str(out)],
        check=True,
        env={**os.environ, "BERG_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, cpu)


def footage(folder: Path) -> None:
    """The twelve shots of the composing bench, as files."""
    materials = prepare(folder / "materials", seconds=60)
    target = folder / "footage"
    target.mkdir()
    for index, shot in enumerate(materials.shots):
        source = shot.file
        shutil.copyfile(source, target / f"{index:02d}{source.suffix}")


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=len(SENTENCES), help="fewer, to try it")
    count = parser.parse_args().shots
    with tempfile.TemporaryDirectory() as temporary:
        folder, sentences = Path(temporary), SENTENCES[:count]
        footage(folder)
        home = folder / "home"
        cold = make(home, write_brief(folder, "first", sentences))
        middle = count // 2
        edited = (*sentences[:middle], CHANGED, *sentences[middle + 1 :])
        edit = make(home, write_brief(folder, "edited", edited))
        again = make(home, write_brief(folder, "edited", edited))
        wall = cpu = 0.0
        for number in range(VARIANTS - 1):  # with the first film they are ten
            text = CHANGED.replace("short", f"in number {number + 2}")
            variant = (*sentences[:middle], text, *sentences[middle + 1 :])
            taken = make(home, write_brief(folder, f"variant{number}", variant))
            wall, cpu = wall + taken.wall_s, cpu + taken.cpu_s
    print("| what | wall, s | processor, s | of the cold wall | of the cold processor time |")
    print("|---|---|---|---|---|")
    for what, taken in (
        ("cold", cold),
        ("one caption changed", edit),
        ("nothing changed", again),
        ("ten variants in one caption", Taken(cold.wall_s + wall, cold.cpu_s + cpu)),
    ):
        print(
            f"| {what} | {taken.wall_s:.1f} | {taken.cpu_s:.1f} | "
            f"{taken.wall_s / cold.wall_s:.3f} | {taken.cpu_s / cold.cpu_s:.3f} |"
        )


if __name__ == "__main__":
    main()
