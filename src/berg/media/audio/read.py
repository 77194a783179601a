"""Reading any sound file as a stream of 48 kHz stereo.

Files may be hostile: only known container formats are opened (no playlists, which could name
other files), rates and channel counts are bounded, values that aren't numbers become silence,
and damaged packets are passed over as players do. A caller bounds the length by `limit`; no file
is ever decoded further than was asked for.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.filter import Graph

from berg.errors import MediaError
from berg.media.audio.scratch import RATE, Block

FORMATS = (
    "wav,w64,aiff,caf,au,flac,mp3,aac,ogg,mov,mp4,m4a,matroska,webm,asf,avi,mpegts,mpeg,ac3,eac3"
)
"""FFmpeg's names of the containers that may be opened."""

MIN_RATE, MAX_RATE, MAX_CHANNELS = 4_000, 384_000, 24
_LOUDEST = 8.0
"""Float files may exceed full scale; beyond +18 dB it isn't sound."""
_RESAMPLE = f"{RATE}:filter_size=64:phase_shift=10:cutoff=0.975"
"""Longer filter than swr's default: flat to 11 kHz for 24 kHz voices, images below -90 dB."""


def stereo_blocks(
    path: Path, *, what: str, limit: int | None = None, block_dc: bool = False
) -> Iterator[Block]:
    """Decode a file's first sound stream, shape (n, 2), n as it comes, in all at most `limit`.

    The first sample given is the file's first (no delay from resampling; AAC priming that the
    file declares is cut). `block_dc` takes away what lies below 16 Hz. `what` names the file in
    errors. Raises MediaError if there is no sound in it or it can't be read.
    """
    left = limit
    heard = False
    try:
        for block in _resampled(path, what, block_dc):
            heard = True
            if left is not None:
                block = block[:left]
                left -= len(block)
            if len(block):
                yield block
            if left == 0:
                return
    except (av.FFmpegError, ValueError) as error:
        raise MediaError(f"{what} can't be read as sound: {error}", where=what) from error
    if not heard:
        raise MediaError(f"{what} has no sound that can be decoded", where=what)


def _resampled(path: Path, what: str, block_dc: bool) -> Iterator[Block]:
    """Frames through a filter graph, built anew when a stream changes its form midway."""
    graph, form = None, None
    for frame in _frames(path, what):
        shape = (frame.sample_rate, frame.format.name, frame.layout.name)
        if shape != form:
            if graph is not None:
                yield from _pull(graph, None)
            _check(frame, what)
            graph, form = _graph(shape, block_dc), shape
        assert graph is not None
        yield from _pull(graph, _clean(frame))
    if graph is not None:
        yield from _pull(graph, None)


def _frames(path: Path, what: str) -> Iterator[av.AudioFrame]:
    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    with av.open(str(path), options=options, metadata_errors="replace") as container:
        if not container.streams.audio:
            raise MediaError(f"{what} has no sound", where=what)
        stream = container.streams.audio[0]
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                continue
            for frame in frames:
                if isinstance(frame, av.AudioFrame) and frame.samples:
                    yield frame


def _check(frame: av.AudioFrame, what: str) -> None:
    if not MIN_RATE <= frame.sample_rate <= MAX_RATE:
        raise MediaError(
            f"{what} has {frame.sample_rate} samples a second; "
            f"{MIN_RATE} to {MAX_RATE} can be used",
            where=what,
        )
    if len(frame.layout.channels) > MAX_CHANNELS:
        raise MediaError(f"{what} has more than {MAX_CHANNELS} channels", where=what)


def _clean(frame: av.AudioFrame) -> av.AudioFrame:
    """Without infinities and what isn't a number: one of them would silence a filter for good."""
    if not frame.format.name.startswith(("flt", "dbl")):
        return frame
    samples: Any = frame.to_ndarray()
    if np.isfinite(samples).all() and np.abs(samples).max(initial=0) <= _LOUDEST:
        return frame
    samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-_LOUDEST, _LOUDEST)
    clean = av.AudioFrame.from_ndarray(samples, format=frame.format.name, layout=frame.layout.name)
    clean.sample_rate = frame.sample_rate
    return clean


def _graph(shape: tuple[int, str, str], block_dc: bool) -> tuple[Graph, Any, Any]:
    rate, form, layout = shape
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=rate, format=form, layout=layout, time_base=Fraction(1, rate)
    )
    chain = [source, graph.add("aresample", _RESAMPLE)]
    chain.append(graph.add("aformat", "sample_fmts=flt:channel_layouts=stereo"))
    if block_dc:
        chain.append(graph.add("highpass", "f=16"))
    chain.append(graph.add("abuffersink"))
    for before, after in pairwise(chain):
        before.link_to(after)
    graph.configure()
    return graph, source, chain[-1]


def _pull(graph: tuple[Graph, Any, Any], frame: av.AudioFrame | None) -> Iterator[Block]:
    if frame is not None:
        frame.pts = None  # a file's time stamps may lie; samples follow each other
    _, source, sink = graph
    source.push(frame)
    while True:
        try:
            out = sink.pull()
        except (av.BlockingIOError, av.EOFError):
            return
        yield out.to_ndarray().reshape(-1, 2)
