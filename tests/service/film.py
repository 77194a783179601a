"""A small real film, and the command line as a subprocess that can be killed."""

import asyncio
import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from berg.home import default_home
from berg.provenance.keys import KeyRing
from berg.schema.events import Event, RunNoticed, StepRepaired
from berg.service import Host, Request, Service
from berg.service._request import Prepared
from berg.service.making.run import Made
from berg.store import Store
from tests.patience import PATIENCE_S

ENGLISH = ("Cold water.", "Hot tea.")
Env = Mapping[str, str] | None


def write_brief(
    folder: Path,
    *,
    script: Mapping[str, Sequence[str]] | Sequence[str] = ENGLISH,
    voice: str = "none",
    size: str = "270x480",
    seconds: int = 6,
    photos: Sequence[str] = ("harbour", "cup"),
    music: bool = False,
    captions: str = "word",
    end: str = "tidewater.example",
    palette: Sequence[str] = ("#0B3954", "#FF6663", "#FFF4E0"),
    logo: str | None = None,
    provenance: Mapping[str, Any] | None = None,
    also: Sequence[str] = (),
) -> Path:
    """A brief, and its photographs if they aren't there. An empty sentence begins a paragraph."""
    texts = script if isinstance(script, Mapping) else {"en": script}
    for index, name in enumerate(photos):
        path = folder / "photos" / f"{name}.png"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), photograph(index))
    if music and not (folder / "music.wav").exists():
        write_music(folder / "music.wav")
    short = {
        "seconds": seconds,
        "aspect": size,
        "script": {language: "\n".join(lines) for language, lines in texts.items()},
        "voice": voice,
        "captions": captions,
        "end": end,
        **({"footage": "photos/"} if photos else {}),
        **({"music": "music.wav"} if music else {}),
        **({"also": list(also)} if also else {}),
    }
    brief = {
        "berg": 1,
        "title": "Small film",
        "seed": 3,
        "languages": list(texts),
        "brand": {
            "name": "Tidewater",
            "palette": list(palette),
            **({"logo": logo} if logo else {}),
        },
        **({"provenance": dict(provenance)} if provenance is not None else {}),
        "make": [{"short": short}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "brief.yaml"
    path.write_text(json.dumps(brief, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def photograph(seed: int) -> np.ndarray:
    """Something with a subject and a texture: blurred noise and a bright disc."""
    noise = np.random.default_rng(seed).integers(0, 255, (30, 20, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(cv2.resize(noise, (320, 480)), (0, 0), 6)
    cv2.circle(picture, (160 + 40 * (seed % 3), 200), 60, (40, 180, 250), -1, cv2.LINE_AA)
    return picture


def write_music(path: Path, *, seconds: int = 3) -> None:
    """A chord that swells and fades."""
    time_s = np.arange(seconds * 24_000) / 24_000
    tone = sum(np.sin(2 * np.pi * hz * time_s) for hz in (220, 277, 330))
    samples = (tone * 6000 * np.sin(np.pi * time_s / seconds)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 24_000, len(samples), "NONE", ""))
        file.writeframes(samples.tobytes())


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

    @property
    def ran(self) -> int:
        """Steps that this make ran."""
        count: int = self.json["steps"]["ran"]
        return count

    @property
    def digests(self) -> dict[str, str]:
        """Content digests of what was delivered, by path."""
        return {item["path"]: item["content_sha256"] for item in self.json["deliverables"]}


def start(home: Path, *words: str, env: Env = None) -> subprocess.Popen[str]:
    """Start a command in a process group of its own. Weights come from this machine's home."""
    furnish(home)
    return subprocess.Popen(
        [sys.executable, "-m", "berg.cli.main", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "BERG_HOME": str(home), **(env or {})},
    )


def furnish(home: Path) -> None:
    """This machine's weights, and keys."""
    home.mkdir(parents=True, exist_ok=True)
    weights = home / "weights"
    if not weights.exists():
        weights.symlink_to(default_home() / "weights")
    give_keys(home)


def give_keys(home: Path) -> None:
    """The same keys for every home of this test run: watermarks are of a key, and shape bytes."""
    keys = home / "keys"
    if not keys.exists():
        with suppress(OSError):  # another process was quicker, or nothing can be written there
            shutil.copytree(_keys(), keys)


@cache
def _keys() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="berg-keys-")) / "keys"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    KeyRing.open(folder).init(name="Tests")
    return folder


def ended(process: subprocess.Popen[str]) -> Said:
    """What a command answered, once it has ended."""
    out, err = process.communicate(timeout=PATIENCE_S)
    return Said(process.returncode, out, err)


def berg(home: Path, *words: str, env: Env = None) -> Said:
    """Run a command to its end."""
    return ended(start(home, *words, env=env))


def make(home: Path, brief: Path, out: Path, *words: str, env: Env = None) -> Said:
    """`berg make --json`."""
    return berg(home, "make", str(brief), "--out", str(out), "--json", *words, env=env)


def made(home: Path, brief: Path, out: Path, *words: str, env: Env = None) -> Said:
    """`berg make --json`, which must succeed."""
    said = make(home, brief, out, *words, env=env)
    assert said.status == 0, said.err
    return said


class Notices:
    """Keeps what people should know."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def event(self, event: Event) -> None:
        if isinstance(event, RunNoticed | StepRepaired):
            self.said.append(event.message)


def made_here(home: Path, brief: Path, out: Path, *, storyboard: Path | None = None) -> Said:
    """As `made`, in this process and on one slot: for what no process or order decides.

    Half as dear: nothing is imported anew, and one worker starts instead of two. `err` has what
    was noticed.
    """
    furnish(home)
    notices = Notices()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BERG_SLOTS", "1")
        with Service(home, notices) as service:
            request = Request(brief=brief, out=out, storyboard=storyboard)
            delivery = service.make(request).delivery
    assert delivery is not None
    return Said(0, delivery.model_dump_json(), "\n".join(notices.said))


def make_prepared(service: Service, request: Request, prepared: Prepared) -> Made:
    """Make what was read and checked, or made up, in a loop of its own."""

    async def go() -> Made:
        async with Host(service) as host:
            return await host.make_prepared(
                request, prepared, service.observer, begun=time.perf_counter()
            )

    return asyncio.run(go())


def killed_after(seconds: float, process: subprocess.Popen[str]) -> bool:
    """Kill a command's whole process group at a moment; False if it had ended before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)
    return process.returncode == -signal.SIGKILL


def wait_until(happened: "Any", *, seconds: float = PATIENCE_S) -> None:
    """Wait for something to become true."""
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


def ran(home: Path, said: Said) -> list[str]:
    """The steps that a make ran, shot names left out, sorted."""
    with Store(home) as store:
        run = store.run(said.json["run"])
        assert run is not None
        names = [name for name, _, state in run.steps if state == "ran"]
    return sorted(_without_shot(name) for name in names)


def _without_shot(name: str) -> str:
    return re.sub(r"/shot/[^/]+", "/shot", name)


def committed(home: Path) -> tuple[set[str], int]:
    """Keys of all results in a home, each checked to be whole; and how often one was committed."""
    if not (home / "index.sqlite").exists():
        return set(), 0
    with Store(home) as store:
        index = store._db
        rows = index.all("SELECT key FROM results")
        for (key,) in rows:
            record = store.get(key)
            assert record is not None
            for sha256 in record.assets:
                store.path(sha256)
        ((commits,),) = index.all("SELECT count(*) FROM timings")
    return {key for (key,) in rows}, commits
