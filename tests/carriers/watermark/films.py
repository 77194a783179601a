"""Small films of generated pictures that move, marked or not."""

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.frames import FrameMarker
from berg.media.video.encode import Encoder, EncoderSettings
from berg.media.video.yuv import Planes
from tests.carriers.watermark.pictures import scene

FPS = Fraction(10)
WIDTH, HEIGHT = 540, 960


def moving(seed: int, count: int) -> list[Planes]:
    """A slow pan over a generated picture, as planes."""
    wide = scene(seed, height=HEIGHT, width=WIDTH + 60)
    frames = []
    for number in range(count):
        seen = np.ascontiguousarray(wide[:, number * 60 // max(1, count) :][:, :WIDTH])
        luma = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
        chroma = np.full((HEIGHT // 2, WIDTH // 2), 120, np.uint8)
        frames.append(Planes((16 + luma * (219 / 255)).astype(np.uint8), chroma, chroma.copy()))
    return frames


def film(path: Path, shots: list[tuple[int, str | None]], *, key: MarkKey, count: int = 20) -> Path:
    """A film of shots, each a seed and the identifier that it is marked with, if any."""
    size = {"width": WIDTH, "height": HEIGHT}
    with Encoder(path, fps=FPS, settings=EncoderSettings(preset="veryfast"), **size) as encoder:
        for seed, identifier in shots:
            marker = identifier and FrameMarker(identifier=identifier, key=key, **size)
            for planes in moving(seed, count):
                for plane, canvas in zip(planes, encoder.canvas, strict=True):
                    np.copyto(canvas, plane)
                if marker:
                    marker.mark(encoder.canvas)
                encoder.send()
    return path


def coded_again(source: Path, target: Path, *, crf: int, width: int, crop: int = 0) -> Path:
    """A film through x264 once more, scaled, and with `crop` pixels cut off each side first."""
    with av.open(str(source)) as given, av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=FPS)
        height = round((HEIGHT - 2 * crop) * width / (WIDTH - 2 * crop) / 2) * 2
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "veryfast", "threads": "1"}
        for number, frame in enumerate(given.decode(video=0)):
            luma = frame.to_ndarray(format="gray")[crop : HEIGHT - crop, crop : WIDTH - crop]
            small = cv2.resize(luma, (width, height), interpolation=cv2.INTER_AREA)
            again = av.VideoFrame.from_ndarray(small, format="gray").reformat(format="yuv420p")
            again.pts = number
            again.time_base = 1 / FPS
            out.mux(stream.encode(again))
        out.mux(stream.encode(None))
    return target
