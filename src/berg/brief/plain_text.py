"""Which characters a text may hold. Right-to-left text and emoji may.

Source: Unicode TR36 and TR9 for the characters that override direction.
"""

import unicodedata

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\u0085\u2028\u2029")


def refused_character(character: str) -> str:
    """What is wrong with a character, as `control character U+0007`; empty if nothing is."""
    if character in "\n\t":
        return ""
    code = f"U+{ord(character):04X}"
    category = unicodedata.category(character)
    if character in _BREAKS:
        return f"line separator {code}"
    if category == "Cc":
        return f"control character {code}"
    if category == "Cs":
        return f"lone surrogate {code}"
    if character in _OVERRIDES:
        return f"direction override {code}"
    if (
        character == "\ufeff"
        or ord(character) & 0xFFFE == 0xFFFE
        or "\ufdd0" <= character <= "\ufdef"
    ):
        return f"character {code}"
    return ""


def readable(text: str) -> str:
    """The text with each refused character shown as U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if refused_character(c) else c for c in text)
