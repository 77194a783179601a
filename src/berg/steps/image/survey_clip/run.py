"""The work of image.survey_clip: thin, over `berg.media.video`."""

from fractions import Fraction

from berg.media.video.survey import survey
from berg.schema.context import Context
from berg.steps.image.survey_clip.declare import Clip, SurveyClip


def survey_clip(call: SurveyClip, ctx: Context) -> Clip:
    """Choose a clip's framing and start; raises MediaError if it can't be decoded."""
    found = survey(
        ctx.path(call.clip),
        upright=(call.source_width, call.source_height),
        frames=call.source_frames,
        duration=call.duration,
        output=(call.width, call.height),
        start=call.start,
    )
    start = round(found.start * call.fps) / call.fps if call.start is None else call.start
    return Clip(
        crop=found.framing.crop,
        start=start,
        available=max(Fraction(0), call.duration - start),
        backdrop=found.framing.backdrop,
    )
