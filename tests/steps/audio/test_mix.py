"""audio.mix: from a timeline and stored voices to a stored track."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from berg.digest import bytes_sha256, file_sha256
from berg.media.audio.inspect import integrated_loudness, true_peak
from berg.media.audio.read import stereo_blocks
from berg.schema.asset import Asset, predicted_asset
from berg.schema.timeline import Segment, Timeline
from berg.steps.audio import MIX
from berg.steps.audio.mix.declare import MixSound
from berg.steps.audio.mix.run import mix
from berg.steps.speech import LEAD_FRAMES
from berg.units import frames_to_samples
from tests.media.audio.sounds import chords, speech, write_wav

RATE = 48_000
NTSC = Fraction(30_000, 1001)


class Folder:
    """A worker's context over one folder: assets are files named by their digest."""

    seed = 0
    session = None

    def __init__(self, root: Path) -> None:
        self.root = root
        self.scratch = root / "scratch"
        self.scratch.mkdir()
        self.weights: dict[str, Path] = {}
        self.shares: list[float] = []

    def path(self, asset: Asset) -> Path:
        return self.root / asset.sha256

    def put(self, path: Path, media_type: str) -> Asset:
        asset = Asset(sha256=file_sha256(path), size=path.stat().st_size, media_type=media_type)
        path.rename(self.root / asset.sha256)
        return asset

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        (self.root / bytes_sha256(data)).write_bytes(data)
        return Asset(sha256=bytes_sha256(data), size=len(data), media_type=media_type)

    def progress(self, done: float) -> None:
        self.shares.append(done)


def timeline(*lengths: int, end: int, fps: Fraction = NTSC) -> Timeline:
    starts = np.cumsum([0, *lengths]).tolist()
    return Timeline(
        fps=fps,
        segments=tuple(
            Segment(start=start, frames=frames)
            for start, frames in zip(starts, lengths, strict=False)
        ),
        end_start=starts[-1],
        hold=end // 2,
        frames=starts[-1] + end,
    )


def wav_asset(ctx: Folder, samples: Any, rate: int = 24_000) -> Asset:
    path = write_wav(ctx.scratch / "sound.wav", samples, rate=rate)
    return ctx.put(path, "audio/wav")


def test_every_voice_starts_its_lead_after_its_segment(tmp_path: Path) -> None:
    # GIVEN two voices that begin with a click, and a silent segment between them
    ctx = Folder(tmp_path)
    click = np.zeros(24_000)
    click[240] = 0.9
    voice = wav_asset(ctx, click)
    line = timeline(41, 37, 43, end=30)
    call = MixSound(timeline=line, voices=(voice, None, voice), music=None)

    # WHEN they are mixed
    out = mix(call, ctx)

    # THEN each click is heard within a millisecond of where 29.97 frames a second put it
    sound = np.abs(np.concatenate(list(stereo_blocks(ctx.path(out.audio), what="x"))))
    middle = frames_to_samples(78, NTSC, RATE)
    heard = [int(sound[:middle, 0].argmax()), middle + int(sound[middle:, 0].argmax())]
    wanted = [frames_to_samples(n + LEAD_FRAMES, NTSC, RATE) + 480 for n in (0, 78)]
    assert heard == pytest.approx(wanted, abs=48)


def test_the_track_is_as_long_as_predicted_and_as_loud_as_it_says(tmp_path: Path) -> None:
    ctx = Folder(tmp_path)
    voices = tuple(wav_asset(ctx, speech(1.2, seed=i)) for i in range(2))
    music = wav_asset(ctx, chords(2.0), rate=44_100)
    call = MixSound(timeline=timeline(50, 50, end=40), voices=voices, music=music)

    predicted, out = MIX.predict(call), mix(call, ctx)

    assert out.samples == predicted.samples == frames_to_samples(140, NTSC, RATE)
    assert out.audio.size == pytest.approx(predicted.audio.size, rel=0.5)
    assert out.audio.media_type == predicted.audio.media_type == "audio/mp4"
    path = ctx.path(out.audio)
    assert out.integrated_mlu == pytest.approx(-14_000, abs=500)
    assert out.integrated_mlu / 1000 == pytest.approx(integrated_loudness(path), abs=0.1)
    assert out.true_peak_mdb / 1000 == pytest.approx(true_peak(path), abs=0.2)


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    ctx = Folder(tmp_path)
    call = MixSound(
        timeline=timeline(50, end=20), voices=(wav_asset(ctx, speech(1.2, seed=0)),), music=None
    )

    mix(call, ctx)

    assert ctx.shares == sorted(ctx.shares)
    assert ctx.shares[-1] == 1.0


def test_work_is_foreseen_from_assets_that_do_not_exist_yet() -> None:
    voice = predicted_asset("audio/wav", size=99)
    call = MixSound(timeline=timeline(60, end=30, fps=Fraction(30)), voices=(voice,), music=None)

    assert MIX.work(call).amount == 3.0
    assert MIX.predict(call).audio.predicted
