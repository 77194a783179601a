"""Files made to harm a reader: always an answer, never an exception, in bounded time and memory."""

import random
from pathlib import Path

import pytest

from berg.provenance.manifest import read_credential, sign_file
from berg.provenance.manifest.problems import TOO_LONG
from berg.provenance.manifest.summary import DEPTH, TOTAL, WIDTH, credential_of
from tests.provenance.manifest.samples import INSIDE, ROOT, claim, put, signer

FOUL = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x9f" * 4, b"\x5b\xff\xff\xff")


def mangled(data: bytes, rng: random.Random) -> bytes:
    """Bytes changed, taken out, doubled or cut off, mostly where the manifest is."""
    changed = bytearray(data)
    start = max(0, data.find(b"jumb") - 40)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        near = min(len(changed) - 1, start + rng.randrange(13000))
        at = near if rng.random() < 0.6 else rng.randrange(len(changed))
        how = rng.random()
        if how < 0.4:
            changed[at] = rng.randrange(256)
        elif how < 0.7:
            changed[at : at + 4] = rng.choice(FOUL)
        elif how < 0.8:
            del changed[at : at + rng.randrange(1, 200)]
        elif how < 0.9:
            changed[at:at] = changed[max(0, at - 100) : at]
        else:
            del changed[at + 1 :]
    return bytes(changed)


@pytest.mark.parametrize("extension", INSIDE)
def test_a_mangled_file_gets_an_answer(tmp_path: Path, extension: str) -> None:
    path, media_type = put(tmp_path, extension)
    sign_file(path, path, claim=claim(media_type), signer=signer(), sync=False)
    whole, rng = path.read_bytes(), random.Random(extension)
    for _ in range(30):
        path.write_bytes(mangled(whole, rng))
        assert read_credential(path, anchors=ROOT.pem).state in (
            "none",
            "Invalid",
            "Valid",
            "Trusted",
        )


def test_a_mangled_sidecar_gets_an_answer(tmp_path: Path) -> None:
    path, media_type = put(tmp_path, "srt")
    manifest = sign_file(path, path, claim=claim(media_type), signer=signer()).manifest
    rng = random.Random(1)
    for _ in range(100):
        found = read_credential(path, anchors=ROOT.pem, manifest=mangled(manifest, rng))
        assert found.state in ("none", "Invalid", "Valid", "Trusted")


@pytest.mark.parametrize("manifest", [b"", b"\0", b"rubbish" * 1000, b"\xff" * 100])
def test_a_sidecar_of_rubbish_is_invalid(tmp_path: Path, manifest: bytes) -> None:
    path, _ = put(tmp_path, "srt")
    assert read_credential(path, anchors=b"", manifest=manifest).state in ("Invalid", "none")


def test_a_reader_is_kept_busy_no_longer_than_it_is_given(tmp_path: Path) -> None:
    path, media_type = put(tmp_path, "jpg")
    sign_file(path, path, claim=claim(media_type), signer=signer())
    found = read_credential(path, anchors=ROOT.pem, limit_s=0)
    assert (found.state, found.problems) == ("Invalid", (TOO_LONG,))


def count(history: tuple) -> int:  # type: ignore[type-arg]
    return sum(1 + count(one.history) for one in history)


def test_a_history_without_end_is_cut_short() -> None:
    many = [{"title": "x", "active_manifest": "a", "relationship": "componentOf"}] * (WIDTH * 2)
    found = credential_of(
        {"active_manifest": "a", "manifests": {"a": {"ingredients": many}}}, embedded=True
    )
    assert count(found.history) <= TOTAL
    depth, history = 0, found.history
    while history:
        depth, history = depth + 1, history[0].history
    assert depth <= DEPTH


def test_texts_are_short_and_on_one_line() -> None:
    nasty = {"title": "a\x1b[2J\n" + "x" * 10_000, "claim_generator_info": [{"name": "\u202e"}]}
    found = credential_of({"active_manifest": "a", "manifests": {"a": nasty}}, embedded=True)
    assert found.title is not None
    assert len(found.title) <= 300
    assert found.title.isprintable()
    assert (found.generator or "").isprintable()


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"manifests": {}},
        {"active_manifest": "a", "manifests": {"a": {"assertions": [1, None, {"data": 3}]}}},
        {"active_manifest": "a", "manifests": {"a": {"ingredients": [1, {"title": ["x"]}]}}},
        {"validation_state": "Splendid"},
    ],
)
def test_a_report_that_isnt_as_it_should_be_is_never_good(document: dict) -> None:  # type: ignore[type-arg]
    assert credential_of(document, embedded=True).state == "Invalid"
