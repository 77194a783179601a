"""What `berg label check` says to people."""

from collections.abc import Iterator

from berg.cli.text import plural, printable
from berg.provenance.lint import Checked, Clause
from berg.service import LabelCheck

_SIGNS = {"met": "✓", "broken": "✗", "not known": "?"}
_FEW = 4


def label_text(checked: LabelCheck) -> str:
    """Every file's clauses; of many files, only those that are not met."""
    total = len(checked.files) + len(checked.unread)
    if not total:
        return "no files to check"
    lines: list[str] = []
    for file in checked.files:
        lines += _file(file, full=total < _FEW)
    lines += [f"✗ {printable(str(path))}: {printable(why)}" for path, why in checked.unread]
    if checked.links:
        lines.append(f"{plural(checked.links, 'link')} not followed")
    if total > 1:
        sound = sum(file.sound for file in checked.files)
        lines.append(f"{sound} of {plural(total, 'file')} labelled and without a broken clause")
    return "\n".join(lines)


def _file(file: Checked, *, full: bool) -> Iterator[str]:
    sign = "✓" if file.sound else "✗" if file.broken else "?"
    word = "labelled, no clause broken" if file.sound else _trouble(file)
    yield f"{sign} {printable(file.path)} ({file.format}): {word}"
    for clause in (*file.clauses, *file.eu):
        if full or clause.outcome == "broken":
            yield f"    {_clause(clause)}"
    if file.damage:
        yield f"    ! {printable(file.damage)}"


def _trouble(file: Checked) -> str:
    if not file.labels and not file.broken:
        return "no label; owed only if it, or a part of it, is generated"
    return f"{plural(len(file.broken), 'clause')} broken"


def _clause(clause: Clause) -> str:
    return f"{_SIGNS[clause.outcome]} {clause.source}: {printable(clause.says)}"
