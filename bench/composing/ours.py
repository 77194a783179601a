"""berg's side: the functions that the steps call, in two worker processes, then the join."""

import itertools
import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench.composing.materials import CAPTION, FPS, HEIGHT, WIDTH, Materials, Shot
from berg.media.video import join as joining
from berg.media.video.yuv import Planes, empty_planes
from berg.schema.asset import Asset
from berg.schema.layer import Layer, Sheet
from berg.schema.timeline import Segment, Timeline
from berg.steps.audio.mix.declare import MixSound
from berg.steps.audio.mix.run import mix
from berg.steps.image import Clip, Still
from berg.steps.video.nouns import Picture
from berg.steps.video.render_shot.declare import RenderShot
from berg.steps.video.render_shot.run import render_shot, shot_scene


@dataclass
class FileContext:
    """A step's world in which an asset's digest is its path."""

    scratch: Path
    seed: int = 0
    weights: Mapping[str, Path] = field(default_factory=dict)
    session: Any = None

    def path(self, asset: Asset) -> Path:
        return Path(asset.sha256)

    def put(self, path: Path, media_type: str) -> Asset:
        return as_asset(path, media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        path = self.scratch / "bytes"
        path.write_bytes(data)
        return as_asset(path, media_type)

    def progress(self, done: float) -> None:
        pass


def as_asset(path: Path, media_type: str) -> Asset:
    return Asset(sha256=str(path), size=path.stat().st_size, media_type=media_type)


def picture_of(shot: Shot) -> Picture:
    wide, tall = shot.size
    if not shot.moving:
        raster = as_asset(shot.file, "image/png")
        still = Still(raster=raster, width=wide, height=tall, focus_x=500, focus_y=500)
        return Picture(photo=still)
    across = min(wide, tall * WIDTH // HEIGHT // 2 * 2)
    clip = Clip(
        crop=((wide - across) // 4 * 2, 0, across, tall),
        start=Fraction(0),
        available=shot.frames / FPS,
        backdrop=False,
    )
    return Picture(clip=clip, source=as_asset(shot.file, "video/mp4"))


def sheet_of(shot: Shot) -> Sheet | None:
    """The shot's captions, which lie below one another on their sheet."""
    wide, tall = CAPTION
    layers = tuple(
        Layer(
            x=0,
            y=n * tall,
            width=wide,
            height=tall,
            left=caption.left,
            top=caption.top,
            first=caption.first,
            end=caption.end,
        )
        for n, caption in enumerate(shot.captions)
    )
    return Sheet(image=as_asset(shot.sheet, "image/png"), layers=layers)


def asked(shot: Shot, index: int) -> RenderShot:
    return RenderShot(
        width=WIDTH,
        height=HEIGHT,
        fps=FPS,
        kind="clip" if shot.moving else "photo",
        seed=index,
        trim_end=0,
        picture=picture_of(shot),
        sheet=sheet_of(shot),
        frames=shot.frames,
    )


def render(shot: Shot, index: int, folder: Path) -> Path:
    """One strip."""
    scratch = folder / str(index)
    scratch.mkdir()
    return Path(render_shot(asked(shot, index), FileContext(scratch)).video.sha256)


def sound(materials: Materials, folder: Path) -> Path:
    starts = itertools.accumulate((s.frames for s in materials.shots), initial=0)
    timeline = Timeline(
        fps=FPS,
        segments=tuple(
            Segment(start=start, frames=shot.frames)
            for start, shot in zip(starts, materials.shots, strict=False)
        ),
        end_start=materials.frames,
        hold=0,
        frames=materials.frames,
    )
    voices = tuple(as_asset(shot.voice, "audio/wav") for shot in materials.shots)
    music = as_asset(materials.music, "audio/wav")
    call = MixSound(timeline=timeline, voices=voices, music=music)
    return Path(mix(call, FileContext(folder)).audio.sha256)


def make(materials: Materials, out: Path) -> None:
    """The whole film, in two processes."""
    folder = Path(tempfile.mkdtemp(dir=out.parent))
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        strips = [pool.submit(render, s, i, folder) for i, s in enumerate(materials.shots)]
        heard = pool.submit(sound, materials, folder)
        paths, audio = [strip.result() for strip in strips], heard.result()
    joining.join(paths, audio, out, fps=FPS, frames=materials.frames)
    shutil.rmtree(folder)


def composite(materials: Materials, folder: Path) -> Iterator[Planes]:
    """What the encoder was given, frame by frame."""
    canvas = empty_planes(WIDTH, HEIGHT)
    for index, shot in enumerate(materials.shots):
        scene = shot_scene(asked(shot, index), FileContext(folder))
        for _ in scene.paint(0, shot.frames, canvas):
            yield canvas
