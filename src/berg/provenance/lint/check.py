"""Checking a file against every clause."""

from collections.abc import Mapping
from pathlib import Path

from berg.carriers.aigc import FoundLabel, Scan, scan_labels
from berg.carriers.aigc.study import study
from berg.provenance.lint import eu, fields, places
from berg.provenance.lint.clause import Clause, LabelText, LintedFile

_MOST_SHOWN = 2000
_MOST_CHECKED = 8
_ORDER = {"broken": 0, "not known": 1, "met": 2}


def check_file(
    path: Path, *, visible: str | None = None, layers: Mapping[str, bool] | None = None
) -> LintedFile:
    """Check one file, whoever made it.

    `visible` says where people see or hear a label, when something trusted says so (berg's own
    assertion in signed credentials). `layers` says which of `c2pa`, `watermark` and `log` were
    looked for, and found; without it the file's labels alone are judged.

    Raises:
        MediaError: there is no such plain file, or it can't be read at all.
    """
    return check_scan(scan_labels(path), path=str(path), visible=visible, layers=layers)


def check_scan(
    scan: Scan,
    *,
    path: str,
    visible: str | None = None,
    layers: Mapping[str, bool] | None = None,
) -> LintedFile:
    """As `check_file`, for a file that was looked through already."""
    clauses = [places.there(scan)]
    if scan.labels:
        clauses += [places.right_place(scan), places.only_one(scan.labels)]
        clauses += _of_texts(scan.labels)
    clauses.append(places.visible(scan, visible))
    known = layers or {}
    return LintedFile(
        path=path,
        format=scan.kind,
        carrier=scan.right,
        labels=tuple(
            LabelText(carrier=f.carrier, text=f.text[:_MOST_SHOWN], label=f.label)
            for f in scan.labels
        ),
        clauses=tuple(clauses),
        eu=(eu.marked(scan, known), eu.layered(scan, known)),
        damage=scan.damage,
    )


def _of_texts(labels: tuple[FoundLabel, ...]) -> list[Clause]:
    """One clause for each check: of several labels the worst answer counts, and says where."""
    answers = [
        [check(study(found.text)) for check in fields.CHECKS] for found in labels[:_MOST_CHECKED]
    ]
    worst = []
    for row in zip(*answers, strict=True):
        index = min(range(len(row)), key=lambda i: _ORDER[row[i].outcome])
        clause = row[index]
        if len(row) > 1 and clause.outcome != "met":
            clause = clause.model_copy(update={"says": f"{clause.says} ({labels[index].carrier})"})
        worst.append(clause)
    return worst
