"""Fills photos/ with the example's footage: photographs of the catalogue, and clips made of them.

The photographs are MIT-licensed; photos/SOURCES.md says whose they are. Clips are slow
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
    """A photograph as it is."""

    file: str
    entry: str
    words: str
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
        entry="tidewater-sea",
        words="the sea before dawn, the harbour wakes; 港口 黎明 醒来",
        width=720,
        height=1280,
        start=(600.0, 640.0, 640.0),
        end=(640.0, 600.0, 560.0),
        done="left part, camera move",
    ),
    Photo(
        file="sacks-from-small-farms.jpg",
        entry="tidewater-sacks",
        words="sacks of green coffee from small farms; 农庄 豆子 麻袋",
    ),
    Move(
        file="beans-in-small-batches.mp4",
        entry="tidewater-beans",
        words="roasted beans of one batch, close up; 每一炉 小批 慢烘 咖啡豆",
        width=720,
        height=1280,
        start=(640.0, 732.0, 780.0),
        end=(1180.0, 732.0, 700.0),
        done="part, camera move",
    ),
    Photo(
        file="mira-the-barista.jpg",
        entry="tidewater-barista",
        words="Mira, our barista, at the machine, laughing; 咖啡师 米拉",
    ),
    Photo(
        file="first-cups.jpg",
        entry="tidewater-cups",
        words="the first cups of coffee of the day, from above; 第一杯 咖啡 今天",
    ),
    Photo(
        file="warm-croissant.jpg",
        entry="tidewater-croissant",
        words="a warm croissant in the sun; 可颂",
    ),
    Photo(
        file="the-counter-on-the-quay.jpg",
        entry="tidewater-counter",
        words="people at the counter on the quay; 码头 店里",
    ),
    Move(
        file="with-the-tide.mp4",
        entry="tidewater-sea",
        words="the tide, the camera draws back; 潮水 随潮而来",
        width=720,
        height=1280,
        start=(1340.0, 640.0, 500.0),
        end=(1320.0, 608.0, 660.0),
        done="right part, camera move",
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
    else:
        shutil.copyfile(source, target)


def read(path: Path) -> Picture:
    """A photograph as RGB."""
    picture = cv2.imread(str(path))
    if picture is None:
        raise SystemExit(f"{path} is no picture")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


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
        "The photographs come with Start Bootstrap's themes, packages under the MIT licence. The",
        "scenes are make-believe: no roastery is shown, and nobody seen here is called Mira.",
        "",
        "| file | photograph | by | licence | made of it |",
        "|---|---|---|---|---|",
    ]
    for item in FOOTAGE:
        entry = entries[item.entry]
        made = f"| {item.file} | {entry.file} | {entry.credit} | {entry.licence} | {item.done} |"
        lines.append(made)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
