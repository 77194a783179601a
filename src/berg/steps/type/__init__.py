"""type.*: captions, cards, labels and subtitles, set in the brand's type.

What a step is told holds only what its pixels need: a renamed brand sets no caption again.
"""

from berg.media.type.arrival import KEEP_CLEAR
from berg.media.type.label_room import clear_of
from berg.steps.type.captions.declare import SET_CAPTIONS, Captions, set_captions
from berg.steps.type.card.declare import SET_CARD, set_card
from berg.steps.type.code.declare import Code, draw_code
from berg.steps.type.end_card.declare import SET_END_CARD, set_end_card
from berg.steps.type.label.declare import SET_LABEL, Label, set_label
from berg.steps.type.nouns import Card, Cue, fonts_of
from berg.steps.type.overlays.declare import SET_OVERLAYS, Overlaid, set_overlays
from berg.steps.type.subtitles.declare import Subtitles, write_subtitles
from berg.steps.type.title.declare import SET_TITLE, Title, set_title

__all__ = [
    "KEEP_CLEAR",
    "SET_CAPTIONS",
    "SET_CARD",
    "SET_END_CARD",
    "SET_LABEL",
    "SET_OVERLAYS",
    "SET_TITLE",
    "Captions",
    "Card",
    "Code",
    "Cue",
    "Label",
    "Overlaid",
    "Subtitles",
    "Title",
    "clear_of",
    "draw_code",
    "fonts_of",
    "set_captions",
    "set_card",
    "set_end_card",
    "set_label",
    "set_overlays",
    "set_title",
    "write_subtitles",
]
