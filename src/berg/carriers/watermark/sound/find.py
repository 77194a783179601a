"""Finding the identifiers in sound: windows of ten seconds, every speed, every key.

Sound is heard as 16 kHz mono, half a minute at a time, so that memory doesn't grow with length. A
window is laid out for each speed from -1.6 to +1.6 %, and where a key's fixed signs agree by
`LEAST_SYNC` standard deviations its bits are decoded and checked. Windows that fail alone are tried
together, for noise differs from one to the next and the bits don't.

False alarms. For a window without this key's mark the 17 speeds x 256 steps give 4,352 scores,
each beyond 3.5 with probability 2.3e-4 (a score is normal over keys): one decoding a window in the
mean, `MOST_TRIES` at most. A decoded word passes its check with probability 2^-24, and must then
agree with the sound by `LEAST_SCORE`, as a third of words of chance do. So about 2e-8 for each
window and key, and 2e-7 for half a minute (5 windows, and at most 3 joint tries). Measured over 180
pairs of a sound and a key: 783,360 scores with mean 0.000 and deviation 0.997, 2.1e-4 of them
beyond 3.5, and 0.9 decodings per window.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np

from berg.carriers.watermark.code import decode, encode
from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.payload import identifier_in
from berg.carriers.watermark.sound.cells import Spectrogram, levels, standing_out
from berg.carriers.watermark.sound.pattern import pattern_of
from berg.carriers.watermark.sound.sync import FINE, BlockStart, Searcher, agreement, fold
from berg.media.arrays import Reals
from berg.media.audio.read import stereo_blocks

RATE = 16_000
"""Hz at which is listened."""
SPEEDS = tuple(1 + step / 500 for step in sorted(range(-8, 9), key=abs))
"""A fifth of a percent apart, so that ten seconds never drift by more than 5 ms."""
WINDOW_S, EVERY_S = 10.0, 5.0
CHUNK_S, CHUNK_EVERY_S = 30.0, 25.0
SHORTEST_S = 2.0
"""Less than a block; nothing is found in less."""
LEAST_SYNC = 3.5
LEAST_SCORE = 9.0
"""A word decoded from chance agrees by 8.7 with a deviation of 0.7, for it is the best of many."""
MOST_TRIES = 8
LIMIT_S = 3600.0
"""How much of a file is listened to unless told otherwise: an hour."""
_QUIET = 1e-7
_STEP_S = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """A window, laid out at all speeds: where one key's blocks may begin."""

    start_s: float
    end_s: float
    places: tuple[BlockStart, ...]
    """Best first."""


def find_in_sound(samples: Reals, *, rate: int, keys: Sequence[MarkKey]) -> tuple[Found, ...]:
    """The marks in samples, float32 (n, channels) at `rate` Hz, in order of time."""
    if samples.ndim != 2:
        raise ValueError("samples must have the shape (n, channels)")
    blocks = (samples[first : first + rate] for first in range(0, len(samples), rate))
    return _find(_listen(blocks, rate), keys)


def find_in_sound_file(
    path: Path, *, keys: Sequence[MarkKey], limit_s: float = LIMIT_S
) -> tuple[Found, ...]:
    """The marks in the first `limit_s` seconds of a file's sound, in order of time.

    Any file with sound that FFmpeg decodes, films too; memory is bounded whatever its length.
    Raises MediaError if there is no sound in it or it can't be read.
    """
    blocks = stereo_blocks(path, what=path.name, limit=round(limit_s * 48_000))
    return _find(_listen(blocks, 48_000), keys)


def _find(sound: Iterator[Reals], keys: Sequence[MarkKey]) -> tuple[Found, ...]:
    found: dict[tuple[str, str], Found] = {}
    speeds: Sequence[float] = ()
    for start_s, chunk in _chunks(sound):
        spectrogram = Spectrogram.of(chunk, rate=RATE)
        marks = _in_chunk(spectrogram, start_s, keys, speeds) if speeds else []
        marks = marks or _in_chunk(spectrogram, start_s, keys, SPEEDS)
        for mark, speed in marks:
            speeds = [speed, speed - 0.001, speed + 0.001]
            name = (mark.identifier, mark.key)
            found[name] = _joined(found[name], mark) if name in found else mark
    return tuple(found.values())


def _joined(one: Found, other: Found) -> Found:
    """The same mark, heard twice; the first was heard earlier."""
    return replace(one, score=max(one.score, other.score), end_s=other.end_s)


def _in_chunk(
    spectrogram: Spectrogram, start_s: float, keys: Sequence[MarkKey], speeds: Sequence[float]
) -> list[tuple[Found, float]]:
    """Marks, and the speeds at which they were found."""
    spans = _spans(spectrogram.seconds)
    searchers = [Searcher(pattern_of(key.secret)) for key in keys]
    places: list[list[list[BlockStart]]] = [[[] for _ in spans] for _ in keys]
    for speed in speeds:
        rows = standing_out(levels(spectrogram.energy(speed=speed, fine=FINE)), fine=FINE)
        for number, (first_s, end_s) in enumerate(spans):
            first, end = (round(at * speed / _STEP_S) for at in (first_s, end_s))
            folded = fold(rows[first:end])
            for searcher, mine in zip(searchers, places, strict=True):
                mine[number] += searcher.places(folded, speed=speed, least=LEAST_SYNC)
    marks = []
    for key, searcher, mine in zip(keys, searchers, places, strict=True):
        heard = [
            _Heard(start_s=start_s + first, end_s=start_s + end, places=_best(some))
            for (first, end), some in zip(spans, mine, strict=True)
        ]
        marks += _decoded(heard, key, searcher)
    return marks


def _best(places: list[BlockStart]) -> tuple[BlockStart, ...]:
    return tuple(sorted(places, key=lambda place: -place.score)[:MOST_TRIES])


def _decoded(
    heard: Sequence[_Heard], key: MarkKey, searcher: Searcher
) -> list[tuple[Found, float]]:
    """What windows say, alone; if none does, what several say together."""
    marks = []
    for window in heard:
        for place in window.places:
            mark = _try([window], [place], key, searcher)
            if mark is not None:
                marks.append((mark, place.speed))
                break
    if marks:
        return marks
    sure = [window for window in heard if window.places]
    for some in (sure, sure[::2], sure[1::2]):
        if len(some) > 1:
            best = [window.places[0] for window in some]
            mark = _try(some, best, key, searcher)
            if mark is not None:
                return [(mark, best[0].speed)]
    return []


def _try(
    windows: Sequence[_Heard], places: Sequence[BlockStart], key: MarkKey, searcher: Searcher
) -> Found | None:
    """Decode places of windows together, and check."""
    block: Reals = np.sum([place.block() for place in places], axis=0)
    word = decode(searcher.soft(block))
    identifier = identifier_in(word, key.secret)
    if identifier is None:
        return None
    score = agreement(block, pattern_of(key.secret).with_bits(encode(word)))
    if score < LEAST_SCORE:
        return None
    return Found(
        identifier=identifier,
        key=key.id,
        score=score,
        start_s=windows[0].start_s,
        end_s=windows[-1].end_s,
    )


def _spans(seconds: float) -> list[tuple[float, float]]:
    """Windows of a chunk; what is left at its end goes to the last."""
    if seconds <= WINDOW_S + 1:
        return [(0.0, seconds)]
    firsts = np.arange(0, seconds - WINDOW_S + 0.01, EVERY_S).tolist()
    return [(first, first + WINDOW_S) for first in firsts[:-1]] + [
        (max(firsts[-1], seconds - WINDOW_S - 1), seconds)
    ]


def _chunks(sound: Iterable[Reals]) -> Iterator[tuple[float, Reals]]:
    """Pieces of 30 s that overlap by 5 s, each with the second at which it begins."""
    size, step = round(CHUNK_S * RATE), round(CHUNK_EVERY_S * RATE)
    held, start, heard = np.zeros(0, np.float32), 0, 0
    for block in sound:
        held = np.concatenate([held, block])
        while len(held) >= size:
            yield start / RATE, held[:size]
            heard = start + size
            held, start = held[step:], start + step
    end = start + len(held)
    if end > heard and len(held) >= SHORTEST_S * RATE:
        yield start / RATE, held


def _listen(blocks: Iterable[Reals], rate: int) -> Iterator[Reals]:
    """A stream as 16 kHz mono."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    for block in blocks:
        mono: Any = np.nan_to_num(block.mean(axis=1, dtype=np.float32))[None]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(mono), format="flt", layout="mono")
        frame.sample_rate = rate
        yield from _arrays(resampler.resample(frame))
    yield from _arrays(resampler.resample(None))


def _arrays(frames: Iterable[av.AudioFrame]) -> Iterator[Reals]:
    for frame in frames:
        yield frame.to_ndarray()[0]
