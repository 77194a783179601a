"""audio.mix: voices over music, as long as the picture."""

from collections.abc import Sequence

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Each, Given
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.step import Out, Step, StepKind, Work
from berg.schema.timeline import Timeline
from berg.steps.audio.nouns import AAC, RATE, TOOLS, encoded_size, needs_for
from berg.steps.marking import secrets_of
from berg.units import frames_to_samples


class Mix(Out):
    """A film's sound: as long as its picture to the nearest sample."""

    audio: Asset
    """`audio/mp4`: AAC-LC, 48 kHz, stereo."""
    samples: int
    """Length in samples at 48 kHz, without the encoder's priming."""
    integrated_mlu: int
    """Loudness of the decoded file, thousandths of LUFS; -14000 ± 500 unless that would have
    taken more gain than quiet recordings bear."""
    true_peak_mdb: int
    """Highest peak of the decoded file between samples, thousandths of dBTP; -1000 at most."""
    mark: str | None = None
    """Identifier of the watermark in it."""


class MixSound(Call):
    """What is heard when."""

    mark: str | None = None
    """Id of the key with which the sound is watermarked; None leaves it as it is."""
    timeline: Given[Timeline]
    voices: Each[Asset | None]
    """One for each segment; None where nobody speaks."""
    music: Given[Asset | None]


def _predict(call: MixSound) -> Mix:
    samples = frames_to_samples(call.timeline.frames, call.timeline.fps, RATE)
    return Mix(
        audio=predicted_asset(AAC, size=encoded_size(samples)),
        samples=samples,
        integrated_mlu=-14_000,
        true_peak_mdb=-1_500,
    )


MIX = StepKind(
    capability="audio.mix",
    version=2,
    call=MixSound,
    out=Mix,
    predict=_predict,
    work=lambda call: Work(amount=float(call.timeline.duration), unit="audio_s"),
    seconds_per_unit=0.07,
    overhead_s=0.1,
    tools=TOOLS,
    secrets=secrets_of,
    needs=lambda call: needs_for(float(call.timeline.duration)),
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
    asset = music.asset if music else None
    return MIX(timeline=timeline, voices=voices, music=asset, mark=mark)
