"""Labels of files, clause by clause."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from berg import service
from berg.cli.arguments import add_files
from berg.cli.counting import Counting
from berg.cli.text import plural, printable
from berg.errors import CheckFailed
from berg.schema.command import CHECK_SAID_NO, Answer, Command

if TYPE_CHECKING:
    from berg.provenance.lint import Clause, LintedFile
    from berg.service import LabelCheck

EXAMPLES = """exit status: 0 every file has a label and breaks no clause; 4 one has none, breaks
  one, or could not be read
  Clauses are those of China's GB 45438-2025 and the EU's AI Act, Art. 50(2). What a file's bytes
  can't tell, such as a label that people see, is "not known" and breaks nothing. So is whether a
  file owes a label: only what is generated, wholly or in part, does. A file without one gives 4
  all the same, as there is nothing that could be called sound; whether that is right, you know.

examples:
  berg label check picture.png
  berg label check out/ --json
"""
_SIGNS = {"met": "✓", "broken": "✗", "not known": "?"}
_FEW = 4


def arguments(parser: ArgumentParser) -> None:
    """The one action there is, and files."""
    parser.add_argument("action", choices=("check",), help="check: clause by clause")
    add_files(parser)


def run(given: Namespace) -> Answer:
    """Check the files."""
    progress = Counting(sys.stderr)
    try:
        checked = service.check_labels(
            tuple(given.files), begun=progress.begun, progress=progress.done
        )
    finally:
        progress.close()
    status = 0 if checked.sound else CHECK_SAID_NO
    return Answer(document=_document(checked), text=label_text(checked), status=status)


def _document(checked: "LabelCheck") -> dict[str, object]:
    files = [{"sound": file.sound, **file.model_dump(mode="json")} for file in checked.files]
    document: dict[str, object] = {
        "ok": checked.sound,
        "files": files,
        "unread": [{"path": str(path), "why": why} for path, why in checked.unread],
        "links_not_followed": checked.links,
    }
    if not checked.sound:
        total = len(checked.files) + len(checked.unread)
        bad = total - sum(file.sound for file in checked.files)
        what = f"{bad} of {plural(total, 'file')} without a sound label; each says what is known"
        document |= CheckFailed(what if total else "no files to check").to_json()
    return document


def label_text(checked: "LabelCheck") -> str:
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


def _file(file: "LintedFile", *, full: bool) -> Iterator[str]:
    sign = "✓" if file.sound else "✗" if file.broken else "?"
    word = "labelled, no clause broken" if file.sound else _trouble(file)
    yield f"{sign} {printable(file.path)} ({file.format}): {word}"
    for clause in (*file.clauses, *file.eu):
        if full or clause.outcome == "broken":
            yield f"    {_clause(clause)}"
    if file.damage:
        yield f"    ! {printable(file.damage)}"


def _trouble(file: "LintedFile") -> str:
    if not file.labels and not file.broken:
        return "no label; owed only if it, or a part of it, is generated"
    return f"{plural(len(file.broken), 'clause')} broken"


def _clause(clause: "Clause") -> str:
    return f"{_SIGNS[clause.outcome]} {clause.source}: {printable(clause.says)}"


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
