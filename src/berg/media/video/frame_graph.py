"""One decoded frame into one output picture: upright, cropped, scaled, BT.709 limited, 8-bit.

FFmpeg's filters do the work, on one thread, so that the same frame gives the same bytes. Not
here: which frame is shown when (`berg.media.video.read`).
"""

import tempfile
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane

from berg.media.image.framing import CropBox
from berg.media.probe.upright import Orientation, orientation_of, upright_size
from berg.media.video.color import FrameColour, colour_of, cube

Plane: TypeAlias = npt.NDArray[np.uint8]
PlaneTriple: TypeAlias = tuple[Plane, Plane, Plane]
"""Y (height, width), U and V (height/2, width/2): uint8, BT.709 limited; rows may be strided."""


@dataclass(frozen=True, slots=True)
class FrameShape:
    """Everything about a frame that the way to the output depends on."""

    width: int
    height: int
    format: str
    colour: FrameColour
    alpha: bool
    bottom_up: bool
    """Whether rows run backwards in memory, as some uncompressed AVIs have them."""
    orientation: Orientation
    upright: tuple[int, int]
    """Size in square pixels, laid upright."""


def shape_of(frame: VideoFrame, aspect: Fraction) -> FrameShape:
    """A frame's shape; `aspect` is of its pixels, width over height."""
    return FrameShape(
        width=frame.width,
        height=frame.height,
        format=frame.format.name,
        colour=colour_of(frame),
        alpha=any(c.is_alpha for c in frame.format.components) or frame.format.name == "pal8",
        bottom_up=frame.planes[0].line_size < 0,
        orientation=orientation_of(frame),
        upright=upright_size(frame, aspect),
    )


class FrameGraph:
    """The way from frames of one shape to pictures of one size."""

    def __init__(self, shape: FrameShape, *, crop: CropBox | None, size: tuple[int, int]) -> None:
        self.shape = shape
        self._size = size
        self._box = coded_box(shape, crop)
        self._count = 0
        self._direct = self._is_direct()
        if not self._direct:
            self._source, self._sink = self._build()

    def __call__(self, frame: VideoFrame) -> PlaneTriple:
        """One picture; its arrays are read-only and stay valid."""
        if self._direct:
            return self._views(frame, self._box)
        frame.pts, frame.time_base = self._count, Fraction(1, 1000)
        self._count += 1
        self._source.push(frame)
        made = self._sink.pull()
        assert isinstance(made, VideoFrame)
        return self._views(made, (0, 0, *self._size))

    def _is_direct(self) -> bool:
        shape, (left, top, width, height) = self.shape, self._box
        return (
            shape.format == "yuv420p"
            and shape.colour.ordinary
            and not shape.bottom_up
            and shape.orientation == Orientation()
            and (width, height) == self._size
            and left % 2 == 0
            and top % 2 == 0
            and shape.upright == (shape.width, shape.height)
        )

    def _views(self, frame: VideoFrame, box: CropBox) -> PlaneTriple:
        left, top, width, height = box
        y, u, v = frame.planes[:3]
        half = (left // 2, top // 2, width // 2, height // 2)
        return _view(y, box), _view(u, half), _view(v, half)

    def _build(self) -> tuple[FilterContext, FilterContext]:
        graph = Graph()
        graph.threads = 1
        shape = self.shape
        source = graph.add(
            "buffer",
            video_size=f"{shape.width}x{shape.height}",
            pix_fmt=shape.format,
            time_base="1/1000",
            pixel_aspect="1/1",
        )
        nodes = [source]
        nodes += [graph.add(name, arguments) for name, arguments in self._filters()]
        with tempfile.NamedTemporaryFile("w", suffix=".cube") as table:
            if shape.colour.needs_table:
                table.write(cube(shape.colour.transfer, shape.colour.gamut))
                table.flush()
                nodes.append(graph.add("lut3d", f"file={table.name}:interp=tetrahedral"))
                nodes.append(graph.add("scale", "out_color_matrix=bt709:out_range=tv"))
        nodes.append(graph.add("format", "yuv420p"))
        nodes.append(graph.add("buffersink"))
        graph.link_nodes(*nodes).configure()
        self._graph = graph
        return source, nodes[-1]

    def _filters(self) -> list[tuple[str, str]]:
        shape, colour = self.shape, self.shape.colour
        coded_range = "pc" if colour.full else "tv"
        # Mirroring twice changes nothing but the order of the rows in memory.
        chain: list[tuple[str, str]] = [("hflip", "")] * 2 * shape.bottom_up
        matrix = "bt709" if colour.matrix == "rgb" else colour.matrix
        if colour.matrix != "rgb":
            chain.append(("setparams", f"range={coded_range}:colorspace={_TAGS[matrix]}"))
        if shape.alpha:
            if colour.matrix == "rgb":
                chain.append(("format", "gbrap"))
            elif shape.format.startswith("ya"):
                chain.append(("format", "yuva444p"))
            chain.append(("premultiply", "inplace=1"))
        left, top, width, height = self._box
        if (left, top, width, height) != (0, 0, shape.width, shape.height):
            chain.append(("crop", f"{width}:{height}:{left}:{top}:exact=1"))
        chain += shape.orientation.filters
        scale = f"{self._size[0]}:{self._size[1]}:flags=lanczos+accurate_rnd"
        if colour.needs_table:
            return [*chain, ("scale", scale), ("format", "gbrp12")]
        inward = (
            "" if colour.matrix == "rgb" else f":in_color_matrix={matrix}:in_range={coded_range}"
        )
        return [*chain, ("scale", f"{scale}{inward}:out_color_matrix=bt709:out_range=tv")]


_TAGS = {
    "bt709": "bt709",
    "fcc": "fcc",
    "bt470": "bt470bg",
    "smpte170m": "smpte170m",
    "smpte240m": "smpte240m",
    "bt2020": "bt2020nc",
}
"""The scaler's names of matrices, as `setparams` names them."""


def coded_box(shape: FrameShape, crop: CropBox | None) -> CropBox:
    """A crop in upright square pixels, as a box of the coded frame, on whole chroma samples."""
    width, height = shape.upright
    left, top, w, h = crop or (0, 0, width, height)
    w, h = max(2, min(w, width)), max(2, min(h, height))
    box = (min(max(left, 0), width - w), min(max(top, 0), height - h), w, h)
    left, top, w, h = shape.orientation.box_in_source(box, width, height)
    across = Fraction(shape.width, height if shape.orientation.transposed else width)
    left, w = round(left * across), max(2, round(w * across))
    if (left, top, w, h) == (0, 0, shape.width, shape.height):
        return left, top, w, h
    left, top = left - left % 2, top - top % 2
    return left, top, min(w, shape.width - left), min(h, shape.height - top)


def _view(plane: VideoPlane, box: CropBox) -> Plane:
    left, top, width, height = box
    rows = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
    view: Plane = rows[top : top + height, left : left + width]
    view.flags.writeable = False
    return view
