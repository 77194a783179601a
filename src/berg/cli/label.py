"""`berg label`: its answer."""

import argparse
import sys

from berg.cli.counting import Counting
from berg.cli.show_label import label_text
from berg.cli.text import plural
from berg.errors import CheckFailed
from berg.service import LabelCheck, check_labels


def label_command(arguments: argparse.Namespace) -> tuple[dict[str, object], str, bool]:
    """Check the files; the document, the text, and whether all is sound."""
    progress = Counting(sys.stderr)
    try:
        checked = check_labels(tuple(arguments.files), begun=progress.begun, progress=progress.done)
    finally:
        progress.close()
    return _document(checked), label_text(checked), checked.sound


def _document(checked: LabelCheck) -> dict[str, object]:
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
