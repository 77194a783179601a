"""The layer of watermarks: which marks of the given keys the pixels and the sound carry."""

from collections.abc import Sequence
from pathlib import Path

from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.frames import find_in_film
from berg.carriers.watermark.picture import find_in_picture
from berg.carriers.watermark.sound import find_in_sound_file
from berg.errors import MediaError
from berg.media.image.photo import read_photo
from berg.media.probe import probe
from berg.media.probe.limits import TooLargeError
from berg.media.probe.sniff import picture_format
from berg.provenance.verify.report import MarkLayer, MarkSeen, Medium

_SEARCHED = (6144, 6144)
"""A picture much larger is searched at reduced size, never below this."""
_MOST = 256
"""Marks that are kept of a long film, one for each shot."""


def see_marks(path: Path, *, keys: Sequence[MarkKey], limit_s: float) -> MarkLayer:
    """What carries a mark of one of the keys. Never raises for what a file holds.

    A film's pictures are looked at for `limit_s` seconds at most, its sound as far as
    `find_in_sound_file` listens.
    """
    try:
        facts = probe(path)
    except TooLargeError as error:
        return MarkLayer(looked="too large", problem=error.most)
    except MediaError as error:
        return MarkLayer(looked="no medium", problem=error.message)
    if not keys:
        return MarkLayer(looked="no key")
    try:
        if facts.kind == "image":
            return _looked(_in_picture(path, keys))
        seen = find_in_film(path, keys=keys, limit_s=limit_s) if facts.kind == "video" else ()
        heard = find_in_sound_file(path, keys=keys) if facts.sample_rate else ()
    except TooLargeError as error:
        return MarkLayer(looked="too large", problem=error.most)
    except MediaError as error:
        return MarkLayer(looked="failed", problem=error.message)
    return _looked(_seen(seen, "film"), _seen(heard, "sound"))


def _in_picture(path: Path, keys: Sequence[MarkKey]) -> tuple[MarkSeen, ...]:
    if picture_format(path) is None:
        return ()
    found = find_in_picture(read_photo(path, least=_SEARCHED), keys=keys)
    return _seen((found,), "picture") if found else ()


def _seen(found: Sequence[Found], medium: Medium) -> tuple[MarkSeen, ...]:
    return tuple(
        MarkSeen(
            identifier=mark.identifier,
            key=mark.key,
            score=round(mark.score, 1),
            medium=medium,
            start_s=mark.start_s,
            end_s=mark.end_s,
        )
        for mark in found[:_MOST]
    )


def _looked(*found: tuple[MarkSeen, ...]) -> MarkLayer:
    return MarkLayer(looked="looked", seen=tuple(mark for part in found for mark in part))
