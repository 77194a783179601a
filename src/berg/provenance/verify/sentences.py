"""The sentences of verdicts: what stands for a file, what is said of it, where it comes from."""

from berg.provenance.verify.case import Case
from berg.provenance.verify.conflicts import named
from berg.provenance.verify.report import LoggedDelivery, MarkSeen, SignatureSeen
from berg.provenance.verify.words import clean, listed, moment, quoted, source_type

_MOST_TRACES = 3
"""Deliveries that are told of a file that was put together from several."""


def unmet(case: Case) -> tuple[str, ...]:
    """What the user demanded and the file does not meet."""
    demands, proved = case.demands, case.proved
    missing = []
    if demands.roots and (case.good is None or case.good.state != "Trusted"):
        missing.append("its signer does not chain to a root that is trusted here")
    if demands.logs and (proved is None or proved.origin not in demands.logs):
        missing.append(
            f"no proof beside it shows it in {listed([quoted(x) for x in demands.logs])}"
        )
    cosigned = {name for name, _ in proved.witnesses} if proved else set()
    missing += [
        f"the witness {quoted(name)} did not cosign its log"
        for name in demands.witnesses
        if name not in cosigned
    ]
    return tuple(missing)


def label_says(case: Case) -> str:
    """What a label alone comes to."""
    meaning = {"1": "is AI-generated", "2": "may be AI-generated", "3": "is suspected to be so"}
    said = meaning.get(case.labels[0].label, "has something to do with AI (it can't be read)")
    whose = f" and names {named(case.named)}, which this home delivered" if case.named else ""
    return (
        f"It says of itself, in an AIGC label, that it {said}{whose}; it carries no signature, so "
        "nothing proves who wrote that, or that the file is unchanged."
    )


def proof_says(case: Case) -> str:
    """What a proof that proves nothing comes to."""
    assert case.proof is not None
    if case.proof.state == "unreadable":
        return f"The proof beside it can't be read: {clean(case.proof.problem, most=160)}."
    return (
        f"A proof beside it says that the log {quoted(case.proof.origin)} lists it, but that log's "
        "key is not known here, so it proves nothing."
    )


def stands(case: Case) -> str:
    """What stands for these bytes."""
    good = case.good
    if good is None:
        return f"{entry(case)} lists exactly these bytes; the file carries no signature."
    when = (
        f" on {moment(good.signed_at)} (time stamp by {_stamper(good)})"
        if good.time_stamped
        else ""
    )
    open_time = "" if when else " No time stamp confirms when."
    if good.state == "Trusted":
        return f"Unchanged since {who(good)}, who is trusted here, signed it{when}.{open_time}"
    return (
        f"Unchanged since it was signed{when} by {who(good)}, which "
        f"nobody trusted here vouches for.{open_time}"
    )


def _stamper(good: SignatureSeen) -> str:
    name = quoted(good.stamped_by) if good.stamped_by else "an unnamed service"
    return name if good.stamp_trusted else f"{name}, whom nobody trusted here vouches for"


def says(good: SignatureSeen) -> str:
    """What the signer says of how it was made: the whole, or the parts that a model made."""
    if good.generated:
        return (
            f"The signer says that a model generated: {listed([clean(g) for g in good.generated])}."
        )
    none = ", and names no part that a model generated" if good.ours else ""
    if good.source_types:
        return f"The signer says that it is {source_type(good.source_types[0])}{none}."
    return "The signer does not say whether a model generated any of it."


def in_log(case: Case) -> str:
    """That a log lists it, if one does."""
    return f"{entry(case)} lists it." if case.exact or case.proved else ""


def entry(case: Case) -> str:
    """Which log's entry."""
    proved, exact = case.proved, case.exact
    if proved is not None:
        return f"The log {quoted(proved.origin)} (entry {proved.index}, {moment(proved.time)})"
    assert exact is not None
    return f"This home's own log (entry {exact.index}, {moment(exact.time)})"


def listed_anyway(case: Case) -> str:
    """That a log lists the bytes of a file whose signature does not hold."""
    if not (case.exact or case.proved):
        return ""
    return f"{entry(case)} lists exactly these bytes all the same."


def trace(case: Case, *, gone: bool = False) -> str:
    """What watermarks tell of where a file's content comes from; `gone`: it has no signature."""
    if not case.marks:
        return ""
    if not case.traces:
        return (
            f"It carries the watermark {case.marks[0].identifier} of a key held here, but no log "
            f"here says what that was.{' It carries no signature.' if gone else ''}"
        )
    told = [_trace(mark, delivery) for mark, delivery in case.traces[:_MOST_TRACES]]
    more = len(case.traces) - len(told)
    told += [f"Watermarks of {more} more deliveries are in it."] if more else []
    end = ["The file itself was changed since: its signature is gone."] if gone else []
    return " ".join([*told, *end])


def _trace(mark: MarkSeen, delivery: LoggedDelivery) -> str:
    what = {
        "picture": "These pixels were",
        "film": "These pictures were",
        "sound": "This sound was",
    }
    by = f", signed by {quoted(delivery.issuer)}" if delivery.issuer else ""
    return (
        f"{what[mark.medium]} delivered as {named(delivery)} on {moment(delivery.time)}{by} "
        f"(watermark {mark.identifier}, log entry {delivery.index})."
    )


def who(signature: SignatureSeen) -> str:
    """The signer, by the name that the certificate gives; anybody can give any."""
    if not signature.issuer:
        return "an unnamed signer"
    unknown = signature.state == "Valid" or "signingCredential.untrusted" in signature.codes
    return f"{'somebody who uses the name ' if unknown else ''}{quoted(signature.issuer)}"


def as_titled(signature: SignatureSeen) -> str:
    """The title that was signed, if there is one."""
    return f" as {quoted(signature.title)}" if signature.title else ""


def problems(signature: SignatureSeen) -> str:
    """What is wrong with a signature."""
    return "; ".join(clean(p, most=160) for p in signature.problems[:3]) or "no reason is given"
