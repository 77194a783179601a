"""Facts of a clip or a sound: all packets are counted, the first and a late frame decoded.

Headers are not believed: length and frame count come from the packets themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from berg.media.probe.limits import (
    MAX_CLIP_FRAMES,
    MAX_CLIP_PIXELS,
    MAX_CLIP_SECONDS,
    TooLargeError,
    check_size,
    refuse,
)
from berg.media.probe.opening import moving_pictures, opened
from berg.media.probe.sniff import ALLOWED
from berg.media.probe.upright import has_alpha, upright_size
from berg.schema.media import MediaFacts

_TRIES = 400
"""Packets that may be fed without a frame coming out: more than any decoder holds back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketSpan:
    """What a stream's packets add up to."""

    frames: int
    """Packets that are shown (edit lists discard some)."""
    first: Fraction
    """Seconds: when the first is shown."""
    end: Fraction
    """Seconds: when the last one's time is over."""
    last: Fraction
    """Seconds: when the last is shown."""


def clip_or_sound_facts(path: Path) -> MediaFacts:
    """Facts of a clip, or of a sound if there is no moving picture. Raises MediaError."""
    with opened(path) as container:
        pictures = moving_pictures(container)
        if pictures:
            return _clip_facts(path, container, pictures[0])
        if not container.streams.audio:
            refuse(path.name, "holds neither pictures nor sound", ALLOWED)
        return _sound_facts(path.name, container, container.streams.audio[0])


def _clip_facts(path: Path, container: InputContainer, stream: VideoStream) -> MediaFacts:
    name = path.name
    context = stream.codec_context
    if context is None:
        refuse(name, "is coded in a way that can't be decoded here", "H.264 in MP4 always works")
    check_size(name, context.width, context.height, most=MAX_CLIP_PIXELS)
    context.options = {"max_pixels": str(MAX_CLIP_PIXELS)}
    context.thread_count = 1
    _check_complete(path, stream)
    frame = _first_frame(name, container, stream)
    container.seek(stream.start_time or 0, stream=stream)
    span = measure(name, container.demux(stream), stream.time_base)
    _check_end(name, container, stream, span)
    width, height = upright_size(frame, stream.sample_aspect_ratio)
    check_size(name, width, height, most=4 * MAX_CLIP_PIXELS)
    length = span.end - span.first
    sound = container.streams.audio
    return MediaFacts(
        kind="video",
        width=width,
        height=height,
        frames=span.frames,
        fps=_rate(span.frames / length, stream.average_rate),
        duration=length,
        alpha=has_alpha(frame, stream),
        sample_rate=(sound[0].rate or 0) if sound else 0,
    )


def _rate(measured: Fraction, declared: Fraction | None) -> Fraction:
    """The declared rate where it is true (containers round times), else the measured one."""
    if declared and abs(declared - measured) * 50 <= measured:
        return Fraction(declared)
    return measured.limit_denominator(1001)


def _sound_facts(name: str, container: InputContainer, stream: AudioStream) -> MediaFacts:
    if stream.codec_context is None or not stream.rate:
        refuse(name, "holds sound that can't be decoded here", ALLOWED)
    if next(_frames(name, container, stream), None) is None:
        refuse(name, "holds no sound that can be decoded, it is damaged or cut short", ALLOWED)
    container.seek(stream.start_time or 0, stream=stream)
    span = measure(name, container.demux(stream), stream.time_base)
    return MediaFacts(kind="audio", duration=span.end - span.first, sample_rate=stream.rate)


def measure(name: str, packets: Iterator["Packet[Any]"], time_base: Fraction | None) -> PacketSpan:
    """Count a stream's packets and find its true ends. Raises MediaError beyond the limits.

    Damage in the middle ends the count: what lies before it can be used.
    """
    base = time_base or Fraction(1, 1000)
    first: int | None = None
    last = end = count = 0
    for packet in _until_damage(packets):
        time = packet.pts if packet.pts is not None else packet.dts
        if packet.size == 0 or packet.is_discard:
            continue
        count += 1
        if time is not None:
            first = time if first is None else min(first, time)
            last = max(last, time) if count > 1 else time
            end = (
                max(end, time + (packet.duration or 0))
                if count > 1
                else last + (packet.duration or 0)
            )
        if count > MAX_CLIP_FRAMES or (
            first is not None and (last - first) * base > MAX_CLIP_SECONDS
        ):
            most = f"{MAX_CLIP_SECONDS // 3600} hours"
            raise TooLargeError(name, "is longer than can be used", most, then=": cut it first")
    if count == 0 or first is None:
        refuse(name, "holds no frames with a time", ALLOWED)
    if end <= last:
        end = last + max(1, (last - first) // max(1, count - 1))
    return PacketSpan(frames=count, first=first * base, end=end * base, last=last * base)


def _until_damage(packets: Iterator["Packet[Any]"]) -> Iterator["Packet[Any]"]:
    try:
        yield from packets
    except FFmpegError:
        return


def _frames(
    name: str, container: InputContainer, stream: VideoStream | AudioStream
) -> Iterator[VideoFrame]:
    """Frames of a stream; damaged packets are passed over, up to `_TRIES` in a row."""
    barren = 0
    for packet in _until_damage(container.demux(stream)):
        if packet.has_sidedata("encryption_info"):
            refuse(name, "is encrypted", "only files without copy protection can be read")
        try:
            frames = packet.decode()
        except FFmpegError:
            frames = []
        barren = 0 if frames else barren + 1
        if barren > _TRIES:
            return
        yield from frames


def _first_frame(name: str, container: InputContainer, stream: VideoStream) -> VideoFrame:
    frame = next(_frames(name, container, stream), None)
    if frame is None:
        refuse(name, "has no frame that can be decoded, it is damaged or cut short", ALLOWED)
    check_size(name, frame.width, frame.height, most=MAX_CLIP_PIXELS)
    return frame


def _check_end(name: str, container: InputContainer, stream: VideoStream, span: PacketSpan) -> None:
    """A frame near the end must decode, or the clip ends before it says."""
    if span.frames == 1:
        return
    base = stream.time_base or Fraction(1, 1000)
    container.seek(int(max(span.first, span.last - 1) / base), stream=stream)
    if next(_frames(name, container, stream), None) is None:
        refuse(name, "can't be decoded near its end, it is damaged or cut short", ALLOWED)


def _check_complete(path: Path, stream: VideoStream) -> None:
    """An MP4 or MOV says where each frame lies; if that is beyond the end, it was cut short."""
    if "mp4" not in stream.container.format.name:
        return
    size = path.stat().st_size
    missing = sum(entry.pos + entry.size > size for entry in stream.index_entries)
    if missing:
        what = f"is cut short: {missing} of its frames lie beyond the end of the file"
        refuse(path.name, what, "copy it again from where it came")
