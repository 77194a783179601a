"""The verdict: rules, in order; the first that applies speaks.

| kind | means | sound |
|---|---|---|
| `unchecked` | the file could not be read, or the check broke off | no |
| `changed` | the signature, or else the log's proof, stands for other content than this | no |
| `invalid` | the signature does not hold in itself, or its certificate was out of time | no |
| `contradictory` | marks exclude each other | no |
| `flawed` | signed and unchanged, but its AIGC label breaks the standard's form | no |
| `unmet` | sound, but not by whom the user named (`--trust`, `--log-key`, `--witness-key`) | no |
| `intact` | a signature stands for exactly what it covers, and nothing contradicts | yes |
| `logged` | no signature; a log whose key is known lists exactly these bytes | yes |
| `traced` | no signature; a watermark tells where the pixels or the sound come from | no |
| `unproved` | only what anybody could have written: a label, a proof of an unknown log | no |
| `unmarked` | nothing was found to check | no |

Sound means: a signature or a log entry stands for exactly these bytes, and nothing contradicts it.
So a label alone is never sound (a file whose signature was cut out would be), nor is a watermark
(it survives edits). A signature by somebody unknown is sound, because it says so, until the user
names roots: what is named is demanded. Which clauses of a labelling standard are met is shown, and
decides nothing here (`berg label check` does), but for a label that breaks its form.
"""

from collections.abc import Callable

from berg.provenance.verify.case import Case, is_expired, is_mismatch
from berg.provenance.verify.conflicts import conflicts
from berg.provenance.verify.report import Demands, Seen, Verdict, VerdictKind
from berg.provenance.verify.sentences import (
    as_titled,
    in_log,
    label_says,
    listed_anyway,
    problems,
    proof_says,
    says,
    stands,
    trace,
    unmet,
    who,
)
from berg.provenance.verify.words import clean, quoted

SOUND: frozenset[VerdictKind] = frozenset(("intact", "logged"))


def judge(seen: Seen, demands: Demands) -> Verdict:
    """One verdict for what was seen of a file."""
    case = Case(seen, demands)
    return next(verdict for rule in _RULES if (verdict := rule(case)) is not None)


def unchecked(cause: str) -> Verdict:
    """The verdict on a file that could not be checked."""
    return _verdict("unchecked", f"Could not be checked: {clean(cause, most=300)}.")


def _verdict(kind: VerdictKind, *sentences: str) -> Verdict:
    return Verdict(kind=kind, sound=kind in SOUND, sentence=" ".join(s for s in sentences if s))


def _changed(case: Case) -> Verdict | None:
    bad = case.bad
    if case.good or bad is None or not is_mismatch(bad):
        return None
    return _verdict(
        "changed",
        f"Changed since it was signed, or carrying another file's credentials: its content is not "
        f"what {who(bad)} signed{as_titled(bad)}.",
        trace(case),
        _besides(case),
    )


def _invalid(case: Case) -> Verdict | None:
    bad = case.bad
    if case.good or bad is None:
        return None
    if is_expired(bad):
        first = (
            f"Its signature can't be relied on: the certificate of {who(bad)} is out of its time, "
            "and no trusted time stamp says that it was signed while that was valid."
        )
    else:
        first = f"Its signature does not hold: {problems(bad)}."
    return _verdict("invalid", first, listed_anyway(case), trace(case), _besides(case))


def _proof_of_others(case: Case) -> Verdict | None:
    """No signature holds, and the proof beside the file is for other bytes."""
    if case.good or case.proof is None or case.proof.state != "other file":
        return None
    return _verdict(
        "changed",
        "Changed since it was logged, or lying beside another file's proof: entry "
        f"{case.proof.index} of {quoted(case.proof.origin)} has other bytes, and the file carries "
        "no signature.",
        trace(case),
    )


def _contradictory(case: Case) -> Verdict | None:
    found = conflicts(case)
    if not found:
        return None
    return _verdict("contradictory", f"Its marks contradict each other: {'; '.join(found)}.")


def _flawed(case: Case) -> Verdict | None:
    faults = [fault for label in case.labels for fault in label.faults]
    if len(case.labels) > 1:
        faults.append(f"it is there {len(case.labels)} times, and exactly one is allowed")
    if not faults or not (case.good or case.exact or case.proved):
        return None
    return _verdict(
        "flawed",
        "Unchanged, but its AIGC label breaks the standard: "
        f"{'; '.join(clean(fault, most=160) for fault in faults[:4])}.",
    )


def _unmet(case: Case) -> Verdict | None:
    missing = unmet(case)
    if not missing or not (case.good or case.exact or case.proved):
        return None
    return _verdict("unmet", f"Not as was asked: {'; '.join(missing)}.", stands(case))


def _intact(case: Case) -> Verdict | None:
    if case.good is None:
        return None
    return _verdict("intact", stands(case), says(case.good), in_log(case))


def _logged(case: Case) -> Verdict | None:
    if not (case.exact or case.proved):
        return None
    return _verdict("logged", stands(case))


def _traced(case: Case) -> Verdict | None:
    return _verdict("traced", trace(case, gone=True)) if case.marks else None


def _unproved(case: Case) -> Verdict | None:
    says = []
    if case.labels:
        says.append(label_says(case))
    if case.proof is not None:
        says.append(proof_says(case))
    return _verdict("unproved", *says) if says else None


def _unmarked(case: Case) -> Verdict:
    layer = case.seen.mark
    mark = {
        "looked": "no watermark of a key held here",
        "quick": "watermarks were not looked for",
        "no key": "there is no key here to look for a watermark with",
        "no medium": "it is nothing that could carry a watermark",
        "too large": f"watermarks were not looked for, as it is larger than {clean(layer.problem)}",
        "failed": "watermarks could not be looked for",
    }[layer.looked]
    return _verdict(
        "unmarked",
        f"Nothing was found to check: no AIGC label, no credentials, no log entry; {mark}. That "
        "proves nothing about how it was made.",
    )


def _besides(case: Case) -> str:
    found = conflicts(case)
    return f"Besides, {'; '.join(found)}." if found else ""


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _changed,
    _invalid,
    _proof_of_others,
    _contradictory,
    _flawed,
    _unmet,
    _intact,
    _logged,
    _traced,
    _unproved,
    _unmarked,
)
