"""What is done to sounds. All work on whole clips; windows are cut from what comes out."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np

from bench.watermark.chance import chance
from bench.watermark.sound_material import RATE, Sound
from berg.media.audio.master import write_aac
from berg.media.audio.read import stereo_blocks


@dataclass(frozen=True, kw_only=True)
class Attack:
    """A row of the table."""

    name: str
    words: str
    bar: float | None
    do: Callable[[Sound, int], tuple[Sound, int]]
    """Samples and rate in, samples and rate out."""
    window_s: float = 10.0
    """Seconds that the detector is given."""


def _coded(sound: Sound, rate: int, *, codec: str, form: str, kbps: int) -> tuple[Sound, int]:
    held = io.BytesIO()
    with av.open(held, "w", format=form) as out:
        stream: Any = out.add_stream(codec, rate=rate, layout="stereo")
        stream.bit_rate = kbps * 1000
        if codec == "aac":
            stream.options = {"aac_coder": "fast"}
        resampler = av.AudioResampler(stream.format, "stereo", rate)
        for start in range(0, len(sound), RATE):
            for frame in resampler.resample(_frame(sound[start : start + RATE], rate)):
                out.mux(stream.encode(frame))
        for frame in resampler.resample(None):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    held.seek(0)
    return _decoded(held), rate


def _frame(sound: Sound, rate: int) -> av.AudioFrame:
    samples: Any = np.ascontiguousarray(sound.T)
    layout = "stereo" if len(samples) == 2 else "mono"
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
    frame.sample_rate = rate
    return frame


def _decoded(held: io.BytesIO) -> Sound:
    container: Any
    with av.open(held) as container:
        resampler = av.AudioResampler("fltp", "stereo", RATE)
        frames = [f for frame in container.decode(audio=0) for f in resampler.resample(frame)]
        frames += resampler.resample(None)
        return np.concatenate([f.to_ndarray().T for f in frames]).astype(np.float32)


def _resampled(sound: Sound, rate: int, *, to: int, keep: bool) -> tuple[Sound, int]:
    """At another rate and, unless it is kept, back again."""
    return (_at(sound, rate, to), to) if keep else (_at(_at(sound, rate, to), to, rate), rate)


def _at(sound: Sound, rate: int, to: int) -> Sound:
    resampler = av.AudioResampler("fltp", "stereo" if sound.shape[1] == 2 else "mono", to)
    frames = [*resampler.resample(_frame(sound, rate)), *resampler.resample(None)]
    return np.concatenate([f.to_ndarray().T for f in frames]).astype(np.float32)


def _faster(sound: Sound, rate: int, *, by: float) -> tuple[Sound, int]:
    """Faster and higher, as a tape is."""
    return _at(sound, round(rate * by), rate), rate


def _filtered(sound: Sound, rate: int, *, filter: str, options: str) -> tuple[Sound, int]:
    graph = av.filter.Graph()
    graph.link_nodes(
        graph.add_abuffer(
            sample_rate=rate, format="fltp", layout="stereo", time_base=Fraction(1, rate)
        ),
        graph.add(filter, options),
        graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo"),
        graph.add("abuffersink"),
    ).configure()
    graph.push(_frame(sound, rate))
    graph.push(None)
    frames = []
    while True:
        try:
            frames.append(graph.pull().to_ndarray().T)
        except (av.BlockingIOError, av.EOFError):
            return np.concatenate(frames).astype(np.float32), rate


def _louder(sound: Sound, rate: int, *, by: float) -> tuple[Sound, int]:
    return np.clip(sound * np.float32(by), -1, 1), rate


def _noisy(sound: Sound, rate: int, *, db: float) -> tuple[Sound, int]:
    level = float(np.sqrt(np.mean(sound**2))) * 10 ** (-db / 20)
    noise = chance("noise", len(sound)).standard_normal(sound.shape, np.float32)
    return sound + noise * np.float32(level), rate


def _mono(sound: Sound, rate: int) -> tuple[Sound, int]:
    return sound.mean(axis=1, keepdims=True), rate


def _through_film(sound: Sound, rate: int) -> tuple[Sound, int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.mp4"
        write_aac(path, (sound[n : n + RATE] for n in range(0, len(sound), RATE)))
        return np.concatenate(list(stereo_blocks(path, what="sound"))), rate


def _same(sound: Sound, rate: int) -> tuple[Sound, int]:
    return sound, rate


def _list() -> tuple[Attack, ...]:
    def row(
        name: str,
        words: str,
        bar: float | None,
        do: Callable[..., Any],
        window_s: float = 10.0,
        **how: object,
    ) -> Attack:
        return Attack(name=name, words=words, bar=bar, window_s=window_s,
                      do=partial(do, **how))  # fmt: skip

    much = 0.95
    return (
        row("none", "none", much, _same),
        row("film", "through the film: AAC 192k", much, _through_film),
        row("mp3-64", "MP3 64k", much, _coded, codec="libmp3lame", form="mp3", kbps=64),
        row("mp3-128", "MP3 128k", much, _coded, codec="libmp3lame", form="mp3", kbps=128),
        row("aac-64", "AAC 64k", much, _coded, codec="aac", form="mp4", kbps=64),
        row("16k", "resampled to 16 kHz", much, _resampled, to=16_000, keep=True),
        row("crop6", "6 s crop", much, _same, 6.0),
        row("fast", "speed +1 %", much, _faster, by=1.01),
        row("slow", "speed −1 %", much, _faster, by=0.99),
        row("opus-48", "Opus 48k", None, _coded, codec="libopus", form="ogg", kbps=48),
        row("quiet", "volume −12 dB", None, _louder, by=0.25),
        row("loud", "volume +6 dB, clipped", None, _louder, by=2.0),
        row("noise30", "noise 30 dB below", None, _noisy, db=30.0),
        row("mono", "both channels as one", None, _mono),
        row("mp3-64-6s", "MP3 64k, 6 s crop", None, _coded, 6.0,
            codec="libmp3lame", form="mp3", kbps=64),
        row("crop3", "3 s crop", None, _same, 3.0),
        row("8k", "resampled to 8 kHz", None, _resampled, to=8_000, keep=True),
        row("tempo", "tempo +1 %, pitch kept", None, _filtered, filter="atempo", options="1.01"),
        row("tempo5", "tempo +5 %, pitch kept", None, _filtered, filter="atempo", options="1.05"),
    )  # fmt: skip


ATTACKS = _list()
