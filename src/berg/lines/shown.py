"""The lines' sections of a delivery's page."""

from collections.abc import Sequence

from berg.lines.kinds import Kinds
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable
from berg.schema.line import OwnFiles, Section


def sections_of(kinds: Kinds, brief: Brief, files: Sequence[Deliverable]) -> tuple[Section, ...]:
    """What each line shows of its own files, in the order in which lines are listed."""
    by_line = {kind.key: _made_by(kind.key, brief, files) for kind in kinds.lines}
    alone = sum(1 for own in by_line.values() if own) == 1
    found = [
        kind.section(OwnFiles(files=own, alone=alone))
        for kind in kinds.lines
        if kind.section is not None and (own := by_line[kind.key])
    ]
    return tuple(section for section in found if section is not None)


def _made_by(line: str, brief: Brief, files: Sequence[Deliverable]) -> list[Deliverable]:
    names = {ask.name for ask in brief.make if ask.kind == line}
    return [file for file in files if file.name in names]
