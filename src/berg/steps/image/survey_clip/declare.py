"""image.survey_clip: how a clip is shown in the output's shape, and from where."""

from fractions import Fraction

from berg.schema.asset import Asset
from berg.schema.call import Call, Given
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB, Rational


class Clip(Out):
    """How a clip is shown in the output's shape: one framing for the whole shot."""

    crop: tuple[int, int, int, int]
    """Left, top, width, height in upright square pixels."""
    start: Rational
    """Seconds after the clip's first picture."""
    available: Rational
    """Seconds from there to its end; afterwards its last picture is held."""
    backdrop: bool
    """Whether the crop is shown whole over a blurred copy of itself."""


class SurveyClip(Call):
    """The clip, its probed facts (which its content decides), and the output's size and rate."""

    width: int
    height: int
    fps: Rational
    start: Rational | None
    """Seconds after the first picture; None lets the survey choose."""
    source_width: int
    source_height: int
    source_frames: int
    duration: Rational
    clip: Given[Asset]


def _predict(call: SurveyClip) -> Clip:
    """The middle of the picture, from the beginning."""
    across = Fraction(call.width, call.height)
    width = min(call.source_width, max(1, round(call.source_height * across)))
    height = min(call.source_height, max(1, round(call.source_width / across)))
    left, top = (call.source_width - width) // 2, (call.source_height - height) // 2
    start = call.start or Fraction(0)
    return Clip(
        crop=(left, top, width, height),
        start=start,
        available=max(Fraction(0), call.duration - start),
        backdrop=False,
    )


def _work(call: SurveyClip) -> Work:
    # A long clip is looked into by seeking to 24 keyframes, which takes about three frames each.
    frames = call.source_frames if call.source_frames <= 480 else 72
    pixels = call.source_width * call.source_height
    return Work(amount=frames * pixels / 1_000_000, unit="megapixel_frames")


SURVEY_CLIP = StepKind(
    capability="image.survey_clip",
    version=1,
    call=SurveyClip,
    out=Clip,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.004,
    overhead_s=0.8,
    tools=("av", "opencv-contrib-python-headless", "numpy"),
    needs=Needs(memory_bytes=500 * MIB),
    called="footage",
    sense="seen",
)


def survey_clip(
    source: Source, *, width: int, height: int, fps: Fraction, start: Fraction | None
) -> Step[Clip]:
    """How a clip is best shown at width x height, and from where."""
    return SURVEY_CLIP(
        width=width,
        height=height,
        fps=fps,
        start=start,
        source_width=source.facts.width,
        source_height=source.facts.height,
        source_frames=source.facts.frames,
        duration=source.facts.duration or Fraction(0),
        clip=source.asset,
    )
