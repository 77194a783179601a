"""Pixels as JPEG, PNG or WebP: the same bytes every time, and said to be sRGB."""

import struct
import zlib
from functools import lru_cache

import cv2
import numpy as np
from PIL import ImageCms

from berg.errors import StepError
from berg.lines.posters.design.parts import RgbPixels
from berg.schema.choices import PictureFormat

MEDIA_TYPES: dict[PictureFormat, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
QUALITY = 90
_JPEG = (
    *(cv2.IMWRITE_JPEG_QUALITY, QUALITY),
    # Coloured type at half the colour resolution has fringes.
    *(cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444),
)
_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 4)
_WEBP = (cv2.IMWRITE_WEBP_QUALITY, QUALITY)
_ICC_MARK = b"ICC_PROFILE\0\x01\x01"
_PERCEPTUAL = b"\0"


def encode(picture: RgbPixels, form: PictureFormat, *, quality: int = QUALITY) -> bytes:
    """The picture as a file. Raises StepError if the codec won't have it.

    JPEG at full colour resolution. WebP is sRGB by its own specification.
    """
    bgr = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), np.uint8)
    if form == "jpeg":
        return _tagged_jpeg(_encoded(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, quality, *_JPEG[2:])))
    if form == "png":
        return _tagged_png(_encoded(".png", bgr, _PNG))
    return _encoded(".webp", bgr, _WEBP)


def _encoded(kind: str, bgr: RgbPixels, how: tuple[int, ...]) -> bytes:
    try:
        done, data = cv2.imencode(kind, bgr, how)
    except cv2.error as fault:
        raise StepError(f"a poster can't be written as {kind[1:]}: {fault.err}") from fault
    if not done:
        raise StepError(f"a poster of {bgr.shape[1]} x {bgr.shape[0]} can't be written as {kind}")
    return data.tobytes()


def _tagged_jpeg(data: bytes) -> bytes:
    """With the profile in an APP2 segment, behind JFIF's own (ICC.1:2022, B.4)."""
    after = 4 + struct.unpack(">H", data[4:6])[0] if data[2:4] == b"\xff\xe0" else 2
    body = _ICC_MARK + srgb_profile()
    segment = b"\xff\xe2" + struct.pack(">H", len(body) + 2) + body
    return data[:after] + segment + data[after:]


def _tagged_png(data: bytes) -> bytes:
    """With an sRGB chunk behind the header (PNG, third edition, 11.3.2.5)."""
    after = 8 + 25
    chunk = b"sRGB" + _PERCEPTUAL
    return (
        data[:after]
        + struct.pack(">I", 1)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + data[after:]
    )


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """An ICC profile of sRGB without its date of making, so that it is always the same."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    made[84:100] = bytes(16)  # its digest, which may be left out
    return bytes(made)


def decoded(data: bytes) -> RgbPixels:
    """The pixels of an encoded poster."""
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if found is None:
        raise StepError("a poster could not be read back")
    return np.asarray(found, np.uint8)
