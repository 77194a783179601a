"""The real model: sound, word times, and what must never change or fail."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from berg.errors import WeightsError
from berg.language.phones import word_times
from berg.language.wording import join
from berg.runtimes.kokoro import Kokoro
from berg.runtimes.kokoro.session import SILENCE, Speech
from berg.runtimes.kokoro.sound import SAMPLE_RATE
from berg.runtimes.kokoro.voices import weights_for

ONE = Fraction(1)


class Speaker:
    """The resident model, and the files of whatever is said."""

    def __init__(self, weights: Callable[[str], Path]) -> None:
        self._weights = weights
        self.kokoro = Kokoro.open({"kokoro-82m-int8": weights("kokoro-82m-int8")})

    def files(self, text: str, language: str, voice: str) -> Mapping[str, Path]:
        names = weights_for(text, language=language, voice=voice)
        return {name: self._weights(name) for name in names}

    def say(
        self, text: str, language: str = "en", voice: str = "af_heart", speed: Fraction = ONE
    ) -> Speech:
        files = self.files(text, language, voice)
        return self.kokoro.speak(text, language=language, voice=voice, speed=speed, weights=files)


@pytest.fixture(scope="module")
def speaker(weights: Callable[[str], Path]) -> Iterator[Speaker]:
    made = Speaker(weights)
    yield made
    made.kokoro.close()


def level(pcm: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(pcm.astype(np.float64)))))


@pytest.mark.parametrize(
    ("text", "language", "voice"),
    [("We roast by £3.50.", "en", "af_heart"), ("一杯¥3，好喝。", "zh", "zf_xiaoxiao")],
)
def test_word_times_are_the_models_own_durations(
    speaker: Speaker, text: str, language: str, voice: str
) -> None:
    speech = speaker.say(text, language, voice)
    files = speaker.files(text, language, voice)
    reading = speaker.kokoro.read(text, language=language, voice=voice, weights=files)
    units = speaker.kokoro.durations(reading.line, voice=voice, speed=ONE, weights=files)
    times = word_times(reading.line, units)
    shifts = {times[i][0] - start for i, (_, start, _) in enumerate(speech.words)}
    assert len(shifts) == 1
    heard = [end - start for _, start, end in speech.words]
    lasts = [b - a for a, b in times.values()]
    assert heard[:-1] == lasts[:-1]
    assert speech.words[-1][2] == len(speech.pcm) or heard[-1] == lasts[-1]
    assert 0 < heard[-1] <= lasts[-1], "the pause after a full stop is no word"
    assert join(word for word, _, _ in speech.words) == text


def test_speech_begins_and_ends_with_sound_and_without_a_click(speaker: Speaker) -> None:
    pcm = speaker.say("Coffee, please.").pcm
    head, tail = pcm[: SAMPLE_RATE * 30 // 1000], pcm[-SAMPLE_RATE * 30 // 1000 :]
    assert abs(int(pcm[0])) < 40
    assert abs(int(pcm[-1])) < 40
    assert level(pcm) > 500
    assert level(pcm[: SAMPLE_RATE // 10]) > 100
    assert len(head) == len(tail)


def test_the_same_text_gives_the_same_samples(speaker: Speaker) -> None:
    once, again = speaker.say("Hi."), speaker.say("Hi.")
    assert np.array_equal(once.pcm, again.pcm)
    assert once.words == again.words


def test_speed_is_the_tempo_that_comes_out(speaker: Speaker) -> None:
    text = "Small batches and slow heat."
    plain = len(speaker.say(text).pcm)
    assert plain / len(speaker.say(text, speed=Fraction(23, 20)).pcm) == pytest.approx(
        1.15, abs=0.09
    )


@pytest.mark.parametrize("text", ["🎉🎉", "…", "?!", "", "—"])
def test_a_text_with_nothing_to_say_is_a_short_silence(speaker: Speaker, text: str) -> None:
    speech = speaker.say(text)
    assert len(speech.pcm) == SILENCE
    assert not speech.pcm.any()
    assert join(word for word, _, _ in speech.words) == text
    assert all((start, end) == (0, SILENCE) for _, start, end in speech.words)


def test_a_text_longer_than_the_model_reads_is_said_in_pieces(speaker: Speaker) -> None:
    text = "One two three. Four five, six."
    shares: list[float] = []
    files = speaker.files(text, "en", "af_heart")
    speech = speaker.kokoro.speak(
        text,
        language="en",
        voice="af_heart",
        speed=Fraction(2),
        weights=files,
        progress=shares.append,
        most=20,
    )
    assert len(shares) > 1
    assert shares[-1] == 1
    assert len(speech.words) == 6
    starts = [start for _, start, _ in speech.words]
    assert starts == sorted(starts)
    assert all(end > start for _, start, end in speech.words)


def test_what_is_no_model_or_voice_is_refused(speaker: Speaker, tmp_path: Path) -> None:
    bad = tmp_path / "model.onnx"
    bad.write_bytes(b"not a model")
    with pytest.raises(WeightsError, match="not a Kokoro model"):
        Kokoro.open({"kokoro-82m-int8": bad})
    files = dict(speaker.files("Hi", "en", "af_sky")) | {"kokoro-af_sky": bad}
    with pytest.raises(WeightsError, match="not a Kokoro voice"):
        speaker.kokoro.speak("Hi", language="en", voice="af_sky", speed=ONE, weights=files)
