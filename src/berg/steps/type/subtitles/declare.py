"""type.subtitles: a film's cues as files."""

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Each, Given
from berg.schema.needs import Needs
from berg.schema.step import Out, StepKind, Work
from berg.schema.timeline import Timeline
from berg.steps.type.nouns import Cue
from berg.units import MIB


class Subtitles(Out):
    """A film's cues in the two common formats."""

    srt: Asset
    vtt: Asset


class WriteSubtitles(Call):
    """The shots' places in the film, and each shot's cues."""

    label: str | None = None
    """What is said of how the film was made, a cue of its own over the end card; None says
    nothing (`media.type.subtitles.with_label`)."""
    timeline: Given[Timeline]
    cues: Each[tuple[Cue, ...]]
    """In the order of the timeline's segments."""


def _predict(call: WriteSubtitles) -> Subtitles:
    size = sum(60 + 3 * len(cue.text) for shot in call.cues for cue in shot)
    size += 60 + 3 * len(call.label) if call.label else 0
    return Subtitles(
        srt=predicted_asset("application/x-subrip", size=size),
        vtt=predicted_asset("text/vtt", size=size),
    )


write_subtitles = StepKind(
    capability="type.subtitles",
    version=2,
    call=WriteSubtitles,
    out=Subtitles,
    predict=_predict,
    work=lambda call: Work(amount=sum(len(shot) for shot in call.cues), unit="cues"),
    seconds_per_unit=0.00001,
    needs=Needs(memory_bytes=60 * MIB),
    reproducible="bits",
    origin="computed",
    called="subtitles",
    sense="seen",
)
