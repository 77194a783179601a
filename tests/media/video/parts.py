"""Small pictures, strips and sounds, made on the spot."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from berg.media.video.encode import EncoderSettings, encode_scene
from berg.media.video.scenes import StillScene

SIZE = {"width": 270, "height": 480}
RASTER = (302, 538)
RATE = 48_000


def photograph(path: Path, *, seed: int = 1, size: tuple[int, int] = RASTER) -> Path:
    """A soft picture of many colours."""
    coarse = np.random.default_rng(seed).integers(0, 256, (24, 14, 3), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC))
    return path


def still(path: Path, *, seed: int = 1, fps: Fraction = Fraction(30)) -> StillScene:
    raster = photograph(path.with_suffix(".png"), seed=seed)
    return StillScene(raster, **SIZE, fps=fps, focus=(500, 400), seed=seed)


def strip(
    path: Path,
    *,
    frames: int,
    seed: int = 1,
    fps: Fraction = Fraction(30),
    settings: EncoderSettings | None = None,
) -> Path:
    """A strip of a moving photograph."""
    scene = still(path, seed=seed, fps=fps)
    settings = settings or EncoderSettings()
    encode_scene(scene, path, first=0, end=frames, **SIZE, fps=fps, settings=settings)
    return path


def sound(path: Path, *, samples: int, click: int) -> Path:
    """AAC in MP4: silence but for a click."""
    wave = np.zeros((2, samples), np.float32)
    wave[:, click : click + 48] = 0.9
    with av.open(str(path), "w", format="mp4") as out:
        stream: Any = out.add_stream("aac", rate=RATE, layout="stereo")
        frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="stereo")
        frame.rate, frame.pts = RATE, 0
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def pictures(path: Path) -> list[np.ndarray]:
    """A film's frames as stacked planes (height·3/2, width)."""
    with av.open(str(path)) as film:
        return [frame.to_ndarray() for frame in film.decode(video=0)]


def times(path: Path) -> list[Fraction]:
    """When each frame is shown, seconds."""
    with av.open(str(path)) as film:
        return [frame.pts * frame.time_base for frame in film.decode(video=0)]


def boxes(path: Path) -> list[str]:
    """The names of an MP4's outermost boxes, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        names.append(data[at + 4 : at + 8].decode())
        at += int.from_bytes(data[at : at + 4], "big")
    return names
