"""The declaration of type.subtitles: a film's cues as files."""

from collections.abc import Sequence

from berg.schema.asset import predicted_asset
from berg.schema.handle import Handle
from berg.schema.needs import Needs
from berg.schema.step import Step, StepKind, Work
from berg.schema.timeline import Timeline
from berg.steps.type.nouns import Cue, Subtitles, SubtitlesInputs, SubtitlesParams
from berg.units import MIB


def _predict_subtitles(params: SubtitlesParams, inputs: SubtitlesInputs) -> Subtitles:
    size = sum(60 + 3 * len(cue.text) for shot in inputs.cues for cue in shot)
    size += 60 + 3 * len(params.label) if params.label else 0
    return Subtitles(
        srt=predicted_asset("application/x-subrip", size=size),
        vtt=predicted_asset("text/vtt", size=size),
    )


def _work_subtitles(params: SubtitlesParams, inputs: SubtitlesInputs) -> Work:
    return Work(amount=sum(len(shot) for shot in inputs.cues), unit="cues")


WRITE_SUBTITLES = StepKind(
    capability="type.subtitles",
    version=2,
    params=SubtitlesParams,
    inputs=SubtitlesInputs,
    out=Subtitles,
    runner="berg.steps.type.run:write_subtitles",
    predict=_predict_subtitles,
    work=_work_subtitles,
    seconds_per_unit=0.00001,
    origin="computed",
    needs=Needs(memory_bytes=60 * MIB),
    reproducible="bits",
    called="subtitles",
    sense="seen",
)


def write_subtitles(
    timeline: Handle[Timeline],
    cues: Sequence[Handle[tuple[Cue, ...]]],
    *,
    label: str | None = None,
) -> Step[Subtitles]:
    """A step that writes .srt and .vtt; `cues` stand in the order of the timeline's segments.

    `label` becomes a cue of its own over the end card (see `media.type.subtitles.with_label`).
    """
    return WRITE_SUBTITLES.step(
        params=SubtitlesParams(label=label), inputs={"timeline": timeline, "cues": tuple(cues)}
    )


__all__ = ["WRITE_SUBTITLES", "write_subtitles"]
