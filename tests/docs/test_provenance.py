"""What docs/provenance.md says is so: its listing checks proofs, its verdicts are the code's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from berg.provenance.log.note import cosign, parse_note, verifier_of
from berg.provenance.verify.judge import SOUND
from tests.provenance.finish.desk import Desk
from tests.provenance.log.making import key_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "provenance.md").read_text(encoding="utf-8")
VERDICTS = (ROOT / "tests" / "provenance" / "verify" / "verdicts.txt").read_text(encoding="utf-8")
WITNESS = "witness.example/one"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A delivery of three files, beside the page's listing."""
    desk = Desk(tmp_path)
    listing = re.search(r"<!-- listing: check_proof.py -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    assert listing is not None
    (tmp_path / "check_proof.py").write_text(listing[1], encoding="utf-8")
    desk.deliver(desk.item("film.mp4"), desk.item("film.srt"), desk.item("film.jpg"))
    return desk


def checked(desk: Desk, name: str, *witnesses: str, key: str | None = None) -> tuple[int, str]:
    """Exit status of the listing and what it said, warnings being errors."""
    script, film = desk.folder / "check_proof.py", desk.out / name
    words = [sys.executable, "-I", "-O", str(script), str(film), key or desk.log.vkey(), *witnesses]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_listing_is_short_and_needs_nothing_of_bergs(desk: Desk) -> None:
    lines = (desk.folder / "check_proof.py").read_text(encoding="utf-8").splitlines()
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert len(lines) <= 60
    assert imported == {"base64,", "cryptography.hazmat.primitives.asymmetric.ed25519"}


@pytest.mark.parametrize("name", ["film.mp4", "film.srt", "film.jpg"])
def test_the_listing_agrees_that_a_delivery_is_in_the_log(desk: Desk, name: str) -> None:
    status, said = checked(desk, name)
    assert status == 0, said
    assert f"of 3 in {desk.log.origin}" in said
    assert '"produce_id":"berg-' in said


def test_one_changed_byte_is_noticed(desk: Desk) -> None:
    film = desk.out / "film.mp4"
    film.write_bytes(film.read_bytes()[:-1] + b"!")
    assert checked(desk, "film.mp4") == (1, "NO: it is of another file\n")


def test_the_proof_of_another_file_is_noticed(desk: Desk) -> None:
    (desk.out / "film.srt.tlog-proof").replace(desk.out / "film.mp4.tlog-proof")
    assert checked(desk, "film.mp4") == (1, "NO: it is of another file\n")


@pytest.mark.parametrize("index", [1, 2, 3, 400])
def test_another_place_in_the_log_is_noticed(desk: Desk, index: int) -> None:
    proof = desk.out / "film.mp4.tlog-proof"
    text = proof.read_text(encoding="utf-8")
    assert "\nindex 0\n" in text
    proof.write_text(text.replace("\nindex 0\n", f"\nindex {index}\n"), encoding="utf-8")
    status, said = checked(desk, "film.mp4")
    assert status == 1
    assert said.startswith("NO: ")


def test_the_key_of_another_log_is_noticed(desk: Desk) -> None:
    other = verifier_of(key_of("another log"), name=desk.log.origin).vkey()
    status, said = checked(desk, "film.mp4", key=other)
    assert (status, said) == (1, f"NO: {desk.log.origin} did not sign\n")


def test_a_checkpoint_that_the_log_did_not_sign_is_noticed(desk: Desk) -> None:
    proof = desk.out / "film.mp4.tlog-proof"
    text = proof.read_text(encoding="utf-8")
    proof.write_text(text.replace("\n3\n", "\n4\n", 1), encoding="utf-8")
    status, said = checked(desk, "film.mp4")
    assert status == 1
    assert "InvalidSignature" in said


def test_a_witness_is_named_with_its_time_or_missed(desk: Desk) -> None:
    key = key_of("witness")
    vkey = verifier_of(key, name=WITNESS, kind=4).vkey()
    assert checked(desk, "film.mp4", vkey) == (1, f"NO: {WITNESS} did not sign\n")
    note = parse_note(desk.log.checkpoint())
    desk.log.add_cosignatures(note, [cosign(note.text, key, name=WITNESS, time=1_795_345_275)])
    (desk.out / "film.mp4.tlog-proof").write_text(desk.log.proof(0), encoding="utf-8")
    status, said = checked(desk, "film.mp4", vkey)
    assert status == 0, said
    assert said.endswith(f"{WITNESS} at 1795345275\n")


def test_the_page_lists_the_verdicts_that_there_are() -> None:
    judge = (ROOT / "src/berg/provenance/verify/judge.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `[a-z]+` \| .* \| (?:yes|no) \|$", judge, re.MULTILINE)
    assert len(rows) == 11
    assert [row for row in rows if row not in PAGE] == []
    assert {row.split("`")[1] for row in rows if row.endswith("| yes |")} == SOUND


def test_the_page_quotes_verdicts_as_they_are_worded() -> None:
    quotes = re.findall(r"^> \*\*[a-z]+(?:\.\*\*|\*\*, .*?\.) (.*)$", PAGE, re.MULTILINE)
    assert len(quotes) == 6
    worded = [re.sub(r"watermark [0-9a-f]{10}", "watermark ID", quote) for quote in quotes]
    assert [quote for quote in worded if quote not in VERDICTS] == []


def test_links_to_files_of_this_project_lead_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_links_within_the_page_lead_to_a_heading() -> None:
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in PAGE.splitlines()
        if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= headings
