"""Facts of a photograph: size by header, then a decode cheap enough to prove it whole."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from berg.errors import MediaError
from berg.media.probe.limits import MAX_PICTURE_PIXELS, TooLargeError, check_size, refuse
from berg.media.probe.sniff import ALLOWED
from berg.schema.media import MediaFacts

_ORIENTATION = 0x0112
_DNG_VERSION = 0xC612
_DECODE_ALL_PIXELS = 24_000_000
"""A picture up to this size is decoded in full; a larger one at reduced size or by checksum."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever a picture decoder raises on damaged bytes into a MediaError.

    Pillow's plugins raise nearly anything on hostile input (struct.error, SyntaxError, KeyError,
    …), so this is the one place of this room with a broad except.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except MediaError:
        raise
    except Image.DecompressionBombError as error:
        most = f"{MAX_PICTURE_PIXELS // 1_000_000} megapixels"
        raise TooLargeError(path.name, "has too many pixels", most) from error
    except Exception as error:
        what = f"can't be decoded, it is damaged or cut short ({str(error)[:120]})"
        raise MediaError(f"{path.name}: {what}; {ALLOWED}", where=path.name) from error


def open_picture(path: Path, format_name: str) -> Image.Image:
    """Open (not decode) a picture as exactly this format, its size checked. Use as a context."""
    formats = [format_name, "MPO"] if format_name == "JPEG" else [format_name]
    image = Image.open(path, formats=formats)
    try:
        check_size(path.name, *image.size, most=MAX_PICTURE_PIXELS)
    except MediaError:
        image.close()
        raise
    return image


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 when absent or nonsense."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged EXIF must not cost the picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def has_alpha(image: Image.Image) -> bool:
    """Whether pixels may be transparent."""
    return image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info


def picture_facts(path: Path, format_name: str) -> MediaFacts | None:
    """Facts of a photograph; None for an animation that is better read as a clip."""
    with reading(path), open_picture(path, format_name) as image:
        if format_name in ("GIF", "PNG") and getattr(image, "is_animated", False):
            return None
        if format_name == "TIFF" and _DNG_VERSION in getattr(image, "tag_v2", {}):
            refuse(path.name, "is a camera's raw file (DNG)", "save it as JPEG or TIFF first")
        width, height = image.size
        if orientation_of(image) >= 5:
            width, height = height, width
        alpha = has_alpha(image)
        _prove_whole(image, format_name)
    return MediaFacts(kind="image", width=width, height=height, frames=1, alpha=alpha)


def _prove_whole(image: Image.Image, format_name: str) -> None:
    if format_name == "JPEG":
        image.draft("RGB", (image.width // 8, image.height // 8))
        image.load()
    elif format_name == "PNG" and image.width * image.height > _DECODE_ALL_PIXELS:
        image.verify()
    else:
        image.load()
