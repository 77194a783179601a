"""Verdicts for people: of a few files a sentence and a table of layers, of many one line each."""

import textwrap
from collections import Counter
from collections.abc import Iterator

from berg.cli.text import plural, printable, size
from berg.provenance.verify.report import (
    LoggedDelivery,
    LogLayer,
    MarkLayer,
    ProofSeen,
    Report,
    Seen,
    SignatureSeen,
)
from berg.provenance.verify.words import clean, listed, moment, quoted, source_type
from berg.service import Verified

IN_FULL = 3
"""Most files that are shown with all their layers; more get a line each."""
_WIDTH = 100
_LABELS = {"1": "generated", "2": "perhaps generated", "3": "suspected to be generated"}


def verified_text(verified: Verified) -> str:
    """The answer of `berg verify`."""
    reports = verified.reports
    if not reports:
        return "no files to check: none of them is media or has a sidecar"
    if len(reports) <= IN_FULL:
        lines = [line for report in reports for line in (*_in_full(report), "")][:-1]
    else:
        lines = [line for report in reports for line in _in_short(report)]
        lines += ["", _counts(reports)]
    notes = [line for note in verified.notes for line in _wrapped(f"note: {printable(note)}", "")]
    return "\n".join([*lines, *notes])


def _in_full(report: Report) -> Iterator[str]:
    yield f"{printable(report.path)}: {report.verdict.kind}"
    yield from _wrapped(report.verdict.sentence, "  ")
    if report.seen is None:
        return
    rows = (
        ("file", list(_file(report.seen))),
        ("label", list(_label(report.seen))),
        ("C2PA", list(_signatures(report.seen))),
        ("watermark", list(_mark(report.seen.mark))),
        ("log", list(_log(report.seen.log))),
        ("not known", list(report.unknown)),
    )
    for head, texts in rows:
        for text in texts:
            yield from _wrapped(text, " " * 13, first=f"  {head:<11}")
            head = ""


def _in_short(report: Report) -> Iterator[str]:
    mark = "ok " if report.verdict.sound else "NO "
    yield f"{mark} {report.verdict.kind:<13} {printable(report.path)}"
    if not report.verdict.sound:
        yield from _wrapped(report.verdict.sentence, " " * 18)


def _counts(reports: tuple[Report, ...]) -> str:
    kinds = Counter(report.verdict.kind for report in reports)
    sound = sum(report.verdict.sound for report in reports)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{plural(len(reports), 'file')}, {sound} sound: {told}"


def _wrapped(text: str, indent: str, *, first: str | None = None) -> list[str]:
    lead = indent if first is None else first
    inner = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(
        text.strip(),
        width=_WIDTH,
        initial_indent=lead + inner,
        subsequent_indent=indent + inner + ("  " if first is not None else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _file(seen: Seen) -> Iterator[str]:
    yield f"{seen.format}, {size(seen.size)}, SHA-256 {seen.sha256[:16]}…"


def _label(seen: Seen) -> Iterator[str]:
    layer = seen.label
    if not layer.seen:
        yield "no AIGC label; owed only if it, or a part of it, is generated"
    for label in layer.seen:
        said = _LABELS.get(label.label, "can't be read")
        parts = [f'AIGC "{clean(label.label, most=4)}", {said}']
        parts += [f"producer {quoted(label.producer)}"] if label.producer else ["no producer named"]
        parts += [f"production {quoted(label.produce_id)}"] if label.produce_id else []
        yield f"{', '.join(parts)}; in {clean(label.carrier)}"
        yield from (f"fault: {clean(fault, most=200)}" for fault in label.faults)
    if layer.seen:
        counts = f"{layer.met} met, {len(layer.broken)} broken, {len(layer.open)} not known"
        yield f"clauses: {counts}"
        yield from (f"broken: {clean(clause, most=240)}" for clause in layer.broken)


def _signatures(seen: Seen) -> Iterator[str]:
    if seen.elsewhere:
        yield f"none here: {clean(seen.elsewhere, most=200)}"
    elif not seen.signatures:
        yield "none"
    for signature in seen.signatures:
        yield from _signature(signature)


def _signature(signature: SignatureSeen) -> Iterator[str]:
    when = (
        f"time-stamped {moment(signature.signed_at)}" if signature.time_stamped else "no time stamp"
    )
    tool = f", made with {clean(signature.generator, most=60)}" if signature.generator else ""
    name = quoted(signature.issuer) if signature.issuer else "unnamed"
    yield f"{signature.state}: signer {name}, {when}{tool}, {signature.where}"
    yield from (clean(problem, most=200) for problem in signature.problems)
    if signature.title:
        yield f"title {quoted(signature.title)}"
    if signature.source_types:
        yield f"said to be {source_type(signature.source_types[0])}"
    if signature.label_text:
        yield f"said to be labelled {quoted(signature.label_text)}"
    if signature.generated:
        yield f"said to be generated: {listed([clean(text) for text in signature.generated])}"
    yield from signature.history


def _mark(layer: MarkLayer) -> Iterator[str]:
    for mark in layer.seen:
        span = ""
        if mark.start_s is not None and mark.end_s is not None:
            span = f", from {mark.start_s:.1f} to {mark.end_s:.1f} s"
        how = f"score {mark.score:.1f}, key {mark.key}"
        yield f"{mark.identifier} in the {mark.medium}{span}; {how}"
    if not layer.seen:
        yield {
            "looked": "none of a key held here",
            "quick": "not looked for (--quick)",
            "no key": "not looked for: no key to look with",
            "no medium": "nothing that could carry one",
            "too large": f"not looked for: larger than {clean(layer.problem, most=160)}",
            "failed": f"not looked for to the end: {clean(layer.problem, most=160)}",
        }[layer.looked]


def _log(layer: LogLayer) -> Iterator[str]:
    proof = layer.proof
    if proof is not None:
        yield f"proof beside it: {_proof(proof)}"
    yield from _entries(layer.deliveries)
    if proof is None and not layer.deliveries:
        yield (
            "no proof beside it; this home's log does not list it"
            if layer.home == "asked"
            else ("no proof beside it, and no log of this home to ask")
        )


def _entries(deliveries: tuple[LoggedDelivery, ...]) -> Iterator[str]:
    """Each entry of the home's log once, with all that led to it."""
    for index in dict.fromkeys(delivery.index for delivery in deliveries):
        same = [delivery for delivery in deliveries if delivery.index == index]
        by = listed(list(dict.fromkeys(delivery.by for delivery in same)))
        title = f", {quoted(same[0].title)}" if same[0].title else ""
        yield f"this home's log, by its {by}: entry {index}, {moment(same[0].time)}{title}"


def _proof(proof: ProofSeen) -> str:
    if proof.state == "unreadable":
        return f"can't be read ({clean(proof.problem, most=160)})"
    entry = f"entry {proof.index} of {quoted(proof.origin)}"
    if proof.state == "false":
        return f"{entry}, does not hold ({clean(proof.problem, most=160)})"
    if proof.state == "unknown log":
        return f"{entry}, whose key is not known here"
    what = "for other bytes" if proof.state == "other file" else moment(proof.time)
    witnesses = [f"{quoted(name)} {moment(time)}" for name, time in proof.witnesses]
    told = f"witnessed by {listed(witnesses)}" if witnesses else "not witnessed"
    return f"{entry}, {what}; {told}"
