"""audio.announce: from a stored sound and what is said to a stored, labelled track."""

from pathlib import Path

import pytest

from berg.errors import StepError
from berg.media.audio.announce import PAUSE, rhythm
from berg.schema.asset import Asset, predicted_asset
from berg.steps.audio import ANNOUNCE
from berg.steps.audio.announce import declare
from berg.steps.audio.announce.declare import Announce
from berg.steps.audio.announce.run import announce
from berg.steps.speech import SAMPLE_RATE
from tests.media.audio.sounds import chords, speech
from tests.steps.audio.test_mix import RATE, Folder, wav_asset


def call_of(ctx: Folder, *, how: str, label: Asset | None) -> Announce:
    sound = wav_asset(ctx, chords(3.0, rate=RATE), rate=RATE)
    spoken = 2 * SAMPLE_RATE if label else 0
    return Announce(how=how, sound=sound, samples=3 * RATE, label=label, label_samples=spoken)


@pytest.mark.parametrize("how", ["spoken", "rhythm"])
def test_a_track_is_as_long_as_predicted_and_as_loud_as_promised(tmp_path: Path, how: str) -> None:
    ctx = Folder(tmp_path)
    label = wav_asset(ctx, speech(2.0, seed=3)) if how == "spoken" else None
    call = call_of(ctx, how=how, label=label)

    predicted, out = ANNOUNCE.predict(call), announce(call, ctx)

    assert (out.samples, out.start) == (predicted.samples, predicted.start)
    assert out.integrated_mlu == pytest.approx(-14_000, abs=500)
    assert out.true_peak_mdb <= -1_000
    assert out.audio.media_type == predicted.audio.media_type == "audio/mp4"
    assert ctx.shares[-1] == 1.0


def test_the_declaration_keeps_the_lengths_that_the_work_has() -> None:
    assert len(rhythm()) == declare.RHYTHM
    assert declare.PAUSE == PAUSE


def test_work_is_foreseen_from_assets_that_do_not_exist_yet() -> None:
    sound = predicted_asset("audio/mp4", size=99)
    call = Announce(how="rhythm", sound=sound, samples=RATE, label=None, label_samples=0)

    assert ANNOUNCE.work(call).amount == 2.875


def test_a_spoken_label_without_a_voice_is_refused(tmp_path: Path) -> None:
    ctx = Folder(tmp_path)
    with pytest.raises(StepError, match="needs a voice"):
        announce(call_of(ctx, how="spoken", label=None), ctx)
