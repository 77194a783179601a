"""The sound of a film, from its score to a finished file."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from berg.media.audio.master import master
from berg.media.audio.meter import Level
from berg.media.audio.mixing import Score, mix_raw
from berg.media.audio.scratch import Block, Scratch
from berg.media.audio.watch import OnProgress, part, rising

Filter = Callable[[Iterable[Block]], Iterator[Block]]
"""Changes a stream of 48 kHz stereo as it passes: as many samples come out, never earlier than
they went in (`berg.carriers.watermark.sound.marking` makes one)."""


def make_sound(
    score: Score, out: Path, *, scratch: Path, progress: OnProgress, mark: Filter | None = None
) -> Level:
    """Mix and master `score` into the AAC file `out`; returns what the file decodes to.

    What is mixed passes through `mark` before its loudness and peaks are set, so that both hold.
    Needs room in the folder `scratch` (which is left as it was): 0.8 MB for each second of film.
    Raises MediaError for a sound that can't be read.
    """
    paths = [scratch / name for name in ("mix.f32", "music.f32", "peaks.f32")]
    try:
        with (
            Scratch(paths[0]) as mix,
            Scratch(paths[1]) as music,
            Scratch(paths[2], channels=1) as peaks,
        ):
            tell = rising(progress)
            headroom = mix_raw(score, mix, music, progress=part(tell, 0.0, 0.3))
            if mark is not None:
                pass_through(mix, mark)
            level = master(mix, peaks, out, headroom=headroom, progress=part(tell, 0.3, 1.0))
            tell(1.0)
            return level
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def pass_through(mix: Scratch, mark: Filter) -> None:
    """Send a sound through a filter, in place: what comes out lies where it has been read."""
    at = 0
    for block in mark(mix.blocks()):
        mix.write(at, block)
        at += len(block)
