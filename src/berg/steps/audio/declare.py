"""audio.*: the sound of a film."""

from collections.abc import Sequence
from typing import Literal

from berg.schema.asset import Asset, predicted_asset
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Inputs, Out, Params, Step, StepKind, Work
from berg.schema.timeline import Timeline
from berg.steps.marking import secrets_of
from berg.steps.speech.declare import SAMPLE_RATE
from berg.units import MIB, frames_to_samples

RATE = 48_000
"""Hz of every film's sound."""
BIT_RATE = 192_000
"""Bits a second of AAC."""


SCRATCH_PER_SECOND = 800_000
"""Bytes of samples that lie aside while a second of sound is mixed and mastered."""


def needs_for(seconds: float) -> Needs:
    """What making so much sound takes: it is read in blocks, so memory doesn't grow with it."""
    return Needs(memory_bytes=150 * MIB, scratch_bytes=int(seconds * SCRATCH_PER_SECOND))


class MixParams(Params):
    """How to mix."""

    mark: str | None = None
    """Id of the key with which the sound is watermarked; None leaves it as it is."""


class Mix(Out):
    """A film's sound: as long as its picture to the nearest sample."""

    audio: Asset
    """`audio/mp4`: AAC-LC, 48 kHz, stereo."""
    samples: int
    """At 48 kHz, without the encoder's priming."""
    integrated_mlu: int
    """Loudness of the decoded file, thousandths of LUFS; -14000 ± 500 unless that would have
    taken more gain than quiet recordings bear."""
    true_peak_mdb: int
    """Highest peak of the decoded file between samples, thousandths of dBTP; -1000 at most."""
    mark: str | None = None
    """Identifier of the watermark in it."""


class MixInputs(Inputs):
    """What is heard when."""

    timeline: Timeline
    voices: tuple[Asset | None, ...]
    """One for each segment; None where nobody speaks."""
    music: Asset | None


def _predict(params: MixParams, inputs: MixInputs) -> Mix:
    samples = frames_to_samples(inputs.timeline.frames, inputs.timeline.fps, RATE)
    size = samples * BIT_RATE // (8 * RATE)
    return Mix(
        audio=predicted_asset("audio/mp4", size=size),
        samples=samples,
        integrated_mlu=-14_000,
        true_peak_mdb=-1_500,
    )


def _work(params: MixParams, inputs: MixInputs) -> Work:
    return Work(amount=float(inputs.timeline.duration), unit="audio_s")


def _needs(params: MixParams, inputs: MixInputs) -> Needs:
    return needs_for(float(inputs.timeline.duration))


MIX = StepKind(
    capability="audio.mix",
    version=2,
    params=MixParams,
    inputs=MixInputs,
    out=Mix,
    runner="berg.steps.audio.run:mix",
    predict=_predict,
    work=_work,
    seconds_per_unit=0.07,
    overhead_s=0.1,
    tools=("av", "numpy"),
    needs=_needs,
    called="music",
    sense="heard",
)


def mix(
    timeline: Handle[Timeline],
    voices: Sequence[Handle[Asset | None]],
    *,
    music: Source | None,
    mark: str | None = None,
) -> Step[Mix]:
    """A step that mixes voices, one for each segment of the timeline, over music.

    A voice starts `LEAD_FRAMES` after its segment does. The sound is measured as it decodes:
    -14 ± 0.5 LUFS and at most -1 dBTP.
    """
    return MIX.step(
        params=MixParams(mark=mark),
        inputs={
            "timeline": timeline,
            "voices": tuple(voices),
            "music": music.asset if music else None,
        },
        secrets=secrets_of(mark),
    )


PAUSE = RATE // 2
"""Samples between an audible label and its sound; `berg.media.audio.announce` keeps to it."""
RHYTHM = RATE // 8 * 11
"""Samples of the rhythm: short-long, short-short."""


class AnnounceParams(Params):
    """Which audible label."""

    how: Literal["spoken", "rhythm"]
    """`spoken` needs a voice that says it; `rhythm` is short-long, short-short in tones."""
    mark: str | None = None
    """Id of the key with which label and sound are watermarked; the sound must not be already."""


class AnnounceInputs(Inputs):
    """A sound that stands alone, and what is said before it."""

    sound: Asset
    samples: int
    """Of `sound`, at 48 kHz."""
    label: Asset | None
    """The spoken label; None for the rhythm."""
    label_samples: int
    """Of `label`, at the voices' 24 kHz; 0 for the rhythm."""


class Announcement(Out):
    """A labelled sound."""

    audio: Asset
    """`audio/mp4`: AAC-LC, 48 kHz, stereo."""
    samples: int
    """At 48 kHz, without the encoder's priming."""
    start: int
    """Sample at which the sound itself begins, after the label and a pause."""
    mark: str | None = None
    """Identifier of the watermark in it."""
    integrated_mlu: int
    """Loudness of the decoded file, thousandths of LUFS; as a mix's."""
    true_peak_mdb: int
    """Highest peak of the decoded file between samples, thousandths of dBTP; -1000 at most."""


def _predict_announced(params: AnnounceParams, inputs: AnnounceInputs) -> Announcement:
    spoken = inputs.label_samples * RATE // SAMPLE_RATE
    start = (spoken if inputs.label else RHYTHM) + PAUSE
    samples = start + inputs.samples
    return Announcement(
        audio=predicted_asset("audio/mp4", size=samples * BIT_RATE // (8 * RATE)),
        samples=samples,
        start=start,
        integrated_mlu=-14_000,
        true_peak_mdb=-1_500,
    )


def _announced_needs(params: AnnounceParams, inputs: AnnounceInputs) -> Needs:
    return needs_for(_predict_announced(params, inputs).samples / RATE)


def _announced_work(params: AnnounceParams, inputs: AnnounceInputs) -> Work:
    return Work(amount=_predict_announced(params, inputs).samples / RATE, unit="audio_s")


ANNOUNCE: StepKind[AnnounceParams, AnnounceInputs, Announcement] = StepKind(
    capability="audio.announce",
    version=2,
    params=AnnounceParams,
    inputs=AnnounceInputs,
    out=Announcement,
    runner="berg.steps.audio.run:announce",
    predict=_predict_announced,
    work=_announced_work,
    seconds_per_unit=0.07,
    overhead_s=0.1,
    tools=("av", "numpy"),
    needs=_announced_needs,
    called="audible label",
    sense="heard",
)


def announce(
    sound: Handle[Asset],
    *,
    samples: Handle[int],
    label: Handle[Asset | None] | None,
    label_samples: Handle[int] | int = 0,
    mark: str | None = None,
) -> Step[Announcement]:
    """A step that puts the spoken `label` before a sound, or without one the rhythm.

    `samples` is the sound's length at 48 kHz, `label_samples` the label's at the voices' 24 kHz.
    """
    return ANNOUNCE.step(
        params=AnnounceParams(how="rhythm" if label is None else "spoken", mark=mark),
        secrets=secrets_of(mark),
        inputs={
            "sound": sound,
            "samples": samples,
            "label": label,
            "label_samples": label_samples,
        },
    )
