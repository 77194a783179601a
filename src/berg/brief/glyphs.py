"""A check for `read_brief`: texts that the fonts at hand can't set are faults, not empty boxes."""

from collections.abc import Sequence
from pathlib import Path

from berg.brief.faults import Faults
from berg.brief.read import Check
from berg.errors import Fault
from berg.media.type.coverage import missing_glyphs
from berg.schema.brief import Ask, PostersAsk, ShortAsk


def glyph_check(fonts: Sequence[Path]) -> Check:
    """A check that every character that is to be drawn is in one of the fonts."""

    def check(ask: Ask) -> list[Fault]:
        texts = _texts_of_posters(ask) if isinstance(ask, PostersAsk) else _texts_of_short(ask)
        found = {path: missing_glyphs(text, fonts) for path, text in texts.items()}
        return [
            Fault(
                message=f"no font has {Faults.quote(missing)}; write it otherwise",
                line=0,
                column=0,
                path=path,
            )
            for path, missing in found.items()
            if missing
        ]

    return check


def _texts_of_short(ask: ShortAsk) -> dict[str, str]:
    texts = {f"script.{language}": text for language, text in ask.script.items()}
    return texts | {f"end.{language}": text for language, text in (ask.end or {}).items()}


def _texts_of_posters(ask: PostersAsk) -> dict[str, str]:
    texts = {
        f"headlines.{language}": "".join(headlines) for language, headlines in ask.headlines.items()
    }
    texts |= {f"body.{language}": text for language, text in (ask.body or {}).items()}
    return texts | {f"cta.{language}": text for language, text in (ask.cta or {}).items()}
