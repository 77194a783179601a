"""Small real briefs in which every kind of step has something to do."""

import tarfile
from pathlib import Path

from tests.homes import ARCHIVES

BRIEF = """\
berg: 1
title: Every kind
seed: 3
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}
make:
  - short:
      seconds: 7
      aspect: 64x112
      script: |
        Cold harbour.

        Hot cup. Else.
      footage: footage/
      end: tidewater.example
      also: [sound]
  - short:
      name: silent
      seconds: 5
      aspect: 64x64
      script: Hot tea.
      voice: none
  - posters:
      headlines: {en: [Cold water, Hot tea]}
      pictures: footage/harbour.png
      sizes: [240x240, A6]
      layouts: [hero]
      variants: 2
"""

OVERLAID = """\
berg: 1
title: Overlaid
seed: 3
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}
make:
  - short:
      name: overlaid
      aspect: 96x170
      script: Hot tea.
      voice: none
      hook: none
      qr: https://tidewater.example
      footage: footage/harbour.png
"""
STORYBOARD = """\
berg-storyboard: 1
shots:
  - text: {en: Hot tea.}
    show: harbour.png
    strap: {who: Mara, role: Roaster}
"""
"""What only a storyboard asks for."""

WRITTEN = """\
berg: 1
title: Harbour coffee
seed: 3
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}
make:
  - posters:
      name: written
      headlines: 1
      body: Coffee roasted by the harbour.
      sizes: [480x600]
      layouts: [type]
      variants: 1
"""
"""The same for what needs a language model."""

LIKENED = """\
berg: 1
title: Likened
seed: 3
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663", "#FFF4E0"]}
make:
  - short:
      name: likened
      seconds: 4
      aspect: 64x64
      script: Boats come home.
      voice: none
      match: meaning
      footage: footage/
"""
"""The same for what needs text vectors."""


def unpack(folder: Path) -> tuple[Path, Path]:
    """A home, and a folder with `every.yaml`, `overlaid.yaml`, `written.yaml`, `likened.yaml`.

    Keys and sources are a released home's, so they are always the same bytes: a watermark's
    secret, which is among the keys, shapes what is painted.
    """
    archive = ARCHIVES[0]
    root = archive.name.removesuffix(".tar.xz")
    with tarfile.open(archive) as packed:
        wanted = (f"{root}/home/keys", f"{root}/briefs/footage")
        members = [m for m in packed.getmembers() if m.name.startswith(wanted)]
        packed.extractall(folder, members=members, filter="data")
    briefs = folder / root / "briefs"
    (briefs / "every.yaml").write_text(BRIEF)
    (briefs / "overlaid.yaml").write_text(OVERLAID)
    (briefs / "storyboard.yaml").write_text(STORYBOARD)
    (briefs / "written.yaml").write_text(WRITTEN)
    (briefs / "likened.yaml").write_text(LIKENED)
    return folder / root / "home", briefs
