"""The declaration: light, checked, and true to what running gives."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from berg.errors import RequestError
from berg.steps.speech import (
    LEAD_FRAMES,
    SYNTHESIZE,
    TAIL_FRAMES,
    TIME,
    Voice,
    synthesize,
)

FPS = Fraction(30)


def step_of(text: str, *, voice: str = "af_heart", language: str = "en"):  # type: ignore[no-untyped-def]
    return synthesize(text, language=language, voice=voice, speed=Fraction(1), fps=FPS)


def predicted(text: str, **how: str) -> Voice:
    step = step_of(text, **how)
    return step.kind.predict(step.kind.call_of(step.params, step.inputs))


def test_declaring_imports_nothing_heavy() -> None:
    code = (
        "import sys, berg.steps.speech, berg.steps.speech.pace;"
        "heavy = ('numpy', 'onnxruntime', 'jieba', 'pypinyin', 'pycrfsuite');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("language", "voice"),
    [("en", "zf_xiaoxiao"), ("zh", "af_heart"), ("fr", "ff_siwis"), ("en", "nobody")],
)
def test_a_voice_that_does_not_speak_the_language_is_refused(language: str, voice: str) -> None:
    with pytest.raises(RequestError, match=f"{voice} does not speak {language}"):
        step_of("Hi", voice=voice, language=language)


def test_white_space_does_not_change_the_step() -> None:
    assert step_of(" We \n roast.").params == step_of("We roast.").params


def test_a_prediction_has_lead_speech_and_tail_in_whole_frames() -> None:
    voice = predicted("Before the harbour wakes, we roast.")
    assert voice.audio is not None
    assert voice.audio.predicted
    assert voice.audio.size == 44 + 2 * voice.samples
    spoken = voice.frames - LEAD_FRAMES - TAIL_FRAMES
    assert 0 <= spoken - voice.samples * FPS / voice.sample_rate < 1


def test_predicted_words_give_the_text_and_fill_the_voice() -> None:
    for text, how in [
        ("It costs £3.50, really.", {}),
        ("一杯¥3.50，love 咖啡！", {"voice": "zf_xiaoxiao", "language": "zh"}),
        ("🎉", {}),
    ]:
        voice = predicted(text, **how)
        assert "".join(w.text + " " * w.space for w in voice.words) == text
        assert voice.words[0].start == 0
        assert voice.words[-1].end == voice.samples


def test_a_silent_film_needs_no_weights_and_no_model() -> None:
    step = step_of("Hi", voice="none")
    assert step.kind is TIME
    assert step.weights == ()
    assert step.kind.needs.session is None
    assert step_of("Hi").kind is SYNTHESIZE


def test_work_grows_with_the_text() -> None:
    short, long = step_of("Hi."), step_of("Hi. " * 20)
    works = [s.kind.work(s.kind.call_of(s.params, s.inputs)) for s in (short, long)]
    assert works[0].unit == "audio_s"
    assert works[1].amount > 5 * works[0].amount


def test_the_runner_and_the_runtime_are_where_the_declaration_says() -> None:
    for kind in (SYNTHESIZE, TIME):
        module, name = kind.runner.split(":")
        path = Path(__file__).parents[3] / "src" / (module.replace(".", "/") + ".py")
        assert f"def {name}(" in path.read_text()
