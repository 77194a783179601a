"""Text before it is set: control characters out, user-perceived characters kept together.

Pure and light. Not here: which characters a font has (`coverage`), where lines break (`breaks`).
"""

import unicodedata
from collections.abc import Iterator

_KEPT_FORMATS = "\u200c\u200d"
"""Joiners that shape letters; all other format characters go, with them bidi overrides, which
could make a caption read otherwise than it was written."""

_SELECTORS = "\ufe0e\ufe0f\u20e3"


def clean(text: str) -> str:
    """NFC, without control, format, private and unassigned characters; white space to one blank."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif category[0] != "C" or char in _KEPT_FORMATS or _is_tag(char):
            kept.append(char)
    return " ".join("".join(kept).split())


def clusters(text: str) -> Iterator[str]:
    """User-perceived characters, by a short form of UAX #29: joined emoji, flags, marks."""
    cluster = ""
    for char in text:
        if cluster and not _extends(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def is_pictograph(cluster: str) -> bool:
    """Whether a cluster is drawn as a picture or symbol, so that prose reads on without it."""
    first = cluster[0]
    return (
        unicodedata.category(first) in ("So", "Sk", "Cn")
        or _is_flag(first)
        or "\u20e3" in cluster
        or (cluster[-1] == "\ufe0f" and not first.isalnum())
        or 0x1F000 <= ord(first) <= 0x1FAFF
    )


def is_wide(char: str) -> bool:
    """Whether a character is set on a full square: Han, kana, hangul and their punctuation."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def rises_high(text: str) -> bool:
    """Whether a capital carries an accent, so that it is taller than the others: É, Å."""
    return any(char.isupper() and unicodedata.decomposition(char) for char in text)


def runs_leftwards(text: str) -> bool:
    """Whether any of it is written from right to left, so that places must be left to shaping."""
    return any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)


def _extends(cluster: str, char: str) -> bool:
    if _is_flag(char):
        return _is_flag(cluster[0]) and len(cluster) == 1
    if cluster[-1] == "\u200d":
        return unicodedata.category(char) == "So" or ord(char) >= 0x1F000
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in _SELECTORS
        or char in _KEPT_FORMATS
        or 0x1F3FB <= ord(char) <= 0x1F3FF
        or _is_tag(char)
    )


def _is_flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _is_tag(char: str) -> bool:
    return 0xE0020 <= ord(char) <= 0xE007F
