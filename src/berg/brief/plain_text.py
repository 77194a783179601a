"""Which characters a text may hold. Right-to-left text and emoji may.

Source: Unicode TR36 and TR9 for the characters that override direction.
"""

import re

_KINDS = {
    "control character": "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f",
    "line separator": "\x85\u2028\u2029",
    "lone surrogate": "\ud800-\udfff",
    "direction override": "\u202a-\u202e\u2066-\u2069",
    "character": "\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)),
}
"""Ranges of a regular expression, by what such a character is called."""

REFUSED = re.compile(f"[{''.join(_KINDS.values())}]")
"""One character that no text may hold."""


def refused_in(text: str) -> str:
    """What is wrong with the first refused character, as `control character U+0007`; or nothing."""
    found = REFUSED.search(text)
    return name_refused(found.group()) if found else ""


def name_refused(character: str) -> str:
    """A refused character's kind and code."""
    kind = next(kind for kind, ranges in _KINDS.items() if re.match(f"[{ranges}]", character))
    return f"{kind} U+{ord(character):04X}"


def readable(text: str) -> str:
    """The text with each refused character shown as U+FFFD."""
    return REFUSED.sub("\ufffd", text)
