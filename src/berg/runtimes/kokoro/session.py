"""Kokoro resident in memory: texts in, sound and word times out.

One session serves every voice and language; voices, lexicons and readers are opened on first use
and kept by their path. Deterministic: the same text, voice, speed and files give the same samples
on the same kind of processor. Not here: how text is read (english/, chinese/), storing, loudness.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from berg.errors import WeightsError
from berg.language.chinese.read import ChineseReader
from berg.language.english.read import EnglishReader
from berg.language.phones import (
    NUMBERS,
    PAD,
    PUNCTUATION,
    SAMPLES_PER_UNIT,
    Phone,
    Reader,
    Reading,
    cut,
    word_times,
)
from berg.language.wording import WrittenWord
from berg.runtimes.kokoro.graph import with_output
from berg.runtimes.kokoro.sound import SAMPLE_RATE, Pcm, Samples, soften, speech_bounds, to_pcm
from berg.runtimes.kokoro.tempo import model_speed
from berg.runtimes.kokoro.voices import GUESSER, MODEL, british, lexicons
from berg.units import SampleRange

THREADS = 1
"""Threads of one session; fixed, so that bytes can't hang on the machine."""
DURATIONS = "/encoder/Round_output_0"
"""The inner value that says how many units each symbol lasts."""
AT_ONCE = 320
"""Symbols said in one piece (about 17 s). The model reads 510, but needs 700 MB for so many."""
GAP = SAMPLE_RATE // 5
"""Samples (200 ms) of silence between two pieces of a text too long to say at once."""
SILENCE = SAMPLE_RATE // 2
"""Samples (0.5 s) that stand for a text in which there is nothing to say."""
STYLES, STYLE_SIZE = 510, 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """A text spoken."""

    pcm: Pcm
    """24 kHz mono."""
    words: tuple[tuple[WrittenWord, int, int], ...]
    """Each written word with its first sample and the one after its last."""


class Kokoro:
    """The model, resident. Not for use by two threads at once."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session
        self._options = ort.RunOptions()
        # Without this a session keeps the memory of the longest text that it ever spoke.
        self._options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._styles: dict[Path, NDArray[np.float32]] = {}
        self._readers: dict[tuple[Path, ...], Reader] = {}

    @classmethod
    def open(cls, weights: Mapping[str, Path], *, threads: int = THREADS) -> Self:
        """Load the model's file. Raises WeightsError when it is not Kokoro's graph."""
        path = weights[MODEL]
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.log_severity_level = 3
        # Idle threads must not burn the cores that encoders need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            graph = with_output(path.read_bytes(), DURATIONS)
            session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise WeightsError(f"{path.name} is not a Kokoro model: {str(error)[:200]}") from error
        # It keeps the model's bytes for a retry with other providers, of which there are none.
        session._model_bytes = None
        return cls(session)

    def close(self) -> None:
        """Let go of the model and of all that was opened for it."""
        del self._session
        self._styles.clear()
        self._readers.clear()

    def speak(
        self,
        text: str,
        *,
        language: str,
        voice: str,
        speed: Fraction,
        weights: Mapping[str, Path],
        progress: Callable[[float], None] = lambda share: None,
        most: int = AT_ONCE,
    ) -> Speech:
        """Say a text, `speed` times as fast as the voice's own pace.

        `weights` holds the files that `voices.weights_for` names; `most` is how many symbols are
        said at once.
        """
        reading = self._reader(language, voice, weights).read(text)
        styles = self._style(weights[f"kokoro-{voice}"])
        pieces = list(cut(reading.line, most=most))
        sounds: list[Samples] = []
        times: dict[int, SampleRange] = {}
        length = 0
        for done, piece in enumerate(pieces):
            sound, found = self._say(piece, styles, speed)
            if sounds and len(sound):
                sounds.append(np.zeros(GAP, np.float32))
                length += GAP
            for word, (first, end) in found.items():
                times[word] = (times.get(word, (first + length, 0))[0], end + length)
            sounds.append(sound)
            length += len(sound)
            progress((done + 1) / len(pieces))
        if length == 0:
            sounds, times, length = [np.zeros(SILENCE, np.float32)], {}, SILENCE
        return Speech(pcm=to_pcm(np.concatenate(sounds)), words=_all_timed(reading, times, length))

    def durations(
        self, line: Sequence[Phone], *, voice: str, speed: Fraction, weights: Mapping[str, Path]
    ) -> list[int]:
        """Units that each symbol of a piece lasts, pads included, without making any sound."""
        feed = _feed(line, self._style(weights[f"kokoro-{voice}"]), speed)
        (units,) = self._session.run([DURATIONS], feed)
        return [int(unit) for unit in np.asarray(units).reshape(-1)]

    def read(self, text: str, *, language: str, voice: str, weights: Mapping[str, Path]) -> Reading:
        """A text as the model's symbols, without saying it."""
        return self._reader(language, voice, weights).read(text)

    def _say(
        self, piece: Sequence[Phone], styles: NDArray[np.float32], speed: Fraction
    ) -> tuple[Samples, dict[int, SampleRange]]:
        """One piece's sound without the silence round it, and word times in it."""
        if all(phone.symbol in PUNCTUATION or phone.symbol == " " for phone in piece):
            return np.zeros(0, np.float32), {}
        feed = _feed(piece, styles, speed)
        audio, units = self._session.run(["audio", DURATIONS], feed, self._options)
        sound = np.asarray(audio, np.float32).reshape(-1)
        times = word_times(piece, [int(unit) for unit in np.asarray(units).reshape(-1)])
        start, end = speech_bounds(sound)
        # The last word's time holds the pause after a full stop: what isn't heard is no speech.
        kept = {
            word: (max(0, min(first, end) - start), max(0, min(last, end) - start))
            for word, (first, last) in times.items()
        }
        return soften(sound[start:end]), kept

    def _style(self, path: Path) -> NDArray[np.float32]:
        if path not in self._styles:
            table = np.fromfile(path, "<f4")
            if table.size != STYLES * STYLE_SIZE:
                raise WeightsError(f"{path.name} is not a Kokoro voice of {STYLES} styles")
            self._styles[path] = table.reshape(STYLES, 1, STYLE_SIZE)
        return self._styles[path]

    def _reader(self, language: str, voice: str, weights: Mapping[str, Path]) -> Reader:
        names = (*lexicons(voice), GUESSER)
        paths = tuple(weights[name] for name in names if name in weights)
        key = (Path(language), *paths)
        if key not in self._readers:
            english = EnglishReader.open(*paths, british=british(voice)) if paths else None
            self._readers[key] = _reader(language, english)
        return self._readers[key]


def _reader(language: str, english: EnglishReader | None) -> Reader:
    if language == "zh":
        return ChineseReader(english)
    if english is None:
        raise WeightsError("English needs its lexicons: `berg models pull misaki-us-gold`")
    return english


def _feed(
    line: Sequence[Phone], styles: NDArray[np.float32], speed: Fraction
) -> dict[str, NDArray[np.int64] | NDArray[np.float32]]:
    numbers = [PAD, *(NUMBERS[phone.symbol] for phone in line), PAD]
    return {
        "tokens": np.array([numbers], np.int64),
        "style": styles[min(len(line), STYLES - 1)],
        "speed": np.array([float(model_speed(speed))], np.float32),
    }


def _all_timed(
    reading: Reading, times: Mapping[int, SampleRange], length: int
) -> tuple[tuple[WrittenWord, int, int], ...]:
    """Every written word with a time: one that has no sound gets the moment where it would be."""
    if not times:
        return tuple((word, 0, length) for word in reading.written[:1])
    timed: list[tuple[WrittenWord, int, int]] = []
    before = 0
    for index, word in enumerate(reading.written):
        first, end = times.get(index, (before, before))
        first, end = min(max(first, before), length), min(max(end, before), length)
        timed.append((word, first, end))
        before = end
    return tuple(timed)


assert SAMPLES_PER_UNIT * 40 == SAMPLE_RATE
