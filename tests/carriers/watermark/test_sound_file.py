"""Marks in files: a film's sound as it is made, and files that are none."""

from pathlib import Path

import pytest

from berg.carriers.watermark.sound import find_in_sound_file, marking
from berg.errors import MediaError
from berg.media.audio.film import make_sound
from berg.media.audio.inspect import integrated_loudness, true_peak
from berg.media.audio.mixing import PlacedVoice, Score
from tests.carriers.watermark.sounds import IDENTIFIER, KEY, OTHER, RATE
from tests.media.audio.sounds import chords, speech, write_wav


def film_sound(folder: Path, *, mark: bool) -> Path:
    """Ten seconds of voice over music, mixed and mastered."""
    voice = write_wav(folder / "v.wav", speech(8.5, seed=4))
    music = write_wav(folder / "m.wav", chords(4.0), rate=44_100)
    score = Score(
        voices=[PlacedVoice(path=voice, start=RATE // 2)],
        music=music,
        length=10 * RATE + 123,
        end_card=9 * RATE,
    )
    out = folder / "sound.mp4"
    filter_ = marking(identifier=IDENTIFIER, key=KEY) if mark else None
    make_sound(score, out, scratch=folder, progress=lambda done: None, mark=filter_)
    return out


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_sound(tmp_path_factory.mktemp("marked"), mark=True)


def test_a_film_s_sound_is_marked_and_as_loud_as_promised(path: Path) -> None:
    (mark,) = find_in_sound_file(path, keys=[OTHER, KEY])
    assert (mark.identifier, mark.key, mark.start_s) == (IDENTIFIER, KEY.id, 0.0)
    assert find_in_sound_file(path, keys=[OTHER]) == ()
    assert integrated_loudness(path) == pytest.approx(-14.0, abs=0.5)
    assert true_peak(path) <= -1.0


def test_without_a_mark_nothing_is_found(tmp_path: Path) -> None:
    assert find_in_sound_file(film_sound(tmp_path, mark=False), keys=[KEY]) == ()


def test_no_more_is_heard_than_was_asked_for(path: Path) -> None:
    (mark,) = find_in_sound_file(path, keys=[KEY], limit_s=7.0)
    assert mark.end_s == pytest.approx(7.0, abs=0.1)
    assert find_in_sound_file(path, keys=[KEY], limit_s=1.0) == ()


def test_a_file_without_sound_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"ID3 and nothing more")
    with pytest.raises(MediaError, match=r"broken\.mp3 can't be read as sound"):
        find_in_sound_file(broken, keys=[KEY])
