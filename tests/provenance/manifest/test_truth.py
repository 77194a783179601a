"""What a manifest says is true, and what is wrong with one is said in plain words."""

import dataclasses
from pathlib import Path
from typing import Any

import c2pa
import pytest

from berg.errors import MediaError
from berg.provenance.keys import Signer
from berg.provenance.keys.signer import sign_with
from berg.provenance.manifest import (
    Credential,
    Lineage,
    ModelUsed,
    Part,
    SourceUsed,
    StepUsed,
    read_credential,
    sign_file,
)
from berg.provenance.manifest.problems import WORDS, words_for
from tests.provenance.certificates import DAY, NOW, Made, make, root
from tests.provenance.manifest.samples import LEAF, ROOT, claim, put, signer
from tests.provenance.manifest.stamps import serving

DIGEST = "cd" * 32


def signed(tmp_path: Path, extension: str = "jpg", name: str = "signed", **said: Any) -> Path:
    source, media_type = put(tmp_path, extension)
    target = tmp_path / f"{name}.{extension}"
    sign_file(source, target, claim=claim(media_type, **said), signer=signer(), anchors=ROOT.pem)
    return target


def read(path: Path, anchors: bytes = ROOT.pem) -> Credential:
    return read_credential(path, anchors=anchors)


def source(path: Path, **given: Any) -> SourceUsed:
    said: dict[str, Any] = {
        "title": path.name,
        "media_type": "image/jpeg",
        "sha256": DIGEST,
        "path": str(path),
        "kind": "digitalCapture",
        "used_as": "picture",
    }
    return SourceUsed(**{**said, **given})


def test_everything_that_is_claimed_is_told(tmp_path: Path) -> None:
    path = signed(
        tmp_path,
        generated=("voice",),
        parts=(
            Part(what="voice", source_type="trainedAlgorithmicMedia", model="kokoro"),
            Part(what="type", source_type="algorithmicMedia"),
        ),
        models=(
            ModelUsed(name="kokoro", sha256=DIGEST, licence="Apache-2.0", capability="speech"),
        ),
        lineage=Lineage(
            sha256=DIGEST,
            steps=9,
            made=1,
            named=(StepUsed(name="short/en/voice", capability="speech", version=3, key="k1"),),
        ),
        marks=("0123456789", "abcdef0123"),
        mark_key="f" * 16,
        digests={"script": DIGEST},
        disclosed={"prompt": "a harbour"},
        language="en",
    )
    found = read(path)
    told = found.claim or {}
    assert told["label"] == {"profile": "both", "text": "AI generated"}
    assert told["generated"] == ["voice"]
    assert [part["what"] for part in told["parts"]] == ["voice", "type"]
    assert told["parts"][0]["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert told["models"][0]["sha256"] == DIGEST
    assert told["lineage"] == {
        "sha256": DIGEST,
        "count": 9,
        "made": 1,
        "steps": ["short/en/voice speech/3 k1"],
    }
    assert told["receiptSha256"] == "ab" * 32
    assert told["produceId"] == "p-1"
    assert told["sha256"] == {"script": DIGEST}
    assert told["disclosed"] == {"prompt": "a harbour"}
    assert told["watermark"]["key"] == "f" * 16
    assert found.marks == ("0123456789", "abcdef0123")
    assert found.actions == ("c2pa.created", "c2pa.watermarked.bound")
    assert found.source_types == ("compositeWithTrainedAlgorithmicMedia",)
    assert found.generator is not None
    assert found.generator.startswith("berg/")
    assert (found.title, found.issuer, found.name) == ("A film", "Studio", "Studio")
    assert found.serial == str(LEAF.certificate.serial_number)


def test_where_no_label_was_asked_for_the_manifest_says_so(tmp_path: Path) -> None:
    found = read(signed(tmp_path, profile="none", label_text=None))
    assert (found.claim or {})["label"]["statement"] == "no visible or audible label was asked for"


def test_nothing_but_the_claim_is_disclosed(tmp_path: Path) -> None:
    photo, _ = put(tmp_path, "png")
    path = signed(
        tmp_path,
        digests={"script": DIGEST},
        sources=(source(photo, title="photo 1", media_type="image/png"),),
    )
    data = path.read_bytes()
    assert b"photo 1" in data
    assert str(tmp_path).encode() not in data
    assert b"x.png" not in data


def test_a_manifest_of_the_first_form_still_reads() -> None:
    """It named every step, and its lineage's digest was over their lines."""
    old = Path(__file__).with_name("production1.png")
    credential = read_credential(old, anchors=ROOT.pem)
    assert credential.title == "A film"
    told = credential.claim or {}
    assert (told["version"], told["lineage"]["count"]) == (1, 2)
    assert [line.split()[0] for line in told["lineage"]["steps"]] == [
        "squares/small",
        "squares/large",
    ]


def test_each_source_is_an_ingredient_with_its_own_manifest(tmp_path: Path) -> None:
    inner = signed(tmp_path, "png", "inner", source_type="digitalCapture")
    plain, _ = put(tmp_path, "wav")
    clip = signed(tmp_path, "mp4", "clip")
    path = signed(
        tmp_path,
        sources=(
            source(inner, media_type="image/png"),
            source(plain, media_type="audio/wav", used_as="music"),
            source(clip, media_type="video/mp4", used_as="footage"),
            source(tmp_path / "gone.txt", media_type="text/plain"),
        ),
    )
    found = read(path)
    assert found.state == "Trusted"
    told = {one.title: one for one in found.history}
    assert set(told) == {"inner.png", "x.wav", "clip.mp4", "gone.txt"}
    assert {one.relationship for one in found.history} == {"componentOf"}
    assert (told["inner.png"].state, told["inner.png"].issuer) == ("Valid", "Studio")
    assert told["inner.png"].source_types == ("digitalCapture",)
    assert told["clip.mp4"].state == "Valid"
    assert told["x.wav"].state == "none"
    assert found.actions.count("c2pa.placed") == 4


def test_a_source_whose_manifest_is_broken_is_told_as_such(tmp_path: Path) -> None:
    inner = signed(tmp_path, "jpg", "inner")
    data = bytearray(inner.read_bytes())
    data[-20] ^= 1
    inner.write_bytes(data)
    path = signed(tmp_path, "png", sources=(source(inner),))
    found = read(path)
    assert found.state == "Trusted"
    assert found.history[0].state == "Invalid"
    assert "changed after it was signed" in found.history[0].problems[0]


def test_a_users_file_that_was_edited_is_the_parent(tmp_path: Path) -> None:
    original = signed(tmp_path, "jpg", "original", source_type="digitalCapture")
    found = read(signed(tmp_path, "png", sources=(source(original, role="parent"),)))
    assert found.actions == ("c2pa.opened", "c2pa.edited")
    assert [one.relationship for one in found.history] == ["parentOf"]
    assert found.history[0].state == "Valid"


def test_a_parent_without_a_manifest_is_a_parent_all_the_same(tmp_path: Path) -> None:
    original, _ = put(tmp_path, "jpg")
    found = read(signed(tmp_path, "png", sources=(source(original, role="parent"),)))
    assert found.state == "Trusted"
    assert [(one.relationship, one.state) for one in found.history] == [("parentOf", "none")]


def test_signing_again_keeps_the_history(tmp_path: Path) -> None:
    path = signed(tmp_path)
    for _ in range(3):
        sign_file(path, path, claim=claim("image/jpeg"), signer=signer(), anchors=ROOT.pem)
    found, depth = read(path), 0
    history = found.history
    while history:
        assert [one.relationship for one in history] == ["parentOf"]
        assert history[0].state == "Valid"
        history, depth = history[0].history, depth + 1
    assert (found.state, depth) == ("Trusted", 3)


def test_another_tools_manifest_is_read(tmp_path: Path) -> None:
    photo, media_type = put(tmp_path, "jpg")
    definition = {
        "claim_generator_info": [{"name": "Another Tool", "version": "7"}],
        "title": "holiday",
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {
                    "actions": [
                        {
                            "action": "c2pa.created",
                            "digitalSourceType": "http://cv.iptc.org/newscodes/"
                            "digitalsourcetype/trainedAlgorithmicMedia",
                        }
                    ]
                },
            }
        ],
    }
    info = c2pa.C2paSignerInfo(b"es256", LEAF.pem, LEAF.key_pem, None)
    settings = c2pa.Settings.from_dict({"builder": {"thumbnail": {"enabled": False}}})
    target = tmp_path / "theirs.jpg"
    with (
        c2pa.Context(settings=settings) as context,
        c2pa.Signer.from_info(info) as native,
        c2pa.Builder(definition, context=context) as builder,
        photo.open("rb") as file,
        target.open("w+b") as out,
    ):
        builder.sign(native, media_type, file, out)
    found = read(target)
    assert (found.state, found.generator, found.title) == ("Trusted", "Another Tool/7", "holiday")
    assert found.source_types == ("trainedAlgorithmicMedia",)
    assert found.claim is None


def test_a_file_without_a_manifest_has_none(tmp_path: Path) -> None:
    for extension in ("jpg", "mp4", "txt", "ogg", "pdf", "docx", "svg"):
        path, _ = put(tmp_path, extension)
        assert read(path) == Credential(state="none")


def test_a_file_that_is_stripped_has_none_and_says_nothing_more(tmp_path: Path) -> None:
    from PIL import Image

    path = signed(tmp_path)
    with Image.open(path) as picture:
        picture.save(tmp_path / "again.jpg")
    assert read(tmp_path / "again.jpg").state == "none"


def test_one_changed_byte_is_said_in_words(tmp_path: Path) -> None:
    path = signed(tmp_path)
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    found = read(path)
    assert found.state == "Invalid"
    assert found.problems == (WORDS["assertion.dataHash.mismatch"],)
    assert "changed after it was signed" in found.problems[0]


def segments(data: bytes) -> bytes:
    """A JPEG's APP11 segments: where its manifest lies."""
    found, at = b"", 2
    while data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        found += data[at : at + size] if data[at + 1] == 0xEB else b""
        at += size
    return found


def test_another_files_manifest_is_found_out(tmp_path: Path) -> None:
    manifest = segments(signed(tmp_path).read_bytes())
    from PIL import Image

    other = tmp_path / "other.jpg"
    Image.new("RGB", (64, 48), "red").save(other)
    data = other.read_bytes()
    other.write_bytes(data[:2] + manifest + data[2:])
    found = read(other)
    assert found.state == "Invalid"
    assert "belongs to another file" in found.problems[0]


def test_a_statement_that_was_changed_is_found_out(tmp_path: Path) -> None:
    path = signed(tmp_path, produce_id="p-12345")
    path.write_bytes(path.read_bytes().replace(b"p-12345", b"p-12346"))
    found = read(path)
    assert found.state == "Invalid"
    assert WORDS["assertion.hashedURI.mismatch"] in found.problems


def test_an_unknown_signer_is_valid_and_never_trusted(tmp_path: Path) -> None:
    path = signed(tmp_path)
    found = read(path, anchors=root("Others").pem)
    assert found.state == "Valid"
    assert found.codes == ("signingCredential.untrusted",)
    assert "not known here" in found.problems[0]


def expiring() -> tuple[Signer, Made]:
    """A signer whose certificate expired yesterday, which the library refuses to sign with.

    It is given one that is still good; what is signed names the expired one of the same length,
    and `forge` puts that into the file.
    """
    good = make("Studio", ROOT, key=LEAF.key)
    while True:
        old = make("Studio", ROOT, key=LEAF.key, start=NOW - 30 * DAY, end=NOW - DAY)
        if len(old_der(old)) == len(old_der(good)):
            break

    def sign(data: bytes) -> bytes:
        assert old_der(good) in data
        return sign_with(LEAF.key, "es256", data.replace(old_der(good), old_der(old)))

    return dataclasses.replace(signer(good), sign=sign), old


def old_der(made: Made) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return made.certificate.public_bytes(Encoding.DER)


def forge(path: Path, good: Signer, old: Made) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    current = x509.load_pem_x509_certificate(good.chain_pem).public_bytes(Encoding.DER)
    data = path.read_bytes()
    assert data.count(current) == 1
    path.write_bytes(data.replace(current, old_der(old)))


def test_an_expired_certificate_is_said(tmp_path: Path) -> None:
    path, media_type = put(tmp_path, "jpg")
    with_old, old = expiring()
    sign_file(path, path, claim=claim(media_type), signer=with_old)
    forge(path, with_old, old)
    found = read(path)
    assert found.state == "Invalid"
    assert any("expired" in problem for problem in found.problems)


def test_a_manifest_that_lies_elsewhere_isnt_fetched(tmp_path: Path) -> None:
    from berg.provenance.manifest import library
    from berg.provenance.manifest.signing import native_signer

    photo, media_type = put(tmp_path, "jpg")
    actions = {"actions": [{"action": "c2pa.created"}]}
    definition = {
        "claim_generator_info": [{"name": "x"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": actions}],
    }
    target = tmp_path / "remote.jpg"
    with serving(b"") as url:
        with (
            native_signer(signer(), time_stamp_url=None) as native,
            c2pa.Builder(definition, context=library.context(b"")) as builder,
            photo.open("rb") as file,
            target.open("w+b") as out,
        ):
            builder.set_no_embed()
            builder.set_remote_url(url)
            builder.sign(native, media_type, file, out)
        found = read(target)
    assert found.state == "none"
    assert "nothing was fetched" in found.problems[0]


def test_every_word_is_plain(tmp_path: Path) -> None:
    for code, words in WORDS.items():
        assert words == words_for(code)
        assert code not in words
        assert words[0].islower()
        assert not words.endswith(".")
    assert "no.such.code" in words_for("no.such.code")


def test_a_file_or_sidecar_that_cant_be_opened_is_said(tmp_path: Path) -> None:
    path, _ = put(tmp_path, "txt")
    for wrong in (tmp_path / "none", tmp_path):
        with pytest.raises(MediaError):
            read(wrong)
    with pytest.raises(MediaError, match="there is no"):
        read_credential(path, anchors=b"", sidecar=tmp_path / "none.c2pa")
