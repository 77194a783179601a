"""The materials of the film: photographs, clips, captions, voices, music; all deterministic."""

import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FPS = 1080, 1920, Fraction(30)
RASTER = (1210, 2150)
CAPTION = (980, 240)
RATE = 48_000


@dataclass(frozen=True)
class Caption:
    sheet: Path
    first: int
    end: int
    """Frames of the shot."""
    left: int = 50
    top: int = 1330


@dataclass(frozen=True)
class Shot:
    file: Path
    moving: bool
    size: tuple[int, int]
    frames: int
    captions: tuple[Caption, ...]
    sheet: Path
    """All its captions, below one another."""
    voice: Path


@dataclass(frozen=True)
class Materials:
    shots: tuple[Shot, ...]
    music: Path
    frames: int


def prepare(folder: Path, *, seconds: int, shots: int = 12, captions: int = 20) -> Materials:
    """Make everything that the two sides are given; none of it is timed."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = round(seconds * FPS / shots)
    made = []
    for index in range(shots):
        moving = index % 2 == 1
        wide = moving and index % 4 == 3
        size = (1920, 1080) if wide else (WIDTH, HEIGHT) if moving else RASTER
        file = folder / f"{index:02}.{'mp4' if moving else 'png'}"
        if moving:
            _clip(file, size=size, frames=frames, seed=index)
        else:
            cv2.imwrite(str(file), _photograph(size, index))
        count = captions * (index + 1) // shots - captions * index // shots
        voice = folder / f"{index:02}.wav"
        _voice(voice, frames, index)
        sheet = folder / f"{index:02}-sheet.png"
        set_type = _captions(folder, index, count, frames, sheet)
        made.append(Shot(file, moving, size, frames, set_type, sheet, voice))
    music = folder / "music.wav"
    _music(music, frames * shots)
    return Materials(tuple(made), music, frames * shots)


def _photograph(size: tuple[int, int], seed: int) -> np.ndarray:
    """BGR with the statistics of a photograph: a 1/f spectrum, hard edges, a little grain."""
    wide, tall = size
    random = np.random.default_rng(seed)
    picture = np.zeros((tall, wide, 3), np.float32)
    for octave in range(9):
        cells = 3 * 2**octave
        shape = (max(2, cells * tall // wide), cells, 1)
        coarse = random.standard_normal(shape) + 0.35 * random.standard_normal((*shape[:2], 3))
        picture += 0.58**octave * cv2.resize(
            coarse.astype(np.float32), size, interpolation=cv2.INTER_CUBIC
        )
    low, high = np.percentile(picture, (1, 99))
    picture = 24 + 200 * (picture - low) / (high - low)
    for _ in range(14):
        center = (int(random.integers(0, wide)), int(random.integers(0, tall)))
        axes = tuple(int(n) for n in random.integers(wide // 30, wide // 5, 2))
        mask = cv2.ellipse(
            np.zeros((tall, wide), np.float32),
            center,
            axes,
            int(random.integers(0, 180)),
            0,
            360,
            1.0,
            -1,
            cv2.LINE_AA,
        )
        picture += mask[..., None] * random.normal(0, 35, 3).astype(np.float32)
    picture += random.normal(0, 1.5, (tall, wide, 1)).astype(np.float32)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def _clip(path: Path, *, size: tuple[int, int], frames: int, seed: int) -> None:
    """A camera held by hand, with something crossing the scene."""
    wide, tall = size
    scene = _photograph((wide + 160, tall + 160), seed)
    thing = _photograph((wide // 4, wide // 4), seed + 100)
    random = np.random.default_rng(seed)
    sway = np.cumsum(np.cumsum(random.normal(0, 0.06, (frames, 2)), axis=0) * 0.5, axis=0)
    sway = 80 + 70 * np.tanh(sway / 70)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=FPS, options={"crf": "16", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = wide, tall, "yuv420p"
        context = stream.codec_context
        context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
        for n in range(frames):
            matrix = np.array([[1, 0, sway[n, 0]], [0, 1, sway[n, 1]]])
            view = cv2.warpAffine(scene, matrix, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP)
            x, y = int((wide - thing.shape[1]) * n / frames), tall // 2
            view[y : y + thing.shape[0], x : x + thing.shape[1]] = thing[: tall - y]
            frame = av.VideoFrame.from_ndarray(view, format="bgr24")
            frame = frame.reformat(format="yuv420p", dst_colorspace=1, dst_color_range=1)
            frame.pts = n
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _captions(folder: Path, shot: int, count: int, frames: int, sheet: Path) -> tuple[Caption, ...]:
    made = []
    whole = Image.new("RGBA", (CAPTION[0], CAPTION[1] * count))
    for n in range(count):
        path = folder / f"{shot:02}-caption{n}.png"
        image = Image.new("RGBA", CAPTION, (0, 0, 0, 0))
        draw, font = ImageDraw.Draw(image), ImageFont.load_default(86)
        draw.rounded_rectangle((4, 4, CAPTION[0] - 5, CAPTION[1] - 5), 28, fill=(11, 57, 84, 190))
        text = f"Caption {n + 1} of shot {shot + 1}\nbefore the harbour wakes"
        draw.multiline_text((40, 16), text, font=font, fill=(255, 244, 224, 255))
        image.save(path)
        whole.paste(image, (0, n * CAPTION[1]))
        made.append(Caption(path, frames * n // count + 3, frames * (n + 1) // count - 6))
    whole.save(sheet)
    return tuple(made)


def _voice(path: Path, frames: int, seed: int) -> None:
    """As loud and as uneven as speech, 24 kHz mono; it ends before the shot does."""
    samples = round(max(frames - 15, 6) / FPS * 24_000)
    time = np.arange(samples) / 24_000
    pitch = 130 + 20 * np.sin(2 * np.pi * (0.7 + seed / 20) * time)
    phase = 2 * np.pi * np.cumsum(pitch) / 24_000
    sound = sum(np.sin(k * phase) / k for k in range(1, 12))
    _wav(path, sound * 0.12 * (0.5 + 0.5 * np.sin(2 * np.pi * 3.1 * time)) ** 2, 24_000)


def _music(path: Path, frames: int) -> None:
    time = np.arange(round(frames / FPS * RATE)) / RATE
    chord = sum(np.sin(2 * np.pi * f * time) for f in (220.0, 277.18, 329.63))
    _wav(path, 0.1 * chord * (0.6 + 0.4 * np.exp(-4 * (time % 0.5))), RATE)


def _wav(path: Path, sound: np.ndarray, rate: int) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.clip(sound * 32767, -32768, 32767).astype("<i2").tobytes())
