"""A check for `read_brief`: texts that the fonts at hand can't set are faults, not empty boxes."""

from collections.abc import Sequence
from pathlib import Path

from berg.brief.faults import Faults
from berg.brief.read import Check
from berg.errors import Fault
from berg.media.type.coverage import missing_glyphs
from berg.schema.brief import ShortAsk


def glyph_check(fonts: Sequence[Path]) -> Check:
    """A check that every character of a short's script and end line is in one of the fonts."""

    def check(ask: ShortAsk) -> list[Fault]:
        texts = {f"script.{language}": text for language, text in ask.script.items()}
        texts |= {f"end.{language}": text for language, text in (ask.end or {}).items()}
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
