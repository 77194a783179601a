"""Parts that the tests of this folder share: real files in a folder, and a store that hashes."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from berg.brief import read_brief
from berg.digest import file_sha256
from berg.errors import BriefError
from berg.lines.kinds import built_in
from berg.schema.asset import Asset
from berg.schema.brief import Brief

SMALL = """\
berg: 1
title: Tidewater
make:
  - short:
      script: We roast before dawn.
"""
WHOLE = """\
berg: 1
title: Tidewater, spring launch
seed: 7
languages: [en, zh]
brand: {name: Tidewater, palette: ["#0B3954", "#F66", "#FFF4E0"], font: Inter, logo: logo.svg}
make:
  - short:
      name: launch
      seconds: 12
      aspect: 9:16
      fps: 30000/1001
      script:
        en: |
          Before the harbour wakes, we roast.
          Small batches, from farms we know by name.
        zh: |
          港口醒来之前，我们已经开始烘焙。
          小批量，来自我们叫得出名字的农场。
      voice: {en: af_heart, zh: zf_xiaoxiao}
      captions: sentence
      look: plate
      music: song.wav
      footage: photos/
      cuts: sentence
      end: {en: tidewater.example, zh: 潮水咖啡}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'


def adopt(path: Path) -> Asset:
    return Asset(sha256=file_sha256(path), size=path.stat().st_size, media_type="test/file")


def photo(path: Path, colour: int = 90) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (80, 60), (colour, 80, 70)).save(path)


def clip(path: Path, frames: int = 30) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for index in range(frames):
            image = np.full((64, 64, 3), index, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image)))
        out.mux(stream.encode())


def sound(path: Path) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=24000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 24000), np.int16), "s16", "mono")
        frame.sample_rate, frame.time_base = 24000, Fraction(1, 24000)
        out.mux(stream.encode(frame))
        out.mux(stream.encode())


def furnish(folder: Path) -> None:
    """All that `WHOLE` names."""
    photo(folder / "photos" / "harbour.jpg", 10)
    photo(folder / "photos" / "farm.png", 20)
    clip(folder / "photos" / "waves.mp4")
    (folder / "logo.svg").write_text(LOGO)
    sound(folder / "song.wav")


def read(folder: Path, text: str | bytes) -> Brief:
    path = folder / "brief.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_brief(path, kinds=built_in(), adopt=adopt)


def faults(folder: Path, text: str | bytes) -> list[str]:
    """`line:column: message` of each fault."""
    try:
        read(folder, text)
    except BriefError as error:
        return [line.removeprefix(f"{folder / 'brief.yaml'}:") for line in str(error).splitlines()]
    return []


def short_with(*lines: str) -> str:
    """`SMALL` with more keys in its short; the first is on line 6."""
    return SMALL + "".join(f"      {line}\n" for line in lines)
