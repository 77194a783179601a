"""speech.time: a text's words timed by reading speed. No voice, no weights."""

from berg.schema.needs import LIGHT
from berg.schema.step import StepKind, Work
from berg.steps.speech.nouns import Say, Voice, predict_voice


class Time(Say):
    """What to time; the voice is `none`."""


TIME = StepKind(
    capability="speech.time",
    version=2,
    call=Time,
    out=Voice,
    predict=predict_voice,
    work=lambda call: Work(amount=0, unit="words"),
    seconds_per_unit=0.0,
    overhead_s=0.01,
    needs=LIGHT,
    reproducible="bits",
    called="timing",
    sense="heard",
)
"""Asked for with `synthesize`, where the voice is `none`."""
