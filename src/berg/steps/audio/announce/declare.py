"""audio.announce: the spoken label before a sound, or the rhythm that stands for it."""

from typing import Literal

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.handle import Handle
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.audio.nouns import AAC, RATE, TOOLS, encoded_size, needs_for
from berg.steps.marking import secrets_of
from berg.steps.speech import SAMPLE_RATE

PAUSE = RATE // 2
"""Samples between an audible label and its sound; `berg.media.audio.announce` keeps to it."""
RHYTHM = RATE // 8 * 11
"""Samples of the rhythm: short-long, short-short."""


class Announcement(Out):
    """A labelled sound."""

    audio: Asset
    """`audio/mp4`: AAC-LC, 48 kHz, stereo."""
    samples: int
    """Length in samples at 48 kHz, without the encoder's priming."""
    start: int
    """Sample at which the sound itself begins, after the label and a pause."""
    mark: str | None = None
    """Identifier of the watermark in it."""
    integrated_mlu: int
    """Loudness of the decoded file, thousandths of LUFS; as a mix's."""
    true_peak_mdb: int
    """Highest peak of the decoded file between samples, thousandths of dBTP; -1000 at most."""


class Announce(Call):
    """A sound that stands alone, and what is said before it."""

    how: Literal["spoken", "rhythm"]
    """`spoken` needs a voice that says it; `rhythm` is short-long, short-short in tones."""
    mark: str | None = None
    """Id of the key with which label and sound are watermarked; the sound must not be already."""
    sound: Given[Asset]
    samples: Given[int]
    """Length of `sound` in samples, at 48 kHz."""
    label: Given[Asset | None]
    """The spoken label; None for the rhythm."""
    label_samples: Given[int]
    """Length of `label` in samples, at the voices' 24 kHz; 0 for the rhythm."""


def _predict(call: Announce) -> Announcement:
    spoken = call.label_samples * RATE // SAMPLE_RATE
    start = (spoken if call.label else RHYTHM) + PAUSE
    samples = start + call.samples
    return Announcement(
        audio=predicted_asset(AAC, size=encoded_size(samples)),
        samples=samples,
        start=start,
        integrated_mlu=-14_000,
        true_peak_mdb=-1_500,
    )


def _seconds(call: Announce) -> float:
    return _predict(call).samples / RATE


def _needs(call: Announce) -> Needs:
    return needs_for(_seconds(call))


ANNOUNCE = StepKind(
    capability="audio.announce",
    version=2,
    call=Announce,
    out=Announcement,
    predict=_predict,
    work=lambda call: Work(amount=_seconds(call), unit="audio_s"),
    seconds_per_unit=0.07,
    overhead_s=0.1,
    tools=TOOLS,
    secrets=secrets_of,
    needs=_needs,
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
    return ANNOUNCE(
        how="rhythm" if label is None else "spoken",
        mark=mark,
        sound=sound,
        samples=samples,
        label=label,
        label_samples=label_samples,
    )
