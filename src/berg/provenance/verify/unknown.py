"""What a verdict does not prove, one sentence each, so that nobody reads more into it."""

from collections.abc import Callable, Iterator

from berg.carriers.aigc import sidecar
from berg.provenance.verify.case import Case
from berg.provenance.verify.report import Demands, Seen
from berg.provenance.verify.words import clean, quoted


def unknown(seen: Seen, demands: Demands) -> tuple[str, ...]:
    """Everything that stays open, most telling first."""
    case = Case(seen, demands)
    return tuple(sentence for rule in _RULES for sentence in rule(case))


def _signer(case: Case) -> Iterator[str]:
    good = case.good
    if good is None:
        return
    if good.state == "Valid":
        yield (
            f"Who signed: no authority trusted here vouches for the name {quoted(good.issuer)}; "
            "anybody can make such a certificate."
        )
    if not good.time_stamped:
        yield "When it was signed: it carries no time stamp."
    elif not good.stamp_trusted:
        by = quoted(good.stamped_by) if good.stamped_by else "an unnamed service"
        yield f"When it was signed: {by} stamped the time, and nobody trusted here vouches for it."
    yield (
        "Whether what the signer says is true: a signature shows who says it and that it was not "
        "changed, no more."
    )


def _label(case: Case) -> Iterator[str]:
    if case.labels and case.good is None:
        yield "Who wrote the AIGC label: without a signature anybody can write or remove one."
    elif any(label.carrier == sidecar.RIGHT for label in case.labels):
        yield (
            "Who wrote the AIGC label: it lies beside the file, and the signature covers only what "
            "is in it."
        )


def _watermark(case: Case) -> Iterator[str]:
    mark = case.seen.mark
    if mark.looked == "quick":
        yield "Whether it carries a watermark: none was looked for (--quick)."
    elif mark.looked == "no key":
        yield "Whether it carries a watermark: there is no key here to look with."
    elif mark.looked == "too large":
        yield (
            f"Whether it carries a watermark: none was looked for, as it is larger than "
            f"{clean(mark.problem)}."
        )
    elif mark.looked == "failed":
        yield f"Whether it carries a watermark: the search broke off ({clean(mark.problem)})."
    elif mark.looked == "looked" and not mark.seen and case.good and case.good.marks:
        yield (
            f"Why the watermark {clean(case.good.marks[0], most=20)} that its credentials name was "
            "not found: there may be no key for it here."
        )
    elif mark.looked == "looked" and not mark.seen:
        yield (
            "Whether it ever carried a watermark: one of another key can't be seen here, and "
            "heavy edits destroy any."
        )
    elif mark.seen:
        yield (
            "Whether it was edited: a watermark survives edits, passes into whatever is made of "
            "the content, and can be put into anything by whoever holds its key."
        )


def _log(case: Case) -> Iterator[str]:
    proof, log = case.proof, case.seen.log
    if case.proved and not case.proved.witnesses:
        yield (
            "Whether the log shows everybody the same entries: no witness known here cosigned it, "
            "so only its owner says so."
        )
    elif proof is None and case.exact:
        yield "Whether the log was rewritten: it is this home's own, with no proof beside the file."
    elif proof is None and log.home == "failed":
        yield f"Whether a log lists it: this home's log can't be read ({clean(log.problem)})."
    elif proof is None:
        mine = "has not these bytes" if log.home == "asked" else "isn't there to be asked"
        yield f"Whether a log lists it: there is no proof beside it, and this home's log {mine}."
    elif proof.state == "unknown log":
        yield (
            f"Whether the log lists it: give the key of {quoted(proof.origin)} with --log-key, "
            "from where its owner publishes it."
        )


def _damage(case: Case) -> Iterator[str]:
    if case.seen.label.problem:
        yield f"What the rest of the file holds: {clean(case.seen.label.problem, most=200)}."
    if case.seen.ignored_sidecar:
        yield "What the manifest beside it says: the file carries its own, and that alone counts."


def _nothing(case: Case) -> Iterator[str]:
    if case.seen.elsewhere:
        yield f"What its credentials say: {clean(case.seen.elsewhere, most=200)}."
    elif not case.seen.signatures:
        yield "How it was made, and by whom: no credentials say so, which proves nothing."


_RULES: tuple[Callable[[Case], Iterator[str]], ...] = (
    _nothing,
    _signer,
    _label,
    _watermark,
    _log,
    _damage,
)
