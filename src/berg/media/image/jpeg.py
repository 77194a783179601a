"""Pixels as JPEG."""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

_QUALITY = 90


def to_jpeg(pixels: npt.NDArray[np.uint8]) -> bytes:
    """RGB (height, width, 3) as JPEG without chroma loss."""
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return data.getvalue()
