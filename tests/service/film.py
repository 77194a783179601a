"""A small real film, and the command line as a subprocess that can be killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from berg.home import default_home

ENGLISH = ("Sea.", "Tea.")
TIMEOUT_S = 240


def write_brief(
    folder: Path,
    *,
    sentences: tuple[str, ...] = ENGLISH,
    voice: str = "none",
    size: str = "270x480",
    seconds: int = 5,
    extra: str = "",
) -> Path:
    """A brief with two photographs, one sentence a shot."""
    photos = folder / "photos"
    if not photos.exists():
        photos.mkdir(parents=True)
        for index, name in enumerate(("harbour.png", "cup.png")):
            cv2.imwrite(str(photos / name), _photograph(index))
    script = "\n".join(f"          {sentence}" for sentence in sentences)
    brief = folder / "brief.yaml"
    brief.write_text(
        f"""berg: 1
title: Small film
seed: 3
languages: [en]
brand: {{name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}}
make:
  - short:
      seconds: {seconds}
      aspect: "{size}"
      script:
        en: |
{script}
      voice: {voice}
      footage: photos/
      end: tidewater.example
{extra}""",
        encoding="utf-8",
    )
    return brief


def _photograph(seed: int) -> np.ndarray:
    """Something with a subject and a texture: blurred noise and a bright disc."""
    noise = np.random.default_rng(seed).integers(0, 255, (60, 40, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(cv2.resize(noise, (480, 720), interpolation=cv2.INTER_CUBIC), (0, 0), 9)
    cv2.circle(picture, (240 + 60 * seed, 300), 90, (40, 180, 250), -1, cv2.LINE_AA)
    return picture


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        return document


def start(home: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a command in a process group of its own. Weights come from this machine's home."""
    home.mkdir(parents=True, exist_ok=True)
    weights = home / "weights"
    if not weights.exists():
        weights.symlink_to(default_home() / "weights")
    return subprocess.Popen(
        [sys.executable, "-m", "berg.cli.main", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "BERG_HOME": str(home), **(env or {})},
    )


def berg(home: Path, *words: str, env: dict[str, str] | None = None) -> Said:
    """Run a command to its end."""
    process = start(home, *words, env=env)
    out, err = process.communicate(timeout=TIMEOUT_S)
    return Said(process.returncode, out, err)


def make(home: Path, brief: Path, out: Path, *words: str, env: dict[str, str] | None = None) -> Said:
    """`berg make --json`."""
    return berg(home, "make", str(brief), "--out", str(out), "--json", *words, env=env)


def kill_after(home: Path, seconds: float, *words: str) -> bool:
    """Start a command and kill its whole process group; False if it had ended before."""
    process = start(home, *words)
    time.sleep(seconds)
    ended = process.poll() is not None
    kill_group(process)
    return not ended


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL to everything that the command started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate(timeout=TIMEOUT_S)


def stored_keys(home: Path) -> set[str]:
    """Keys of all results in a home's index."""
    index = home / "index.sqlite"
    if not index.exists():
        return set()
    with sqlite3.connect(index) as db:
        return {key for (key,) in db.execute("SELECT key FROM results")}


def digests(said: Said) -> dict[str, str]:
    """Content digests of what was delivered, by path."""
    return {item["path"]: item["content_sha256"] for item in said.json["deliverables"]}
