"""The audible label, judged by what the finished file decodes to."""

from pathlib import Path

import numpy as np
import pytest

from berg.errors import MediaError
from berg.media.audio.announce import LONGEST_LABEL_S, PAUSE, UNIT, announce, rhythm
from berg.media.audio.inspect import integrated_loudness, true_peak
from berg.media.audio.meter import measure
from berg.media.audio.read import stereo_blocks
from tests.media.audio.sounds import Samples, chords, speech, write_wav

RATE = 48_000


def level_of(sound: Samples) -> float:
    return measure(iter([sound]), peak=False).integrated


def made(folder: Path, *, label: Path | None, sound: Samples) -> tuple[Samples, int, Path]:
    source = write_wav(folder / "sound.wav", sound, rate=RATE)
    out = folder / "out.mp4"
    done = announce(source, out, label=label, scratch=folder, progress=lambda share: None)
    heard = np.concatenate(list(stereo_blocks(out, what=out.name, limit=done.samples)))
    assert len(heard) == done.samples == done.start + len(sound)
    return heard, done.start, out


def test_a_spoken_label_is_heard_first_as_loud_as_the_sound_after_a_pause(tmp_path: Path) -> None:
    # GIVEN a faint label, and a sound
    said = speech(1.5, seed=1) * 0.05
    label = write_wav(tmp_path / "label.wav", said)
    sound = chords(4.0, rate=RATE)

    heard, start, _ = made(tmp_path, label=label, sound=sound)

    assert start == pytest.approx(1.5 * RATE + PAUSE, abs=2)
    assert level_of(heard[: start - PAUSE]) == pytest.approx(level_of(heard[start:]), abs=1.5)
    pause = heard[start - PAUSE + RATE // 50 : start - RATE // 50]
    assert np.abs(pause).max() < 0.01
    likeness = np.corrcoef(heard[start:, 0], sound[:, 0])[0, 1]
    assert likeness > 0.95


def test_without_a_voice_the_rhythm_is_short_long_short_short(tmp_path: Path) -> None:
    heard, start, _ = made(tmp_path, label=None, sound=chords(3.0, rate=RATE))

    units = np.abs(heard[: start - PAUSE, 0]).reshape(-1, UNIT).mean(axis=1)
    assert len(rhythm()) == start - PAUSE
    keyed = units > units.max() / 3
    assert "".join("#" if unit else "." for unit in keyed) == "#.###...#.#"


@pytest.mark.parametrize("spoken", [True, False], ids=["spoken", "rhythm"])
def test_a_labelled_sound_has_the_loudness_and_peaks_promised(tmp_path: Path, spoken: bool) -> None:
    label = write_wav(tmp_path / "label.wav", speech(1.5, seed=1)) if spoken else None

    _, _, out = made(tmp_path, label=label, sound=chords(4.0, rate=RATE) * 2)

    assert integrated_loudness(out) == pytest.approx(-14.0, abs=0.5)
    assert true_peak(out) <= -1.0


def test_the_same_sound_gives_the_same_bytes_and_leaves_the_scratch_empty(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "sound.wav", chords(1.0, rate=RATE), rate=RATE)
    files = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        announce(
            source, folder / "out.mp4", label=None, scratch=folder, progress=lambda share: None
        )
        assert [path.name for path in folder.iterdir()] == ["out.mp4"]
        files.append((folder / "out.mp4").read_bytes())
    assert files[0] == files[1]


@pytest.mark.parametrize(
    ("label", "complaint"),
    [
        (np.zeros(24_000), "silent"),
        (speech(LONGEST_LABEL_S + 0.1, seed=2), "longer than 20 seconds"),
    ],
    ids=["silent", "too long"],
)
def test_what_is_no_label_is_refused(tmp_path: Path, label: Samples, complaint: str) -> None:
    said = write_wav(tmp_path / "label.wav", label)
    with pytest.raises(MediaError, match=complaint):
        made(tmp_path, label=said, sound=chords(1.0, rate=RATE))


def test_what_holds_no_sound_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF no sound")
    with pytest.raises(MediaError, match="the spoken label can't be read"):
        made(tmp_path, label=broken, sound=chords(1.0, rate=RATE))
