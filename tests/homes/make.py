"""Makes a small whole home with the berg that is installed, and packs it.

`python make.py NAME WEIGHTS` works in /tmp/NAME, since a delivery knows where it lies, and leaves
NAME.tar.xz here. It was run once, with the release that the name says: only so it proves anything.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import av
import cv2
import numpy as np

SOME_DAY = 1_795_000_000
"""Seconds: the sources' time of change, whole, so that an archive keeps it."""
HEAD = """\
berg: 1
title: Small home
seed: 3
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}
make:
"""
FILM = """\
  - short:
      seconds: 5
      aspect: 64x112
      script: Cold harbour. Hot cup.
      footage: footage/
      end: tidewater.example
  - posters:
      headlines: {en: [Cold water, Hot tea]}
      cta: Order today
      pictures: footage/harbour.png
      sizes: [240x300]
      layouts: [hero]
      variants: 2
"""
PEOPLE = """\
  - posters:
      name: people
      headline: Hello {name}
      sizes: [240x240]
      layouts: [type]
      each: people.csv
"""
TABLE = "id,name\nanna,Anna\nbo,Bo\ncem,Cem\n"
TOOLS = (
    "av",
    "numpy",
    "opencv-contrib-python-headless",
    "pillow",
    "typst",
    "pypdf",
    "onnxruntime",
    "jieba",
    "pypinyin",
    "python-crfsuite",
)


def sources(folder: Path) -> None:
    """Two briefs, and what they bring."""
    footage = folder / "footage"
    footage.mkdir(parents=True)
    noise = np.random.default_rng(7).integers(0, 255, (6, 4, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(cv2.resize(noise, (160, 240)), (0, 0), 9)
    cv2.circle(picture, (80, 100), 30, (40, 180, 250), -1, cv2.LINE_AA)
    cv2.imwrite(str(footage / "harbour.png"), picture)
    with av.open(str(footage / "cup.mp4"), "w") as clip:
        stream = clip.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 96, "yuv420p"
        for shift in range(120):
            frame = av.VideoFrame.from_ndarray(np.roll(picture[:96, :64], shift, axis=0))
            clip.mux(stream.encode(frame))
        clip.mux(stream.encode(None))
    (folder / "film.yaml").write_text(HEAD + FILM)
    (folder / "people.yaml").write_text(HEAD + PEOPLE)
    (folder / "people.csv").write_text(TABLE)
    for path in folder.rglob("*"):
        os.utime(path, (SOME_DAY, SOME_DAY))


def main(release: str, weights: Path) -> None:
    """Make, look at it with `verify`, and pack."""
    root = Path("/tmp") / release
    shutil.rmtree(root, ignore_errors=True)
    sources(root / "briefs")
    home = root / "home"
    home.mkdir()
    (home / "weights").symlink_to(weights)

    def berg(*words: str) -> bytes:
        command = [sys.executable, "-m", "berg.cli.main", *words, "--json"]
        environment = {**os.environ, "BERG_HOME": str(home)}
        return subprocess.run(command, env=environment, check=True, capture_output=True).stdout

    made = {}
    for name in ("film", "people"):
        brief, out = root / "briefs" / f"{name}.yaml", root / "out" / name
        made[name] = json.loads(berg("make", str(brief), "--out", str(out)))
    files = sorted(
        str(path.relative_to(root))
        for path in (root / "out").rglob("*")
        if path.suffix in (".mp4", ".jpg")
    )
    told = {
        "made": made,
        "tools": {tool: version(tool) for tool in TOOLS},
        "verified": {file: json.loads(berg("verify", str(root / file))) for file in files},
        "log": json.loads(berg("log")),
    }
    (root / "told.json").write_text(json.dumps(told, indent=1))
    (home / "weights").unlink()
    for passing in ("locks", "processes", "scratch", "aside", "trash", "pool"):
        shutil.rmtree(home / passing, ignore_errors=True)
    with tarfile.open(Path(__file__).with_name(f"{release}.tar.xz"), "w:xz", preset=9) as archive:
        archive.add(root, release, filter=_nobodys)


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
