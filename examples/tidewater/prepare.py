"""Fills photos/ with the example's footage: photographs of the catalogue, and clips made of them.

The photographs are public domain or CC0; photos/SOURCES.md says whose they are. Clips are slow
camera moves over a photograph, so that the example has moving pictures too. Runs in a few
seconds, does nothing when all is there, and gives the same files every time.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
import yaml
from numpy.typing import NDArray

from berg.home import default_home
from berg.weights import Weights

HERE = Path(__file__).parent
PHOTOS = HERE / "photos"
FPS = 25
SECONDS = 5

Picture = NDArray[np.uint8]
"""height x width x 3, RGB."""
Box = tuple[float, float, float]
"""Centre x, centre y, width, in pixels of the photograph."""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photograph as it is, or toned."""

    file: str
    entry: str
    words: str
    tone: tuple[str, str, str] | None = None
    """Colours for shadows, middle and lights of a black-and-white picture."""
    turned: bool = False
    """By 90 degrees."""
    done: str = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Move:
    """A clip: the camera goes from one box of a photograph to another."""

    file: str
    entry: str
    words: str
    width: int
    height: int
    start: Box
    end: Box
    done: str


FOOTAGE: tuple[Photo | Move, ...] = (
    Move(
        file="harbour-before-dawn.mp4",
        entry="tidewater-dusk",
        words="harbour lights before dawn, the harbour wakes; 港口 黎明 醒来",
        width=720,
        height=1280,
        start=(150.0, 256.0, 180.0),
        end=(146.0, 236.0, 200.0),
        done="left part, camera move",
    ),
    Photo(
        file="stars-at-night.jpg",
        entry="tidewater-stars",
        words="stars out in the night sky; 星星 天上",
    ),
    Photo(
        file="old-brick-wall.png",
        entry="tidewater-brick",
        words="old brick wall of the roastery; 老砖墙",
        tone=("#1c1210", "#9c4a33", "#f6d9b8"),
        turned=True,
        done="turned and toned",
    ),
    Photo(
        file="biscuit-the-cat.png",
        entry="tidewater-cat",
        words="Biscuit, our ginger cat, looks on; 猫 饼干",
    ),
    Photo(
        file="first-cup.png",
        entry="tidewater-coffee",
        words="the first cup of coffee on a wooden table, day; 第一杯 咖啡 今天",
    ),
    Move(
        file="caramel-crema.mp4",
        entry="tidewater-coffee",
        words="caramel crema close up, orange saucer; 焦糖 橙皮 味道",
        width=1280,
        height=720,
        start=(300.0, 180.0, 330.0),
        end=(292.0, 148.0, 240.0),
        done="part, camera move",
    ),
    Photo(
        file="gravel-at-the-doorstep.png",
        entry="tidewater-gravel",
        words="gravel at the doorstep, morning, tomorrow; 门口 清晨 第二天",
        tone=("#15181c", "#80766a", "#fff0dc"),
        done="toned",
    ),
    Move(
        file="tidewater-coffee.mp4",
        entry="tidewater-coffee",
        words="Tidewater coffee, cup and spoon, the camera draws back; 潮水咖啡 随潮而来",
        width=1280,
        height=720,
        start=(320.0, 190.0, 380.0),
        end=(300.0, 166.0, 560.0),
        done="camera move",
    ),
)


def main() -> None:
    """Make what is missing."""
    weights = Weights(default_home())
    PHOTOS.mkdir(exist_ok=True)
    for item in FOOTAGE:
        make_once(PHOTOS / item.file, partial(make, item, weights))
    captions = {item.file: item.words for item in FOOTAGE}
    text = yaml.safe_dump(captions, allow_unicode=True, sort_keys=False, width=1000)
    (PHOTOS / "captions.yaml").write_text(text, encoding="utf-8")
    (PHOTOS / "SOURCES.md").write_text(sources(weights), encoding="utf-8")
    print(f"{len(FOOTAGE)} pictures and clips are in {PHOTOS}")


def make_once(target: Path, write: Callable[[Path], None]) -> None:
    """Write a file aside and rename it, unless it is there."""
    if target.exists():
        return
    aside = target.with_name(f".{target.stem}.new{target.suffix}")
    write(aside)
    aside.replace(target)


def make(item: Photo | Move, weights: Weights, target: Path) -> None:
    """Make one file of the footage."""
    source = weights.path(item.entry)
    if isinstance(item, Move):
        film(read(source), item, target)
    elif item.tone is None:
        shutil.copyfile(source, target)
    else:
        toned = tone(np.rot90(read(source)) if item.turned else read(source), item.tone)
        cv2.imwrite(str(target), cv2.cvtColor(toned, cv2.COLOR_RGB2BGR))


def read(path: Path) -> Picture:
    """A photograph as RGB."""
    picture = cv2.imread(str(path))
    if picture is None:
        raise SystemExit(f"{path} is no picture")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def tone(picture: Picture, colours: tuple[str, str, str]) -> Picture:
    """A black-and-white picture in three colours, from shadows to lights."""
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours], np.float64)
    levels = np.arange(256)
    table = np.stack([np.interp(levels, (0, 128, 255), stops[:, i]) for i in range(3)], axis=1)
    return table.round().astype(np.uint8)[picture[:, :, 0]]


def film(picture: Picture, move: Move, target: Path) -> None:
    """Encode a camera move as H.264, tagged bt709; the same bytes every time."""
    cv2.setNumThreads(1)
    count = SECONDS * FPS
    with av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = move.width, move.height, "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.color_primaries = 1
        stream.codec_context.color_trc = 1
        stream.codec_context.colorspace = 1
        stream.codec_context.color_range = 1
        stream.options = {"preset": "medium", "crf": "18", "x264-params": "cpu-independent=1"}
        for index in range(count):
            pixels = look(picture, move, smooth(index / (count - 1)))
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
            )
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def look(picture: Picture, move: Move, share: float) -> Picture:
    """What the camera sees when `share` of the move is done."""
    x, y, width = (a + (b - a) * share for a, b in zip(move.start, move.end, strict=True))
    scale = width / move.width
    matrix = np.array([[scale, 0, x - width / 2], [0, scale, y - move.height * scale / 2]])
    seen = cv2.warpAffine(
        picture,
        matrix,
        (move.width, move.height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(seen, np.uint8)


def smooth(share: float) -> float:
    """Start and stop gently."""
    return share * share * (3 - 2 * share)


def sources(weights: Weights) -> str:
    """Whose pictures these are, as a document."""
    entries = {entry.name: entry for entry in weights.entries()}
    lines = [
        "# Whose pictures these are",
        "",
        "All photographs come from the data folder of scikit-image 0.26.0, where their sources",
        "are named. The scenes are make-believe: no roastery is shown.",
        "",
        "| file | photograph | by | licence | made of it |",
        "|---|---|---|---|---|",
    ]
    for item in FOOTAGE:
        entry = entries[item.entry]
        licence = entry.licence.replace("LicenseRef-PublicDomain", "public domain")
        lines.append(f"| {item.file} | {entry.file} | {entry.credit} | {licence} | {item.done} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
