"""The work of image.look_at_photo: thin, over `berg.media.image`."""

import numpy as np

from berg.media.image.faces import find_people
from berg.media.image.photo import Pixels, read_photo
from berg.schema.context import Context
from berg.steps.image.look_at_photo.declare import Glance, LookAtPhoto

LOOK_AT = (512, 512)
COLOURFUL, CONTRASTING = 110.0, 80.0
"""Colourfulness and deviation of light that count as the most there is."""


def look_at_photo(call: LookAtPhoto, ctx: Context) -> Glance:
    """Look at a photograph; raises MediaError if it can't be decoded."""
    picture = read_photo(ctx.path(call.photo), least=LOOK_AT)
    face = max((face.area for face in find_people(picture)), default=0.0)
    return Glance(face=min(1000, round(face * 1000)), striking=striking(picture))


def striking(picture: Pixels) -> int:
    """Per mille: colourfulness (Hasler and Süsstrunk 2003) and contrast, in equal parts."""
    red, green, blue = np.moveaxis(picture[::4, ::4].astype(np.float64), 2, 0)
    first, second = red - green, (red + green) / 2 - blue
    colour = np.hypot(first.std(), second.std()) + 0.3 * np.hypot(first.mean(), second.mean())
    light = (0.299 * red + 0.587 * green + 0.114 * blue).std()
    parts = min(1.0, float(colour) / COLOURFUL), min(1.0, float(light) / CONTRASTING)
    return round(500 * sum(parts))
