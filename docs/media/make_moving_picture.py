"""Makes docs/media/one-word.webp: one word of the example is changed, and what follows.

Everything seen is real: this script copies the example, makes it, changes the word, and records
what `berg plan` and `berg make` print, when they print it, and the film's frames before and after.
Only the waiting is shortened, and the clock says by how much time has gone by. Run it from the
root of the repository, after `make demo`:

    .venv/bin/python docs/media/make_moving_picture.py            # record, then draw
    .venv/bin/python docs/media/make_moving_picture.py --draw     # draw the last recording again

`--moments DIR` also writes some frames as PNG, to look at.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import typst
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
FOLDER = ROOT / "build" / "one-word"
RECORDING = FOLDER / "recording.json"
BRIEF = "tidewater/brief.yaml"
OLD, NEW = "barista", "roaster"
SENTENCE = "Mira, our"
FPS = 10
FILM_AT, FILM_SIZE = (900, 36), (340, 604)
MAX_BYTES = 1_500_000


def berg(*words: str) -> list[str]:
    """The command line, as a program of its own."""
    return [sys.executable, "-m", "berg.cli.main", *words]


# Recording


def record() -> None:
    """Make the example, change the word, plan, make again; keep what was said and shown."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "examples" / "tidewater", FOLDER / "tidewater")
    _said(berg("make", BRIEF))
    _keep_frames("before")
    brief = FOLDER / BRIEF
    brief.write_text(brief.read_text("utf-8").replace(OLD, NEW), "utf-8")
    plan = _said(berg("plan", BRIEF))
    made = _said(berg("make", BRIEF))
    _keep_frames("after")
    RECORDING.write_text(json.dumps({"plan": plan, "make": made}, ensure_ascii=False, indent=1))


def _said(command: Sequence[str]) -> list[tuple[float, str]]:
    """What a command prints, line by line, with the seconds at which it did."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    lines = [(time.perf_counter() - begun, line.rstrip("\n")) for line in process.stdout]
    if process.wait():
        raise SystemExit("\n".join(line for _, line in lines))
    return lines


def _keep_frames(name: str) -> None:
    """Ten frames per second of the sentence's shot, as PNG."""
    (delivery,) = (FOLDER / "out").iterdir()
    start, end = _cue((delivery / "short.en.srt").read_text("utf-8"))
    folder = FOLDER / name
    folder.mkdir()
    with av.open(str(delivery / "short.en.mp4")) as film:
        frames = film.decode(video=0)
        wanted = start
        for frame in frames:
            if frame.pts * frame.time_base >= end:
                break
            if frame.pts * frame.time_base >= wanted:
                picture = frame.to_image().resize(FILM_SIZE, Image.Resampling.LANCZOS)
                picture.save(folder / f"{round((wanted - start) * FPS):04}.png")
                wanted += Fraction(1, FPS)


def _cue(srt: str) -> tuple[Fraction, Fraction]:
    """When the sentence is heard, seconds."""
    for block in srt.split("\n\n"):
        if SENTENCE in block:
            times = re.findall(r"(\d+):(\d+):(\d+),(\d+)", block)
            first, last = (
                Fraction(int(h) * 3600 + int(m) * 60 + int(s)) + Fraction(int(ms), 1000)
                for h, m, s, ms in times
            )
            return first, last
    raise SystemExit(f"no subtitle says {SENTENCE!r}")


# Telling


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of text in one colour."""

    text: str
    color: str = "plain"
    bold: bool = False
    mark: bool = False


Line = list[Span]


@dataclass(kw_only=True)
class Scene:
    """One moment."""

    editor: list[Line]
    terminal: list[Line] = field(default_factory=list)
    clock: str = ""
    label: str = ""
    label_color: str = "dim"


Moment = tuple[Scene, Path, float]
"""What is seen, the film's frame, and for how long (seconds)."""

ROWS = 18
PLAN_COLORS = {"=": "done", "+": "run", "~": "hang"}
"""By the mark at the head of each state."""


def tell(recording: dict[str, Any]) -> Iterator[Moment]:
    """The story, moment by moment."""
    before, after = (sorted((FOLDER / name).glob("*.png")) for name in ("before", "after"))
    now = Scene(editor=_editor(OLD), label="before")
    for frame in before:
        yield _copy(now), frame, 1 / FPS
    still = before[len(before) // 4]  # the old word is on the screen
    yield _copy(now), still, 0.4
    yield _copy(now, editor=_editor(OLD, mark=True)), still, 0.7
    for word in [*(OLD[:n] for n in range(len(OLD) - 1, -1, -1)), *_typed(NEW)]:
        yield _copy(now, editor=_editor(word, mark=True)), still, 0.1
    now.editor = _editor(NEW, mark=True)
    for text in _typed(f"berg plan {BRIEF}", by=3):
        yield _copy(now, terminal=[_prompt(text)]), still, 0.07
    yield from _planned(now, recording["plan"], still)
    now.terminal = []
    for text in _typed(f"berg make {BRIEF}", by=3):
        yield _copy(now, terminal=[_prompt(text)]), still, 0.07
    yield from _made(now, recording["make"], still)
    now.label, now.label_color = "after", "done"
    for frame in after:
        yield _copy(now), frame, 1 / FPS
    yield now, after[len(after) // 4], 2.0


def _planned(now: Scene, plan: list[tuple[float, str]], still: Path) -> Iterator[Moment]:
    now.terminal = [_prompt(f"berg plan {BRIEF}")]
    color = "white"
    for _, text in plan:
        color = next((c for head, c in PLAN_COLORS.items() if text.startswith(head)), color)
        own = text.startswith(" ")
        span = Span(text=text[:84], color=color if own else "white", bold=not own)
        now.terminal = [*now.terminal, [span]][-ROWS:]
        yield _copy(now), still, 0.05
    yield _copy(now), still, 3.6


def _made(now: Scene, made: list[tuple[float, str]], still: Path) -> Iterator[Moment]:
    """The run, in four and a half seconds."""
    lines = [_prompt(f"berg make {BRIEF}")]
    whole = made[-1][0]
    steps = 50
    for tick in range(1, steps + 1):
        seconds = whole * tick / steps
        said = [_make_line(text) for at, text in made if at <= seconds]
        now.terminal = [*lines, *said][-ROWS:]
        now.clock = f"time-lapse {int(seconds) // 60}:{int(seconds) % 60:02}"
        yield _copy(now), still, 0.09


def _editor(word: str, *, mark: bool = False) -> list[Line]:
    """The brief around the word, as it stands in the file."""
    lines = (FOLDER / BRIEF).read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if SENTENCE in line)
    head = [[Span(text="script:", color="hang")], [Span(text="  en: |", color="hang")]]
    around = [[Span(text=f"    {line.strip()}")] for line in lines[at - 1 : at + 2]]
    left, right = lines[at].strip().split(NEW)
    color = "white" if mark else "plain"
    shown = Span(text=word or " ", color=color, bold=mark, mark=mark)
    around[1] = [Span(text=f"    {left}"), shown, Span(text=right)]
    return [*head, *around]


def _typed(text: str, *, by: int = 1) -> list[str]:
    return [text[:end] for end in range(by, len(text) + by, by)]


def _prompt(text: str) -> Line:
    return [Span(text="$ ", color="done"), Span(text=text, color="white", bold=True)]


def _make_line(text: str) -> Line:
    mark = text.strip()[:1]
    color = {"✓": "done", "…": "dim"}.get(mark, "white")
    body = text if mark == "✓" else text.replace("[", "(").replace("]", ")")
    return [Span(text=body[:84], color=color, bold=color == "white")]


def _copy(scene: Scene, **changed: Any) -> Scene:
    return Scene(**{**vars(scene), **changed})


# Drawing


class Painter:
    """Scenes as pictures; each one that differs is set once."""

    def __init__(self) -> None:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
        self._compiler = typst.Compiler(
            str(HERE / "one-word.typ"), font_paths=fonts, ignore_system_fonts=True
        )
        self._set: dict[str, Image.Image] = {}

    def paint(self, scene: Scene, film: Path) -> Image.Image:
        """A moment as a picture of 1280x720."""
        text = json.dumps(asdict(scene), ensure_ascii=False)
        if text not in self._set:
            png = self._compiler.compile(format="png", ppi=72.0, sys_inputs={"scene": text})
            self._set = {text: Image.open(io.BytesIO(png)).convert("RGB")}
        picture = self._set[text].copy()
        with Image.open(film) as frame:
            picture.paste(frame, FILM_AT)
        return picture


def draw(moments: Path | None) -> None:
    """Write the moving picture, as good as fits."""
    painter = Painter()
    story = list(tell(json.loads(RECORDING.read_text("utf-8"))))
    pictures = [painter.paint(scene, film) for scene, film, _ in story]
    durations = [round(seconds * 1000) for _, _, seconds in story]
    if moments is not None:
        moments.mkdir(parents=True, exist_ok=True)
        for index in range(0, len(pictures), max(1, len(pictures) // 12)):
            pictures[index].save(moments / f"{index:04}.png")
    target = HERE / "one-word.webp"
    for quality in (84, 70, 55):
        pictures[0].save(
            target,
            save_all=True,
            append_images=pictures[1:],
            duration=durations,
            loop=0,
            quality=quality,
            method=3,
            kmax=60,
        )
        if target.stat().st_size <= MAX_BYTES:
            break
    seconds = sum(durations) / 1000
    print(f"{target.name}: {target.stat().st_size:,} bytes, {seconds:.0f} s, quality {quality}")


def main() -> None:
    """Record unless told not to, then draw."""
    parser = argparse.ArgumentParser(description="Makes docs/media/one-word.webp.")
    parser.add_argument("--draw", action="store_true", help="draw the last recording again")
    parser.add_argument("--moments", type=Path, metavar="DIR", help="some frames as PNG")
    arguments = parser.parse_args()
    if not arguments.draw:
        record()
    draw(arguments.moments)


if __name__ == "__main__":
    main()
