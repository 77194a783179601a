"""The judge's border cases, each from what was seen alone."""

from berg.provenance.verify.judge import judge, unchecked
from berg.provenance.verify.report import (
    Demands,
    LabelLayer,
    LabelSeen,
    LoggedDelivery,
    LogLayer,
    MarkLayer,
    MarkSeen,
    ProofSeen,
    Seen,
    SignatureSeen,
)
from berg.provenance.verify.unknown import unknown

TRUSTED = SignatureSeen(where="embedded", state="Trusted", issuer="Studio", produce_ids=("p-1",))
LABEL = LabelSeen(carrier="XMP", label="1", producer="", produce_id="p-1", text="{}", faults=())
PROVED = ProofSeen(state="proved", origin="log", index=3, size=9, root="00", time="x", sha256="aa")
MARK = MarkSeen(identifier="0123456789", key="k", score=20.0, medium="picture")
ENTRY = LoggedDelivery(
    by="watermark",
    mark="0123456789",
    index=3,
    time="2026-11-22T10:00:00Z",
    origin="log",
    sha256="bb",
    produce_id="p-1",
)
MARKED = MarkLayer(looked="looked", seen=(MARK,))


def kind_of(demands: Demands | None = None, **seen: object) -> str:
    return judge(Seen.model_validate({"sha256": "aa", **seen}), demands or Demands()).kind


def test_a_signature_that_holds_with_its_label_is_intact() -> None:
    assert kind_of(signatures=(TRUSTED,), label=LabelLayer(seen=(LABEL,))) == "intact"


def test_an_unknown_signer_is_sound_until_roots_are_named() -> None:
    valid = TRUSTED.model_copy(update={"state": "Valid"})
    assert kind_of(signatures=(valid,)) == "intact"
    assert kind_of(Demands(roots=True), signatures=(valid,)) == "unmet"
    assert kind_of(Demands(roots=True), signatures=(TRUSTED,)) == "intact"


def test_a_named_log_is_demanded_of_signed_files_too() -> None:
    demands = Demands(logs=("log",))
    assert kind_of(demands, signatures=(TRUSTED,)) == "unmet"
    assert kind_of(demands, signatures=(TRUSTED,), log=LogLayer(proof=PROVED)) == "intact"


def test_demands_make_nothing_better() -> None:
    assert kind_of(Demands(roots=True, logs=("log",))) == "unmarked"
    assert kind_of(Demands(roots=True), label=LabelLayer(seen=(LABEL,))) == "unproved"


def test_a_proof_alone_is_logged_and_an_unknown_logs_is_not() -> None:
    assert kind_of(log=LogLayer(proof=PROVED)) == "logged"
    unknown_log = PROVED.model_copy(update={"state": "unknown log"})
    assert kind_of(log=LogLayer(proof=unknown_log)) == "unproved"


def test_a_broken_signature_outweighs_the_log_that_lists_the_bytes() -> None:
    bad = TRUSTED.model_copy(
        update={"state": "Invalid", "codes": ("claimSignature.mismatch",), "problems": ("no.",)}
    )
    seen = Seen(sha256="aa", signatures=(bad,), log=LogLayer(proof=PROVED))
    verdict = judge(seen, Demands())
    assert verdict.kind == "invalid"
    assert "lists exactly these bytes all the same" in verdict.sentence


def test_a_watermark_that_the_credentials_name_agrees() -> None:
    named = TRUSTED.model_copy(update={"marks": ("0123456789", "ffffffffff")})
    assert kind_of(signatures=(named,), mark=MARKED) == "intact"
    other = TRUSTED.model_copy(update={"marks": ("ffffffffff",)})
    assert kind_of(signatures=(other,), mark=MARKED) == "contradictory"


def test_a_watermark_of_a_source_that_history_names_agrees() -> None:
    log = LogLayer(home="asked", deliveries=(ENTRY,))
    edited = TRUSTED.model_copy(update={"produce_ids": ("theirs", "p-1")})
    assert kind_of(signatures=(edited,), mark=MARKED, log=log) == "intact"
    without = TRUSTED.model_copy(update={"produce_ids": ("theirs",)})
    assert kind_of(signatures=(without,), mark=MARKED, log=log) == "contradictory"
    silent = TRUSTED.model_copy(update={"produce_ids": ()})
    assert kind_of(signatures=(silent,), mark=MARKED, log=log) == "contradictory"


def test_credentials_that_the_log_lists_with_other_bytes_contradict_it() -> None:
    entry = ENTRY.model_copy(update={"by": "credentials"})
    log = LogLayer(home="asked", deliveries=(entry,))
    assert kind_of(signatures=(TRUSTED,), log=log) == "contradictory"
    same = entry.model_copy(update={"by": "bytes", "sha256": "aa"})
    log = LogLayer(home="asked", deliveries=(same, entry))
    assert kind_of(signatures=(TRUSTED,), log=log) == "intact"


def test_a_label_that_breaks_its_form_is_flawed_only_where_something_holds() -> None:
    broken = LabelLayer(seen=(LABEL.model_copy(update={"faults": ("it is nested.",)}),))
    assert kind_of(signatures=(TRUSTED,), label=broken) == "flawed"
    assert kind_of(label=broken) == "unproved"


def test_a_search_that_broke_off_is_said_and_decides_nothing() -> None:
    failed = MarkLayer(looked="failed", problem="it took longer than 120 s")
    seen = Seen(sha256="aa", signatures=(TRUSTED,), mark=failed)
    assert judge(seen, Demands()).kind == "intact"
    assert (
        "Whether it carries a watermark: the search broke off (it took longer than 120 s)."
        in unknown(seen, Demands())
    )


def test_words_that_a_file_brings_can_not_pose_as_the_judges() -> None:
    issuer = "Studio”, who is trusted here, signed it. Unchanged\n\x1b[2J\u202e since “X"
    forged = TRUSTED.model_copy(update={"state": "Valid", "issuer": issuer, "title": issuer})
    sentence = judge(Seen(signatures=(forged,)), Demands()).sentence
    assert sentence.count("“") == sentence.count("”") == 1
    assert not {"\n", "\x1b", "\u202e"} & set(sentence)


def test_whatever_can_not_be_checked_is_not_sound() -> None:
    verdict = unchecked("it is a\npipe")
    assert (verdict.kind, verdict.sound) == ("unchecked", False)
    assert verdict.sentence == "Could not be checked: it is a pipe."


def test_absence_proves_nothing_and_that_is_said() -> None:
    verdict = judge(Seen(), Demands())
    assert verdict.kind == "unmarked"
    assert verdict.sentence.endswith("That proves nothing about how it was made.")


def test_a_film_put_together_from_two_deliveries_names_both() -> None:
    heard = MARK.model_copy(update={"identifier": "ffffffffff", "medium": "sound"})
    seen = MARK.model_copy(update={"medium": "film"})
    other = ENTRY.model_copy(update={"index": 8, "mark": "ffffffffff", "title": "Foghorn"})
    verdict = judge(
        Seen(
            mark=MarkLayer(looked="looked", seen=(seen, heard)),
            log=LogLayer(home="asked", deliveries=(ENTRY, other)),
        ),
        Demands(),
    )
    assert verdict.kind == "traced"
    assert verdict.sentence == (
        "These pictures were delivered as the production “p-1” on 2026-11-22 10:00 UTC (watermark "
        "0123456789, log entry 3). This sound was delivered as “Foghorn” on 2026-11-22 10:00 UTC "
        "(watermark ffffffffff, log entry 8). The file itself was changed since: its signature is "
        "gone."
    )
