"""What can't be true together: the marks of one file against each other.

Each function gives sentences' ends ("its … names …, its … names …"), none if nothing conflicts.
What is merely absent conflicts with nothing.
"""

from collections.abc import Callable, Iterator

from berg.provenance.verify.case import Case, knows
from berg.provenance.verify.report import LoggedDelivery, SignatureSeen
from berg.provenance.verify.words import CAPTURED, clean, listed, moment, quoted


def conflicts(case: Case) -> tuple[str, ...]:
    """Everything in a file that contradicts something else in it, in words."""
    return tuple(text for rule in _RULES for text in rule(case))


def _two_labels(case: Case) -> Iterator[str]:
    if len({label.text for label in case.labels}) > 1:
        where = listed([clean(label.carrier, most=40) for label in case.labels])
        yield (
            f"it carries {len(case.labels)} AIGC labels that differ ({where}), where the standard "
            "allows exactly one"
        )


def _signature_and_log(case: Case) -> Iterator[str]:
    signature, index = case.good, -1
    if signature is None or case.exact or case.proved:
        return
    if case.claimed:
        index = case.claimed.index
    elif _same_production(case):
        assert case.proof is not None
        index = case.proof.index
    if index >= 0:
        yield (
            f"its credentials name the production {quoted(signature.produce_ids[0])}, which the "
            f"log lists with other bytes (entry {index}): it was changed outside what its "
            "signature covers, or signed again and not logged"
        )


def _same_production(case: Case) -> bool:
    """Whether the proof is of other bytes of the production that the credentials name."""
    signature, proof = case.good, case.proof
    if signature is None or proof is None or proof.state != "other file":
        return False
    return proof.produce_id in signature.produce_ids[:1]


def _label_and_signature(case: Case) -> Iterator[str]:
    signature = case.good
    if signature is None or len(case.labels) != 1:
        return
    label = case.labels[0]
    if signature.produce_ids and label.produce_id:
        if label.produce_id not in signature.produce_ids:
            yield (
                f"its AIGC label names the production {quoted(label.produce_id)}, its credentials "
                f"{quoted(signature.produce_ids[0])}"
            )
    elif case.named and not knows(signature, case.named):
        yield f"its AIGC label names {_told(case.named)}, which its credentials do not name"
    terms = set(signature.source_types)
    if label.label == "1" and terms and terms <= CAPTURED and not signature.generated:
        yield "its AIGC label says that it is generated, its credentials that it was captured"


def _mark_and_signature(case: Case) -> Iterator[str]:
    signature = case.good
    if signature is None or not case.marks:
        return
    found = {mark.identifier for mark in case.marks}
    if found & set(signature.marks):
        return
    if case.traced and knows(signature, case.traced):
        return
    yield _unnamed_mark(case.traced, signature, min(found))


def _unnamed_mark(traced: LoggedDelivery | None, signature: SignatureSeen, identifier: str) -> str:
    if traced is not None:
        return (
            f"its watermark was put in when {_told(traced)} was delivered, which its credentials "
            "do not name: it was signed again without its history"
        )
    if signature.marks:
        return f"its watermark {identifier} is none of those that its credentials name"
    return f"it carries the watermark {identifier}, of which its credentials say nothing"


def _proof(case: Case) -> Iterator[str]:
    proof = case.proof
    if proof is None:
        return
    if proof.state == "other file" and not _same_production(case):
        yield "the log's proof beside it is of another file"
    if proof.state == "false":
        yield f"the log's proof beside it does not hold ({clean(proof.problem, most=200)})"


def _rewritten(case: Case) -> Iterator[str]:
    if case.seen.log.rewritten:
        yield case.seen.log.rewritten


def _told(delivery: LoggedDelivery) -> str:
    return f"{named(delivery)} (entry {delivery.index}, {moment(delivery.time)})"


def named(delivery: LoggedDelivery) -> str:
    """A delivery by its title, or by its produce id where its manifest is not in the home."""
    if delivery.title:
        return quoted(delivery.title)
    return f"the production {quoted(delivery.produce_id)}"


_RULES: tuple[Callable[[Case], Iterator[str]], ...] = (
    _two_labels,
    _signature_and_log,
    _label_and_signature,
    _mark_and_signature,
    _proof,
    _rewritten,
)
