"""Posters: variants of a few texts, pictures, layouts and sizes, each made of what is shared.

A photograph is looked at once, and cropped once for each size and kind of layout; a text is set
once for each size, layout, place and scheme. Not here: one language's posters (`_poster_set`).
"""

from collections.abc import Sequence

from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.files import COLUMNS
from berg.lines.posters.parts import Grounds
from berg.lines.posters.set import PosterSet
from berg.lines.posters.steps import variant_table
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.origin import Origin
from berg.schema.promised import Promised

LEFT_OUT = ("file", "language", "layout", "size", "reason")
"""Columns of left-out.csv."""


async def posters(do: Do, ask: PostersAsk, brief: Brief) -> None:
    """Make the posters of one ask, in all languages.

    Raises StepError when not a single one came out sound.
    """
    grounds = Grounds(do, ask)
    sets = [PosterSet(do, ask, brief, language, grounds) for language in brief.languages]
    for one in sets:  # photographs of all languages are asked for before any is awaited
        await one.begin()
    for one in sets:
        await one.finish()
    if ask.row is None:
        _tables(do, ask, brief, sets)


def _tables(do: Do, ask: PostersAsk, brief: Brief, sets: Sequence[PosterSet]) -> None:
    """What each file is made of, and what was left out and why."""
    tables: dict[str, tuple[tuple[str, ...], list[tuple[str, ...]]]] = {
        "variants": (COLUMNS, [row for one in sets for row in one.rows])
    }
    left_out = [row for one in sets for row in one.left_out]
    if left_out:
        tables["left-out"] = (LEFT_OUT, left_out)
    for name, (columns, rows) in tables.items():
        table = do(variant_table(columns, rows), name=f"{ask.name}/{name}")
        path, origin = f"{ask.name}/{name}.csv", Origin(title=brief.title)
        do.deliver(Promised(asset=table.csv, name=ask.name, path=path, origin=origin))
