"""The sound of a film against its AAC encoder alone, and memory against length.

Run: python -m bench.sound [SECONDS]. Prints a ratio of CPU times in one run (other work doesn't
count), and the peak PSS of a process that mixes SECONDS and ten times SECONDS.
"""

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import psutil
from tests.media.audio.sounds import chords, speech, write_wav

from berg.media.audio.film import make_sound
from berg.media.audio.master import write_aac
from berg.media.audio.mixing import PlacedVoice, Score
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Scratch

SENTENCE = 4
"""Seconds from one sentence to the next."""


def score_of(folder: Path, seconds: int) -> Score:
    """Sentences of three seconds, and music that loops."""
    files = [write_wav(folder / f"voice{i}.wav", speech(3.0, seed=i)) for i in range(8)]
    music = write_wav(folder / "music.wav", chords(20.0), rate=44_100)
    voices = [
        PlacedVoice(path=files[i % len(files)], start=(i * SENTENCE * RATE) + RATE // 10)
        for i in range(max(1, seconds // SENTENCE))
    ]
    length = seconds * RATE
    return Score(voices=voices, music=music, length=length, end_card=length - 3 * RATE)


def ratio(folder: Path, seconds: int) -> tuple[float, float]:
    """CPU seconds of mixing and mastering, and of encoding the very same sound once."""
    score, out = score_of(folder, seconds), folder / "sound.mp4"
    begun = time.process_time()
    make_sound(score, out, scratch=folder, progress=lambda done: None)
    ours = time.process_time() - begun
    with Scratch(folder / "alone.f32") as sound:
        for block in stereo_blocks(out, what="the mix"):
            sound.append(block)
        begun = time.process_time()
        write_aac(folder / "alone.mp4", sound.blocks())
    return ours, time.process_time() - begun


def _mix(folder: Path, seconds: int) -> None:
    score = score_of(folder, seconds)
    make_sound(score, folder / "sound.mp4", scratch=folder, progress=lambda done: None)


def peak_pss(folder: Path, seconds: int) -> int:
    """Bytes: the highest PSS of a fresh process that makes the sound."""
    child = multiprocessing.get_context("spawn").Process(target=_mix, args=(folder, seconds))
    child.start()
    watched, peak = psutil.Process(child.pid), 0
    while child.is_alive():
        try:
            peak = max(peak, watched.memory_full_info().pss)
        except psutil.Error:
            break
        child.join(0.05)
    child.join()
    return peak


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, alone = ratio(folder, seconds)
        print(
            f"sound of {seconds} s: {ours:.2f} CPU s; its AAC encoder alone {alone:.2f} s: ", end=""
        )
        print(f"{ours / alone:.2f}x; {ours / seconds:.3f} s for each second")
        short, long = peak_pss(folder, seconds), peak_pss(folder, seconds * 10)
        print(
            f"peak PSS {short / 2**20:.0f} MiB; ten times as long {long / 2**20:.0f} MiB: ", end=""
        )
        print(f"{long / short:.3f}x")


if __name__ == "__main__":
    main()
