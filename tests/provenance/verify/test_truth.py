"""Each thing that may befall a file gets the right verdict, in the words of `verdicts.txt`.

Files, keys, logs and marks are real. The golden words are a contract: people rely on them.
"""

import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.provenance.verify import Demands, HomeLog, LogLookup, NoLog, Orders, Report
from berg.provenance.verify.check import report_on
from berg.provenance.verify.look import look
from berg.provenance.verify.look import told as told_by
from tests.provenance.certificates import STAMPING, make, root
from tests.provenance.manifest import stamps
from tests.provenance.verify.conftest import Truths
from tests.provenance.verify.material import Studio, picture, save
from tests.provenance.verify.truths import rewrite_log

DELIVERED = (
    "as delivered.jpg",
    "as delivered.srt",
    "as delivered, no proof.png",
    "film as delivered.mp4",
    "sound as delivered.wav",
)
GOLDEN = Path(__file__).with_name("verdicts.txt")


def told(report: Report) -> str:
    """Kind and sentence, without what differs from one home to the next."""
    sentence = re.sub(r"log\.berg\.invalid/[0-9a-f]{16}", "LOG", report.verdict.sentence)
    sentence = re.sub(r"\(entry \d+", "(entry N", sentence)
    sentence = re.sub(r"log entry \d+", "log entry N", sentence)
    # A film's search has a time: which of its marks comes first is the machine's to say.
    sentence = re.sub(r"watermark [0-9a-f]{10}\b", "watermark ID", sentence)
    return f"{report.verdict.kind}{' (sound)' if report.verdict.sound else ''}\n{sentence}"


def golden() -> dict[str, str]:
    parts = re.split(r"^## (.+)\n", GOLDEN.read_text(encoding="utf-8"), flags=re.M)[1:]
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def test_every_verdict_is_in_the_golden_words(truths: Truths) -> None:
    found = {name: told(report) for name, report in sorted(truths.reports.items())}
    assert found == golden(), "the words are a contract: if the change is meant, write them down"


def checked(
    path: Path, *, studio: Studio | None = None, demands: Demands | None = None, **known: object
) -> Report:
    """As `berg verify --quick` in a studio's home, or in none; in this process, to be quick."""
    orders = Orders.model_validate(
        {
            "anchors": studio.keys.anchors().decode() if studio else "",
            "log_keys": (studio.log.vkey(),) if studio else (),
            **known,
        }
    )
    ledger: LogLookup = NoLog()
    if studio is not None:
        manifests = studio.home / "log" / "manifests"
        ledger = HomeLog(studio.log, manifests=manifests, read_manifest=told_by)
    seen = look(path, orders, quick=True)
    return report_on(path, seen, demands=demands or Demands(), ledger=ledger)


def test_only_what_stands_for_these_very_bytes_is_sound(truths: Truths) -> None:
    sound = {name for name, report in truths.reports.items() if report.verdict.sound}
    assert sound == {
        *DELIVERED,
        "by another tool.jpg",
        "logged alone.srt",
        "signed again with history.jpg",
        "signed by somebody unknown.jpg",
    }


def test_a_screenshot_leads_to_the_stored_manifest(truths: Truths) -> None:
    report = truths.reports["screenshot, cropped.png"]
    assert report.seen is not None
    (delivery,) = report.seen.log.deliveries
    assert (delivery.by, delivery.title, delivery.issuer) == (
        "watermark",
        "Spring tide",
        "Tidewater Studio",
    )
    assert (truths.ours.home / f"log/manifests/{delivery.manifest_sha256}.c2pa").is_file()
    assert report.seen.signatures == ()


def test_history_is_a_tree_of_few_lines(truths: Truths) -> None:
    report = truths.reports["signed again with history.jpg"]
    assert report.seen is not None
    (signature,) = report.seen.signatures
    assert signature.history[0].startswith(
        "edited from “Spring tide”, signed by “Tidewater Studio”, partly generated"
    )
    assert signature.produce_ids[0] == "theirs-1"


def test_a_time_stamp_is_told_and_its_absence_too(truths: Truths, tmp_path: Path) -> None:
    with stamps.serving(make("Clock", root("Clocks"), uses=(STAMPING,))) as url:
        signer = replace(truths.ours.keys.signer(), time_stamp_url=url)
        plain = save(picture(50, width=60, height=60), tmp_path / "plain.jpg")
        truths.ours.sign(plain, tmp_path / "stamped.jpg", title="Now", signer=signer)
    report = checked(tmp_path / "stamped.jpg", studio=truths.ours)
    assert re.match(
        r"Unchanged since “Tidewater Studio”, who is trusted here, signed it on "
        r"20\d\d-\d\d-\d\d \d\d:\d\d UTC \(time stamp by “Clock”, whom nobody trusted here "
        r"vouches for\)\. ",
        report.verdict.sentence,
    )
    assert not any("no time stamp" in sentence for sentence in report.unknown)
    without = truths.reports["as delivered.jpg"]
    assert "When it was signed: it carries no time stamp." in without.unknown


def test_a_third_party_says_what_it_does_not_know(truths: Truths) -> None:
    report = checked(truths.folder / "as delivered.jpg")
    assert report.verdict.kind == "intact"
    assert "which nobody trusted here vouches for" in report.verdict.sentence
    assert report.seen is not None
    assert report.seen.log.proof is not None
    assert report.seen.log.proof.state == "unknown log"
    assert [sentence.partition(":")[0] for sentence in report.unknown] == [
        "Who signed",
        "When it was signed",
        "Whether what the signer says is true",
        "Whether it carries a watermark",
        "Whether the log lists it",
    ]


def test_a_third_party_with_root_and_log_key_gets_the_same_verdict(truths: Truths) -> None:
    key = truths.ours.log.vkey()
    report = checked(
        truths.folder / "as delivered.jpg",
        anchors=truths.ours.keys.anchors().decode(),
        log_keys=(key,),
        demands=Demands(roots=True, logs=(key.partition("+")[0],)),
    )
    assert told(report) == golden()["as delivered.jpg"]


def test_who_names_a_root_demands_it(truths: Truths) -> None:
    report = checked(
        truths.folder / "as delivered.jpg",
        anchors=truths.theirs.keys.anchors().decode(),
        demands=Demands(roots=True),
    )
    assert told(report).startswith(
        "unmet\nNot as was asked: its signer does not chain to a root that is trusted here. "
    )


def test_who_names_a_log_demands_a_proof(truths: Truths) -> None:
    demands = Demands(logs=("log.example",))
    report = checked(truths.folder / "as delivered.jpg", studio=truths.ours, demands=demands)
    assert told(report).startswith(
        "unmet\nNot as was asked: no proof beside it shows it in “log.example”. "
    )


def test_a_witness_that_cosigned_is_named_and_meets_the_demand(tmp_path: Path) -> None:
    studio = Studio.at(tmp_path / "home", "Tidewater Studio")
    target = studio.deliver_picture(tmp_path / "a.jpg", title="Slack water", proof=False)
    key = studio.witnessed(tmp_path / "witness").verifier.vkey()
    studio.prove(target)
    demands = Demands(witnesses=("witness.example",))
    report = checked(target, studio=studio, witness_keys=(key,), demands=demands)
    assert report.verdict.kind == "intact"
    assert report.seen is not None
    assert report.seen.log.proof is not None
    assert report.seen.log.proof.witnesses == (("witness.example", "2026-11-22T11:00:00Z"),)
    assert not any("no witness" in sentence for sentence in report.unknown)


def test_a_log_that_no_witness_cosigned_does_not_meet_the_demand(truths: Truths) -> None:
    report = checked(
        truths.folder / "as delivered.jpg",
        studio=truths.ours,
        witness_keys=(truths.ours.witness_key(),),
        demands=Demands(witnesses=("witness.example",)),
    )
    assert report.verdict.kind == "unmet"
    assert "the witness “witness.example” did not cosign its log" in report.verdict.sentence


def test_a_rewritten_log_is_caught_by_a_proof_of_before(tmp_path: Path) -> None:
    studio = Studio.at(tmp_path / "home", "Tidewater Studio")
    report = checked(rewrite_log(studio, tmp_path), studio=studio)
    assert told(report) == (
        "contradictory\nIts marks contradict each other: the proof beside it shows entry 0 of this "
        "log to be for other bytes than the log here says: the log was rewritten."
    )


def test_a_log_that_was_cut_back_is_caught_too(tmp_path: Path) -> None:
    studio = Studio.at(tmp_path / "home", "Tidewater Studio")
    target = studio.deliver_picture(tmp_path / "a.jpg", title="Ebb")
    studio.log.close()
    shutil.rmtree(studio.home / "log")
    (studio.home / "log").mkdir()
    report = checked(target, studio=studio)
    assert report.verdict.kind == "contradictory"
    assert "it was cut back or begun anew" in report.verdict.sentence


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_flipped_bit_anywhere_in_a_delivered_file_is_never_sound(
    truths: Truths, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(DELIVERED))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        for ending in ("", ".c2pa", ".tlog-proof", ".aigc.json"):
            if Path(f"{truths.folder / name}{ending}").exists():
                shutil.copy(f"{truths.folder / name}{ending}", f"{copy}{ending}")
        content = bytearray(copy.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        copy.write_bytes(content)
        assert not checked(copy, studio=truths.ours).verdict.sound
        for ending in (".tlog-proof", ".aigc.json"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
        assert not checked(copy, studio=truths.ours).verdict.sound, "the home's log alone tells"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_flipped_bit_of_the_picture_is_told_by_the_signature_alone(
    truths: Truths, data: st.DataObject
) -> None:
    content = bytearray((truths.folder / "as delivered.jpg").read_bytes())
    begin = content.rindex(b"\xff\xda")  # start of scan: what follows is the picture
    with tempfile.TemporaryDirectory() as folder:
        content[data.draw(st.integers(begin, len(content) - 1))] ^= 1 << data.draw(
            st.integers(0, 7)
        )
        copy = Path(folder) / "a.jpg"
        copy.write_bytes(content)
        assert checked(copy).verdict.kind == "changed"


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_flipped_bit_of_the_manifest_alone_changes_nothing_that_is_said_unseen(
    truths: Truths, data: st.DataObject
) -> None:
    """Padding that no signature covers may change; what is told from the manifest may not."""
    whole = checked(truths.folder / "as delivered.jpg")
    content = bytearray((truths.folder / "as delivered.jpg").read_bytes())
    end = content.index(b"\xff\xdb")
    with tempfile.TemporaryDirectory() as folder:
        content[data.draw(st.integers(2, end))] ^= 1 << data.draw(st.integers(0, 7))
        copy = Path(folder) / "a.jpg"
        copy.write_bytes(content)
        report = checked(copy)
        assert report.seen is not None
        assert whole.seen is not None
        assert not report.verdict.sound or report.seen.signatures == whole.seen.signatures
