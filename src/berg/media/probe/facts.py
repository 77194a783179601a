"""probe: the facts of one file, checked by opening it. It decodes as little as proves it sound."""

from pathlib import Path

from berg.media.probe.container import clip_or_sound_facts
from berg.media.probe.limits import MAX_CLIP_BYTES, MAX_PICTURE_BYTES
from berg.media.probe.picture import picture_facts
from berg.media.probe.sniff import picture_format, regular_file
from berg.schema.media import MediaFacts


def probe(path: Path) -> MediaFacts:
    """What kind of picture, clip or sound a file is, and how large.

    A GIF or PNG with several frames is a clip; any other animated picture counts as a photograph
    of its first frame. Limits are checked before pixels are decoded, and the network is never
    touched. Raises MediaError, and nothing else, for a file that can't be used.
    """
    regular_file(path, most=MAX_CLIP_BYTES)
    name = picture_format(path)
    if name is not None:
        regular_file(path, most=MAX_PICTURE_BYTES)
        facts = picture_facts(path, name)
        if facts is not None:
            return facts
    return clip_or_sound_facts(path)
