"""Choices that briefs, steps and codecs share, each written down once. No I/O, no defaults."""

from typing import Literal, get_args

CaptionMode = Literal["none", "sentence", "word"]
"""Whether captions are drawn, and whether a sentence or a word at a time."""
CaptionLook = Literal["plate", "outline"]
"""How captions stay readable: on a plate, or outlined and shadowed."""
Pace = Literal["brisk", "natural", "slow", "verse"]
"""How fast sentences are said, and how much silence is between them."""
Encoder = Literal["x264", "av1"]
"""What encodes pictures: x264 (H.264), or SVT-AV1."""
PictureFormat = Literal["jpeg", "png", "webp"]
"""What a picture on a screen is stored as."""

CAPTION_MODES: tuple[CaptionMode, ...] = get_args(CaptionMode)
CAPTION_LOOKS: tuple[CaptionLook, ...] = get_args(CaptionLook)
PACES: tuple[Pace, ...] = get_args(Pace)
ENCODERS: tuple[Encoder, ...] = get_args(Encoder)
PICTURE_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)

LANGUAGES = ("en", "zh")
"""Languages that can be written, spoken and set."""
FALLBACK_FONTS = ("inter", "noto-sans-cjk-sc")
"""Catalogue names of the fonts that hold what a brand's own lacks, in the order they are asked."""
