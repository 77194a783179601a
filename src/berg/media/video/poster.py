"""One frame of a film as a picture."""

from fractions import Fraction
from pathlib import Path

from berg.errors import MediaError
from berg.media.arrays import Bytes
from berg.media.probe.opening import moving_pictures, opened
from berg.media.video.pixels import to_rgb
from berg.media.video.read import upright_frames


def poster(path: Path, frame: int) -> Bytes:
    """Frame number `frame` (from 0) of a film of constant rate: RGB (height, width, 3).

    A number beyond the end gives the last frame. Raises MediaError.
    """
    with opened(path) as container:
        streams = moving_pictures(container)
        if not streams or not streams[0].average_rate:
            raise MediaError(f"{path.name}: is not a film of constant rate", where=path.name)
        rate = Fraction(streams[0].average_rate)
        size = (streams[0].width, streams[0].height)
    pictures = upright_frames(path, start=frame / rate, fps=rate, count=1, crop=None, size=size)
    picture = to_rgb(next(pictures))
    pictures.close()
    return picture
