"""A file is labelled, signed, read back and logged, in that order; and then it is as it was said
to be, for anybody who looks."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from berg.carriers.aigc import AigcLabel, read_labels
from berg.carriers.aigc.write import write_label
from berg.errors import ProvenanceError
from berg.provenance.finish import Dossier, FileToFinish, aside
from berg.provenance.keys import TIME_STAMP_VARIABLE
from berg.provenance.log import check_proof, entry_in
from berg.provenance.manifest import (
    Lineage,
    ManifestClaim,
    ModelUsed,
    Part,
    SourceUsed,
    read_credential,
)
from berg.schema.delivery import Deliverable
from berg.service import VerifyRequest, verify
from tests.provenance.finish.desk import KINDS, Desk, content, dossier

TEXTS = ("srt", "json", "otio", "bin")
EMBEDDING = ("jpg", "png", "webp", "gif", "wav", "mp3", "flac", "m4a", "mp4", "mov", "pdf", "docx")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def credential_of(desk: Desk, file: Deliverable) -> Any:
    return read_credential(desk.out / file.path, anchors=desk.keys.anchors())


@pytest.mark.parametrize("kind", EMBEDDING)
def test_label_and_manifest_are_in_a_file_that_can_hold_them(desk: Desk, kind: str) -> None:
    (file,) = desk.deliver(desk.item(f"film.{kind}"))
    given = file.credentials
    assert given is not None
    (found,) = read_labels(desk.out / file.path)
    assert found.label == AigcLabel(label="1", produce_id=given.produce_id)
    assert found.carrier == given.aigc
    assert credential_of(desk, file).state == "Trusted"
    assert given.embedded
    assert file.beside == (f"film.{kind}.tlog-proof",)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_and_what_nobody_knows_keep_their_bytes_and_get_sidecars(
    desk: Desk, kind: str
) -> None:
    (file,) = desk.deliver(desk.item(f"film.{kind}"))
    assert (desk.out / file.path).read_bytes() == content(kind)
    assert file.sha256 == file.content_sha256
    assert file.beside == tuple(f"film.{kind}{e}" for e in (".aigc.json", ".c2pa", ".tlog-proof"))
    assert credential_of(desk, file).state == "Trusted"
    assert len(read_labels(desk.out / file.path)) == 1
    assert file.credentials is not None
    assert not file.credentials.embedded


def test_a_webvtt_carries_its_label_in_a_note_and_its_manifest_beside_it(desk: Desk) -> None:
    (file,) = desk.deliver(desk.item("film.vtt"))
    head, _, cues = (desk.out / file.path).read_text().partition("\n\n")
    assert head == "WEBVTT"
    assert cues.startswith("NOTE")
    assert cues.endswith(content("vtt").decode().partition("\n\n")[2])
    assert file.beside == ("film.vtt.c2pa", "film.vtt.tlog-proof")
    assert credential_of(desk, file).state == "Trusted"


def test_the_label_is_under_the_signature_and_the_signed_file_in_the_log(desk: Desk) -> None:
    """What is attached later covers what was attached before."""
    (file,) = desk.deliver(desk.item("film.jpg"))
    given, path = file.credentials, desk.out / file.path
    assert given is not None
    entry = desk.log.entry(given.index)
    assert (entry.sha256, entry.content_sha256) == (file.sha256, file.content_sha256)
    assert entry.manifest_sha256 == given.manifest_sha256
    assert entry.produce_id == given.produce_id
    # a label written after signing breaks the signature
    late = AigcLabel(label="1", produce_id="late")
    write_label(path, path.with_name("late.jpg"), media_type="image/jpeg", label=late)
    broken = read_credential(path.with_name("late.jpg"), anchors=desk.keys.anchors())
    assert broken.state == "Invalid"


def test_every_proof_checks_offline_with_the_logs_key_alone(desk: Desk) -> None:
    files = desk.deliver(*(desk.item(f"film.{kind}") for kind in ("jpg", "png", "srt", "bin")))
    for number, file in enumerate(files):
        text = (desk.out / f"{file.path}.tlog-proof").read_text()
        result = check_proof(text, log_key=desk.log.vkey())
        assert result.included
        assert (result.index, result.size) == (number, 4)
        assert entry_in(text).sha256 == file.sha256


def test_what_is_delivered_is_found_sound_by_verify(desk: Desk) -> None:
    kinds = ("jpg", "png", "mp4", "m4a", "srt", "vtt", "bin")
    desk.deliver(*(desk.item(f"film.{kind}", producer="Tidewater") for kind in kinds))
    desk.deliver(*(desk.item(f"film.{kind}", producer="Tidewater") for kind in kinds))
    checked = verify(VerifyRequest(files=(desk.out,), quick=True), home=desk.home)
    of = {Path(report.path).name: report.verdict for report in checked.reports}
    for kind in kinds:
        assert of[f"film.{kind}"].kind == "intact", (kind, of[f"film.{kind}"])
        assert of[f"film.{kind}"].sound


def test_profile_none_is_said_in_the_manifest(desk: Desk) -> None:
    (file,) = desk.deliver(desk.item("film.jpg", profile="none", generated=()))
    claim = credential_of(desk, file).claim
    assert claim["label"] == {
        "profile": "none",
        "statement": "no visible or audible label was asked for",
    }
    assert read_labels(desk.out / file.path) == ()
    assert file.credentials is not None
    assert (file.credentials.profile, file.credentials.aigc) == ("none", None)


def test_every_manifest_is_kept_by_its_digest(desk: Desk) -> None:
    files = desk.deliver(desk.item("film.jpg"), desk.item("film.srt"))
    kept = {path.name for path in (desk.home / "log" / "manifests").iterdir()}
    given = [file.credentials.manifest_sha256 for file in files if file.credentials]
    assert kept == {f"{digest}.c2pa" for digest in given}
    for digest in given:
        data = (desk.home / "log" / "manifests" / f"{digest}.c2pa").read_bytes()
        plain = desk.out / "film.srt"
        assert read_credential(plain, anchors=b"", manifest=data).state != "none"


def test_a_label_in_the_content_that_the_dossier_denies_is_refused(desk: Desk) -> None:
    """Nothing leaves that says of itself what its dossier does not."""
    labelled = desk.folder / "labelled.jpg"
    plain = desk.folder / "plain.jpg"
    plain.write_bytes(content("jpg"))
    write_label(plain, labelled, media_type="image/jpeg", label=AigcLabel(label="1"))
    with pytest.raises(ProvenanceError, match="label does not read back"):
        desk.write(desk.item("film.jpg", labelled.read_bytes(), generated=()))
    assert desk.log.head().size == 0


def test_content_that_is_not_what_it_is_said_to_be_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(ProvenanceError, match=r"film\.jpg"):
        desk.write(desk.item("film.jpg", b"\xff\xd8 no picture at all"))
    assert not (desk.out / "film.jpg").exists()
    assert desk.log.head().size == 0


def test_a_time_stamp_service_that_is_down_is_said_and_stops_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TIME_STAMP_VARIABLE, "http://127.0.0.1:9/")
    (file,) = desk.deliver(desk.item("film.jpg"))
    assert file.credentials is not None
    assert not file.credentials.time_stamped
    assert any("without a time stamp" in said for said in desk.said)


def test_the_time_of_an_entry_is_when_it_was_signed(desk: Desk) -> None:
    begun = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    desk.deliver(desk.item("film.jpg"))
    (entry,) = desk.entries()
    assert begun <= datetime.datetime.fromisoformat(entry.time)
    assert datetime.datetime.fromisoformat(entry.time) <= datetime.datetime.now(datetime.UTC)


def test_no_title_prompt_or_path_is_in_the_log(desk: Desk) -> None:
    desk.deliver(desk.item("secret-name.jpg", title="A secret title", disclosed={"script": "psst"}))
    (entry,) = desk.entries()
    assert "secret" not in json.dumps(entry.model_dump())
    assert "psst" not in json.dumps(entry.model_dump())


PASSING = {
    "receipt_sha256": "cd" * 32,
    "lineage": Lineage(sha256="ef" * 32, steps=3, made=1, named=()),
}
LASTING = {
    "title": "Another title",
    "profile": "eu",
    "label_text": "AI voice",
    "language": "zh",
    "marks": ("0123456789",),
    "disclosed": {"script": "words"},
    "producer": "Somebody",
}


def test_files_that_earlier_versions_signed_keep_their_identity() -> None:
    """Else every delivery would be signed and logged anew; taken from the version that named every
    step."""
    claim = ManifestClaim(
        title="Spring tide",
        media_type="video/mp4",
        profile="both",
        label_text="AI",
        generated=("voice",),
        source_type="compositeWithTrainedAlgorithmicMedia",
        parts=(Part(what="voice", source_type="trainedAlgorithmicMedia", model="kokoro"),),
        models=(
            ModelUsed(name="kokoro", sha256="1" * 64, licence="Apache-2.0", capability="voice"),
        ),
        sources=(
            SourceUsed(
                title="a.png",
                media_type="image/png",
                sha256="2" * 64,
                path="/x/a.png",
                kind="digitalCapture",
                used_as="picture",
            ),
        ),
        receipt_sha256="3" * 64,
        produce_id="berg-1",
        marks=("0123456789",),
        mark_key="f" * 16,
        language="en",
    )
    about = Dossier(claim=claim, aigc=AigcLabel(label="1", produce_id="berg-1"))
    identity = about.identity("4" * 64, signer="Studio", place="/out/film.mp4")
    assert identity == "18991575b075b893c4b556b8a245cb292cc87c10af852530e05ad0fac8aa1ee1"


def test_a_files_identity_is_what_it_says_and_not_how_it_came_to_be() -> None:
    def identity(**claimed: Any) -> str:
        about = dossier("ef" * 32, "image/jpeg", **claimed)
        return about.identity("ef" * 32, signer="s", place="/out/film.jpg")

    assert identity(**PASSING) == identity()
    others = {name: identity(**{name: value}) for name, value in LASTING.items()}
    assert len({*others.values(), identity()}) == len(others) + 1
    about: Dossier = dossier("ef" * 32, "image/jpeg")
    places = {
        about.identity("ef" * 32, signer=signer, place=place)
        for signer in ("s", "t")
        for place in ("/out/film.jpg", "/out/other.jpg")
    }
    assert len(places) == 4


def test_a_file_is_signed_aside_under_a_name_with_its_own_ending(desk: Desk) -> None:
    item = desk.item("film.mp4")
    desk.out.mkdir()
    work = FileToFinish(
        content=desk.store.path(item.asset),
        content_sha256=item.asset.sha256,
        target=desk.out / item.path,
        dossier=item.dossier,
    )
    made = desk.finisher.sign(work)
    assert desk.names() == {".signing.film.mp4"}
    assert aside(work.target).stat().st_size == made.size
    assert KINDS["mp4"][0] == item.asset.media_type
