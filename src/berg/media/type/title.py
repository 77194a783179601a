"""A title over a film's first picture: each line on a strip of the brand's colour, rising in turn.

The strips carry the contrast, so that no picture can make it hard to read. It stands in the upper
part of the safe box, or, where faces are there, just above the captions.
"""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.arrival import KEEP_CLEAR, span_of
from berg.media.type.colour import contrast, schemes
from berg.media.type.pieces import settable_words
from berg.media.type.safe import Box
from berg.media.type.setter import Setter
from berg.media.type.shapes import rect
from berg.media.type.sheet import Cut, make_sheet
from berg.media.type.stage import CardStage, Fitted, fit, line_item
from berg.media.type.text import is_wide
from berg.media.type.words import TimedWord
from berg.schema.layer import Clear, Layer

LARGEST = 108
"""Type of a short title, thousandths of the picture's shorter side."""
ROOM = (300, 250)
"""Height it may take, thousandths of the picture's height: upright, and lying."""
CAPTIONS = 570
"""Where captions may begin, thousandths of the height."""


def title_frames(text: str, fps: Fraction) -> int:
    """Frames for which a title stands: long enough to be read, gone before it bores."""
    words = len(text.split()) + sum(map(is_wide, text)) / 2
    return span_of(round(min(3200, 1200 + 220 * words)), fps)


def set_title(
    text: str,
    *,
    language: str,
    family: str,
    palette: Sequence[str],
    width: int,
    height: int,
    fps: Fraction,
    frames: int,
    faces: tuple[int, int] | None,
    clear: Clear,
    setter: Setter,
) -> tuple[bytes, tuple[Layer, ...]] | None:
    """The sheet's PNG and a layer for each line; None if nothing of the text can be set.

    `frames` is the shot's length; `faces` from where to where faces reach, per mille from the top.
    """
    until = max(1, min(title_frames(text, fps), frames - KEEP_CLEAR))
    timed = (TimedWord(text=part, space=True, first=0, end=1) for part in text.split())
    words = settable_words(tuple(timed), setter)
    if not words:
        return None
    stage = CardStage(
        width=width, height=height, fps=fps, language=language, family=setter.family(family),
        scheme=schemes(palette)[0], setter=setter, words=words, brand="", clear=clear,
    )  # fmt: skip
    lying = width * 3 > height * 4
    safe, pad = stage.safe, stage.share(26)
    share = (0.62 if lying else 1.0) * safe.width
    tall = height * ROOM[lying] // 1000
    box = Box(left=safe.left, top=safe.top, width=round(share) - 2 * pad, height=tall)
    fitted = fit(stage, words, box, largest=LARGEST)
    cuts = _strips(stage, fitted, top=_top(stage, fitted, pad, faces), pad=pad, until=until)
    return make_sheet(cuts, setter=setter, language=language, width=width, height=height)


def _top(stage: CardStage, fitted: Fitted, pad: int, faces: tuple[int, int] | None) -> float:
    """Where the first strip begins: at the top, or above the captions, if that covers less face."""
    tall = _leading(fitted, pad) * (len(fitted.lines) - 1) + fitted.rise + 2 * pad
    above = stage.safe.top + stage.share(16)
    below = stage.height * CAPTIONS / 1000 - stage.share(40) - tall
    if faces is None:
        return above
    low, high = (end * stage.height / 1000 for end in faces)

    def covered(top: float) -> float:
        return max(0.0, min(high, top + tall) - max(low, top))

    return min((above, below), key=covered)


def _leading(fitted: Fitted, pad: int) -> float:
    """From one strip to the next; they touch, and overlap a little."""
    return fitted.rise + 2 * pad - pad * 0.35


def _strips(stage: CardStage, fitted: Fitted, *, top: float, pad: int, until: int) -> list[Cut]:
    ground, ink = _pair(stage)
    left = stage.safe.left
    cuts = []
    for row, line in enumerate(fitted.lines):
        y = top + row * _leading(fitted, pad)
        baseline = y + pad + fitted.rise
        texts = "".join(piece.text + (" " if piece.space else "") for piece in line).strip()
        (wide,) = stage.setter.widths([texts], fitted.face, language=stage.language)
        tall = fitted.rise + 2 * pad
        item = line_item(stage, fitted.face, line, x=left + pad, y=baseline, fill=ink)
        below = round(fitted.face.size * 0.3)
        cuts.append(
            Cut(
                box=Box(
                    left=round(left) - 2,
                    top=round(y) - 2,
                    width=round(wide + 2 * pad) + 6,
                    height=round(tall) + below + 4,
                ),
                items=[rect(left, y, wide + 2 * pad, tall, ground, stage.share(6)), item],
                first=row * stage.frames(90),
                end=until,
                fade_in=stage.frames(200),
                fade_out=stage.frames(200),
                rise=stage.share(30),
            )
        )
    return cuts


def _pair(stage: CardStage) -> tuple[str, str]:
    """The strips' colour and the type's: the accent where type can be read on it."""
    scheme = stage.scheme
    if contrast(scheme.accent, scheme.on_accent) >= 4.5 and not scheme.plain:
        return scheme.accent, scheme.on_accent
    return scheme.ground[0], scheme.ink
