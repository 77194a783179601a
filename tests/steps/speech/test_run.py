"""speech.*: from parameters to a stored voice."""

import io
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from berg.digest import bytes_sha256
from berg.runtimes.kokoro import Kokoro
from berg.schema.asset import Asset
from berg.schema.step import Step
from berg.steps.speech import SAMPLE_RATE, Voice, synthesize
from berg.steps.speech.synthesize.run import synthesize as run_synthesize
from berg.steps.speech.time.run import time as run_time

FPS = Fraction(30_000, 1001)


class World:
    """A worker's context that keeps stored bytes in memory."""

    seed = 0

    def __init__(self, session: Kokoro | None, weights: dict[str, Path]) -> None:
        self.session = session
        self.weights = weights
        self.stored: dict[str, bytes] = {}
        self.shares: list[float] = []

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        digest = bytes_sha256(data)
        self.stored[digest] = data
        return Asset(sha256=digest, size=len(data), media_type=media_type)

    def progress(self, done: float) -> None:
        self.shares.append(done)


@pytest.fixture(scope="module")
def kokoro(weights: Callable[[str], Path]) -> Iterator[Kokoro]:
    made = Kokoro.open({"kokoro-82m-int8": weights("kokoro-82m-int8")})
    yield made
    made.close()


def ask(text: str, *, language: str, voice: str) -> Step[Voice]:
    return synthesize(text, language=language, voice=voice, speed=Fraction(1), fps=FPS)


def made(step: Step[Voice], world: Any) -> Voice:
    runner = run_time if world.session is None else run_synthesize
    return runner(step.kind.call_of(step.params, step.inputs), world)


@pytest.mark.parametrize(
    ("text", "language", "voice"),
    [
        ("Taste it for £3.50, and you will understand.", "en", "bf_emma"),
        ("一杯¥18.50，love 咖啡！", "zh", "zf_xiaoxiao"),
    ],
)
def test_a_voice_is_stored_timed_and_about_as_long_as_foreseen(
    kokoro: Kokoro, weights: Callable[[str], Path], text: str, language: str, voice: str
) -> None:
    step = ask(text, language=language, voice=voice)
    world = World(kokoro, {name: weights(name) for name in step.weights})
    out = made(step, world)
    assert out.audio is not None
    with wave.open(io.BytesIO(world.stored[out.audio.sha256])) as file:
        assert file.getframerate() == SAMPLE_RATE == out.sample_rate
        assert file.getnframes() == out.samples
        sound = np.frombuffer(file.readframes(out.samples), "<i2")
    assert np.abs(sound).max() > 3_000
    assert "".join(w.text + " " * w.space for w in out.words) == text
    assert all(0 <= w.start < w.end <= out.samples for w in out.words)
    assert all(a.end <= b.start for a, b in zip(out.words, out.words[1:], strict=False))
    foreseen = step.kind.predict(step.kind.call_of(step.params, step.inputs))
    assert foreseen.samples == pytest.approx(out.samples, rel=0.25)
    assert foreseen.frames == pytest.approx(out.frames, rel=0.2)
    assert world.shares[-1] == 1


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("We roast, slowly.", "en", ["We", "roast,", "slowly."]),
        ("我们已经开始烘焙。", "zh", ["我们", "已经", "开始", "烘焙。"]),
        ("🎉", "en", ["🎉"]),
    ],
)
def test_a_silent_voice_is_exactly_as_foreseen(text: str, language: str, words: list[str]) -> None:
    step = ask(text, language=language, voice="none")
    out = made(step, World(None, {}))
    foreseen = step.kind.predict(step.kind.call_of(step.params, step.inputs))
    assert out.audio is None
    assert (out.samples, out.frames) == (foreseen.samples, foreseen.frames)
    assert out.samples >= 1.2 * SAMPLE_RATE
    assert [word.text for word in out.words] == words
    assert out.words[-1].end == out.samples
