"""Time stamps: asked for, proved, and when there is none, said; a delivery is never lost."""

import shutil
import subprocess
from pathlib import Path

import pytest

from berg.provenance.manifest import read_credential, sign_file, stamping
from tests.provenance.certificates import DAY, NOW, SERVER, STAMPING, make, root
from tests.provenance.manifest.samples import ROOT, claim, put, signer
from tests.provenance.manifest.stamps import der, integer, reply, serving

STAMP_ROOT = root("Time Ltd")
STAMPER = make("Stamper Ltd", STAMP_ROOT, uses=(STAMPING,))


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamping, "_failed", {})
    monkeypatch.setattr(stamping, "_proven", set())


def test_a_time_stamp_says_when_and_by_whom(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "jpg")
    with serving(STAMPER, now=NOW - DAY / 2) as url:
        signed = sign_file(source, source, claim=claim(media_type), signer=signer(url=url))
    assert signed.time_stamped
    assert signed.notice is None
    found = read_credential(source, anchors=ROOT.pem + STAMP_ROOT.pem)
    assert (found.state, found.time_stamped, found.stamp_trusted) == ("Trusted", True, True)
    assert found.stamped_by == "Stamper Ltd"
    assert found.signed_at == (NOW - DAY / 2).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def test_a_stamper_that_nobody_knows_is_told_apart(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "mp4")
    with serving(STAMPER) as url:
        assert sign_file(
            source, source, claim=claim(media_type), signer=signer(url=url)
        ).time_stamped
    found = read_credential(source, anchors=ROOT.pem)
    assert (found.state, found.time_stamped, found.stamp_trusted) == ("Trusted", True, False)


def test_without_a_service_there_is_no_time(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "jpg")
    assert not sign_file(source, source, claim=claim(media_type), signer=signer()).time_stamped
    found = read_credential(source, anchors=ROOT.pem)
    assert (found.time_stamped, found.signed_at, found.stamped_by) == (False, None, None)


@pytest.mark.parametrize("answer", [b"", b"rubbish", der(0x30, der(0x30, integer(2)))])
def test_a_service_that_gives_no_token_costs_the_stamp_alone(tmp_path: Path, answer: bytes) -> None:
    source, media_type = put(tmp_path, "jpg")
    with serving(answer) as url:
        signed = sign_file(source, source, claim=claim(media_type), signer=signer(url=url))
    assert not signed.time_stamped
    assert "what it gave is no time stamp" in (signed.notice or "")
    assert url in (signed.notice or "")
    assert read_credential(source, anchors=ROOT.pem).state == "Trusted"


def test_a_service_that_is_down_is_said_in_the_same_short_words_for_every_file(
    tmp_path: Path,
) -> None:
    source, media_type = put(tmp_path, "jpg")
    url = "http://me:secret@127.0.0.1:9/stamp?token=secret"
    for name in ("a.jpg", "b.jpg"):
        signed = sign_file(source, tmp_path / name, claim=claim(media_type), signer=signer(url=url))
        assert not signed.time_stamped
        assert signed.notice == (
            "files are delivered without a time stamp: http://127.0.0.1:9/stamp gave none (it "
            "can't be reached). Mend that, or name another service, or none, with `berg keys "
            "import --timestamp URL`; to have one, delete the files and make them again"
        )
        assert read_credential(tmp_path / name, anchors=ROOT.pem).state == "Trusted"


def test_after_a_rest_the_service_is_asked_again() -> None:
    stamping.note_failure("u", "it was down", now=100.0)
    assert stamping.why_not("u", now=100.0 + stamping.REST_S - 1) == "it was down"
    assert stamping.why_not("u", now=100.0 + stamping.REST_S) is None
    assert stamping.why_not("other", now=100.0) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("x: error sending request for url (http://a)", "it can't be reached"),
        ("HTTP error (status = 503, content-type = None)", "it answered with HTTP status 503"),
        ("internal error (decode error (unable", "what it gave is no time stamp"),
        ("operation timed out", "it gave no answer in time"),
        ("y" * 500, "y" * 119 + "…"),
    ],
)
def test_reasons_are_a_few_words(said: str, told: str) -> None:
    assert stamping.reason_in(said) == told


def test_a_stamp_that_readers_would_refuse_is_left_out(tmp_path: Path) -> None:
    source, media_type = put(tmp_path, "jpg")
    wrong = make("Web Ltd", STAMP_ROOT, uses=(SERVER,))
    with serving(wrong) as url:
        signed = sign_file(source, source, claim=claim(media_type), signer=signer(url=url))
    assert not signed.time_stamped
    found = read_credential(source, anchors=ROOT.pem)
    assert (found.state, found.history) == ("Trusted", ())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl program here")
def test_the_tests_own_tokens_are_what_openssl_takes(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"claim")
    (tmp_path / "root.pem").write_bytes(STAMP_ROOT.pem)
    query = ["openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"]
    subprocess.run(query, cwd=tmp_path, check=True, capture_output=True)
    answer = reply((tmp_path / "query").read_bytes(), STAMPER, now=NOW)
    (tmp_path / "answer").write_bytes(answer)
    verify = ["openssl", "ts", "-verify", "-queryfile", "query", "-in", "answer"]
    done = subprocess.run(
        [*verify, "-CAfile", "root.pem"], cwd=tmp_path, check=False, capture_output=True
    )
    assert b"Verification: OK" in done.stdout, done.stderr
