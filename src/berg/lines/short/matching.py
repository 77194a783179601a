"""Matching by meaning: what is looked at and compared before the storyboard is written."""

from collections.abc import Sequence
from typing import Any

from berg.lines.short.ask import ShortAsk
from berg.schema.do import Do
from berg.schema.media import Source
from berg.steps.image import Glance, look_at_photo
from berg.steps.text import liken_pictures


def matching(do: Do, ask: ShortAsk, languages: Sequence[str]) -> dict[str, Any]:
    """What `write_storyboard` is handed besides the script, piece of footage by piece."""
    if not ask.footage:
        return {}
    likeness = do(liken_pictures(ask, languages=languages), name=f"{ask.name}/likeness")
    seen = [_glance(do, ask, source) for source in ask.footage]
    return {
        "likes": likeness.worth,
        "faces": [glance.face for glance in seen],
        "striking": [glance.striking for glance in seen],
    }


def _glance(do: Do, ask: ShortAsk, source: Source) -> Any:
    """What is seen in a photograph; a clip is not looked at."""
    if source.facts.kind != "image":
        return Glance(face=0, striking=0)
    return do(look_at_photo(source), name=f"{ask.name}/glance/{source.name}")
