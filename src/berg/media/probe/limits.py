"""How large a user's file may be. Checked before pixels are decoded."""

from typing import NoReturn

from berg.errors import MediaError

MIN_SIDE = 16
"""Pixels; anything smaller is an icon or a tracking pixel, not a picture."""
MAX_PICTURE_PIXELS = 178_956_970
"""Pixels of a photograph: Pillow's own bomb guard (1 GiB of RGBA, times a sixth, twice)."""
MAX_PICTURE_BYTES = 512 << 20
MAX_CLIP_PIXELS = 8192 * 4608
"""Pixels of one frame of a clip: 8K, with room for cinema cameras' taller frames."""
MAX_CLIP_BYTES = 32 << 30
MAX_CLIP_SECONDS = 4 * 3600
"""Longest clip or sound: a feature film fits, an endless stream does not."""
MAX_CLIP_FRAMES = 240 * MAX_CLIP_SECONDS
MAX_ELONGATION = 64
"""Longer side over shorter side; beyond it, no framing shows anything."""


class TooLargeError(MediaError):
    """A file is sound as far as it was looked at, and larger than is read."""

    def __init__(self, name: str, what: str, most: str, *, then: str = "") -> None:
        super().__init__(f"{name}: {what}; at most {most}{then}", where=name)
        self.most = most
        """So much is read, in words: `178 megapixels`."""


def refuse(name: str, what: str, allowed: str) -> NoReturn:
    """Raise the one kind of error of this room: the file, what is wrong, what is allowed."""
    raise MediaError(f"{name}: {what}; {allowed}", where=name)


def check_size(name: str, width: int, height: int, *, most: int) -> None:
    """Raise MediaError unless a picture's or frame's size is within the limits: TooLargeError for
    too many pixels.
    """
    if min(width, height) < MIN_SIDE:
        refuse(name, f"is {width}x{height} pixels", f"each side needs at least {MIN_SIDE}")
    if width * height > most:
        what = f"{most // 1_000_000} megapixels"
        raise TooLargeError(name, f"is {width}x{height} pixels", what)
    if max(width, height) > MAX_ELONGATION * min(width, height):
        refuse(name, f"is {width}x{height} pixels", f"sides may differ {MAX_ELONGATION}-fold")
