"""The work of text.liken_pictures: cosines, set right for what is near to everything.

Cosines of this model all lie between 0.7 and 0.9, so only differences tell. From each is taken half
of how near the picture's words are to sentences about nothing in particular, and what then remains
on average over the pictures. A shot's figures hang on its own text and on the pictures alone.
"""

import numpy as np

from berg.runtimes.e5.packed import Floats
from berg.runtimes.e5.session import E5
from berg.schema.context import Context
from berg.steps.text.liken_pictures.declare import Likeness, LikenPictures

PLAIN = (
    "This is how it is.",
    "Today everything is different.",
    "We do it every day, for everyone.",
    "And that is only the beginning.",
    "事情就是这样。",
    "今天一切都不一样。",
    "我们每天都这样做。",
    "这只是开始。",
)
"""Sentences that no picture shows."""
SCALE = 12_000
"""A difference of 0.05, as between a match and none, is worth 600."""
LEAST = 100
"""What is worth less is no match."""


def liken_pictures(call: LikenPictures, ctx: Context) -> Likeness:
    """What each picture is worth to each shot; the session is the resident `E5`."""
    session: E5 = ctx.session
    told = [index for index, words in enumerate(call.pictures) if words]
    pictures = session.vectors([call.pictures[index] for index in told])
    ctx.progress(0.3)
    usual = (pictures @ session.vectors(PLAIN).T).mean(axis=1) if told else np.zeros(0, np.float32)
    rows = []
    for done, texts in enumerate(call.shots, 1):
        row = [0] * len(call.pictures)
        for index, value in zip(told, worth(session.vectors(texts), pictures, usual), strict=True):
            row[index] = value
        rows.append(tuple(row))
        ctx.progress(0.3 + 0.7 * done / len(call.shots))
    return Likeness(worth=tuple(rows))


def worth(texts: Floats, pictures: Floats, usual: Floats) -> list[int]:
    """One shot's figures: `texts` in its languages x 384, `pictures` x 384, `usual` by picture."""
    if not len(pictures):
        return []
    near = texts @ pictures.T - usual / 2
    apart = (near - near.mean(axis=1, keepdims=True)).mean(axis=0)
    return [
        value if value >= LEAST else 0 for value in (SCALE * apart).round().astype(int).tolist()
    ]
