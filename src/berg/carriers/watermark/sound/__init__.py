"""The watermark for sound.

`pattern` says where the mark lies, `marker` and `strength` put it there, `cells`, `sync` and `find`
find it again.
"""

from berg.carriers.watermark.sound.find import find_in_sound, find_in_sound_file
from berg.carriers.watermark.sound.marker import SoundMarker, mark_sound, marking

__all__ = ["SoundMarker", "find_in_sound", "find_in_sound_file", "mark_sound", "marking"]
