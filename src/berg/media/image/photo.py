"""A photograph as upright sRGB pixels, whatever its format, orientation, profile or depth."""

import io
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from berg.errors import MediaError
from berg.media.probe.picture import has_alpha, open_picture, orientation_of, reading
from berg.media.probe.sniff import ALLOWED, picture_format

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""(height, width, 3), sRGB."""

_TRANSPOSE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""
_LIGHT_GROUND = (236, 234, 230)
_DARK_GROUND = (34, 38, 43)
"""What stands behind transparency: the one that the visible pixels differ from more."""
_DEEP_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")


def read_photo(path: Path, *, least: tuple[int, int]) -> Pixels:
    """The picture, upright, in sRGB, 8 bits, over a neutral ground where it is transparent.

    A picture much larger than `least` (width, height) may come reduced, never below it. Raises
    MediaError if it can't be decoded.
    """
    name = picture_format(path)
    if name is None:
        raise MediaError(f"{path.name}: is not a picture that berg reads; {ALLOWED}")
    with reading(path), open_picture(path, name) as image:
        turn = orientation_of(image)
        if name == "JPEG":
            # Reduces by 2, 4 or 8 while decoding, so that 100 megapixels need not be held.
            image.draft(None, least[::-1] if turn >= 5 else least)
        pixels = _to_srgb(_reduced(image, least, turn))
        upright = pixels.transpose(_TRANSPOSE[turn]) if turn in _TRANSPOSE else pixels
        return np.asarray(upright)


def _reduced(image: Image.Image, least: tuple[int, int], turn: int) -> Image.Image:
    width, height = least[::-1] if turn >= 5 else least
    factor = min(image.width // width, image.height // height)
    if factor < 2 or image.mode in ("P", "1", *_DEEP_MODES):
        image.load()
        return image
    small = image.reduce(factor)
    small.info = dict(image.info)
    return small


def _to_srgb(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP_MODES:
        return _from_deep(image)
    if has_alpha(image):
        straight = image.convert("RGBA")
        if image.mode not in ("LA", "La", "PA", "P"):
            straight = _converted(straight, image.info.get("icc_profile"), "RGBA")
        return _over_ground(straight)
    if image.mode in ("P", "1"):
        return image.convert("RGB")
    return _converted(image, image.info.get("icc_profile"), "RGB")


def _converted(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Through the embedded ICC profile if there is a usable one; else by the mode's customs."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(
                image,
                source,
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode=mode,
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None  # a damaged profile, or one for another colour model
        if made is not None:
            return made
    return image if image.mode == mode else image.convert(mode)


def _from_deep(image: Image.Image) -> Image.Image:
    """Grey of 16 bits, 32 bits or floats, as 8 bits."""
    values = np.asarray(image, np.float64)
    top = float(np.nanmax(values, initial=0.0))
    if image.mode.startswith("I;16") or (image.mode == "I" and 255 < top <= 65535):
        white = 65535.0
    elif image.mode == "F" and top <= 1.0:
        white = 1.0
    else:
        white = max(255.0, top)
    level = np.clip(np.nan_to_num(values) * (255.0 / white), 0, 255)
    return Image.fromarray(np.rint(level).astype(np.uint8)).convert("RGB")


def _over_ground(image: Image.Image) -> Image.Image:
    small = image.reduce(max(1, max(image.size) // 256))
    values = np.asarray(small, np.float64)
    weight = values[..., 3].sum()
    luma = values[..., :3] @ np.array([0.2126, 0.7152, 0.0722])
    mean = (luma * values[..., 3]).sum() / weight if weight else 0.0
    ground = Image.new("RGBA", image.size, _DARK_GROUND if mean > 150 else _LIGHT_GROUND)
    return Image.alpha_composite(ground, image).convert("RGB")
