"""The watermark for sound: what may be used of it elsewhere.

`sound_pattern` says where the mark lies, `sound_marker` and `sound_strength` put it there,
`sound_cells`, `sound_sync` and `sound_find` find it again.
"""

from collections.abc import Callable, Iterable, Iterator

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.sound_find import find_in_sound, find_in_sound_file
from berg.carriers.watermark.sound_marker import SoundBlock, SoundMarker, mark_sound

__all__ = ["SoundMarker", "find_in_sound", "find_in_sound_file", "mark_sound", "marking"]


def marking(
    *, identifier: str, key: MarkKey, rate: int = 48_000, channels: int = 2
) -> Callable[[Iterable[SoundBlock]], Iterator[SoundBlock]]:
    """A filter that marks a stream of blocks (n, channels); as many samples come out.

    Raises ValueError for what can't be marked, before anything is.
    """
    SoundMarker(identifier=identifier, key=key, rate=rate, channels=channels)

    def marked(blocks: Iterable[SoundBlock]) -> Iterator[SoundBlock]:
        marker = SoundMarker(identifier=identifier, key=key, rate=rate, channels=channels)
        for block in blocks:
            yield marker.feed(block)
        yield marker.finish()

    return marked
