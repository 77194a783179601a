"""A check of an ask's texts: what the fonts at hand can't set is a fault, not an empty box."""

from collections.abc import Callable, Sequence
from pathlib import Path

from berg.brief.asks import texts_of
from berg.brief.faults import Faults
from berg.errors import Fault
from berg.media.type.coverage import missing_glyphs
from berg.schema.brief import Ask


def glyph_check(fonts: Sequence[Path]) -> Callable[[Ask], list[Fault]]:
    """A check that every character that is to be drawn is in one of the fonts, if there are any."""

    def check(ask: Ask) -> list[Fault]:
        if not fonts:
            return []
        said = {
            f"{name}.{language}": text if isinstance(text, str) else "".join(text)
            for name, texts in texts_of(ask).items()
            for language, text in texts.items()
        }
        found = {path: missing_glyphs(text, fonts) for path, text in said.items()}
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
