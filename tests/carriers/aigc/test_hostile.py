"""Files that are damaged, lie, or mean harm: one clear error or what can be read, and soon."""

import io
import random
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from berg.carriers.aigc import AigcLabel, read_labels, scan_labels, write_label
from berg.errors import BergError, MediaError
from tests.carriers.aigc.samples import MAKERS, document, sample

LABEL = AigcLabel(label="1", content_producer="somebody", produce_id="1")


@pytest.mark.parametrize("name", MAKERS)
def test_flipped_cut_and_stretched_files_give_berg_s_errors_alone(
    name: str, tmp_path: Path
) -> None:
    labelled, source, target = tmp_path / "labelled", tmp_path / "source", tmp_path / "target"
    source.write_bytes(sample(name))
    write_label(source, labelled, media_type=MAKERS[name][0], label=LABEL)
    sound = labelled.read_bytes()
    chance = random.Random(name)
    for _ in range(60):
        source.write_bytes(_mutated(sound, chance))
        for attempt in (
            lambda: read_labels(source),
            lambda: write_label(source, target, media_type=MAKERS[name][0], label=LABEL),
        ):
            with suppress(BergError):
                attempt()


def _mutated(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    most = len(made) if chance.random() < 0.5 else min(len(made), 600)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(most)
        made[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    if chance.random() < 0.3:
        del made[chance.randrange(1, len(made)) :]
    if chance.random() < 0.2:
        at = chance.randrange(len(made))
        made[at:at] = bytes(made[: chance.randrange(200)])
    return bytes(made)


def test_a_document_type_in_xmp_is_refused_and_expands_nothing(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "AIGC"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    path = tmp_path / "a.png"
    path.write_bytes(_png_with(b"XML:com.adobe.xmp\0\0\0\0\0" + bomb))

    found = read_labels(path)

    assert "document type" in found[0].text
    assert found[0].label is None


def test_xmp_of_a_thousand_levels_is_not_followed(tmp_path: Path) -> None:
    deep = b"<AIGC>" * 5000 + b"</AIGC>" * 5000
    path = tmp_path / "a.png"
    path.write_bytes(_png_with(b"XML:com.adobe.xmp\0\0\0\0\0" + deep))

    assert "nested deeper" in read_labels(path)[0].text


def test_inflating_text_stops_at_its_bound(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(64 << 20))
    path = tmp_path / "a.png"
    path.write_bytes(_png_with(b"AIGC\0\0" + bomb, name=b"zTXt"))

    assert read_labels(path)[0].label is None


def test_json_of_endless_brackets_is_no_label(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_png_with(b"AIGC\0" + b"[" * 60_000, name=b"tEXt"))

    assert read_labels(path)[0].label is None


def test_a_zip_bomb_in_a_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("docProps/custom.xml", bytes(64 << 20))

    scan = scan_labels(path)

    assert scan.damage is not None
    assert "larger than" in scan.damage


def test_yaml_that_refers_to_itself_grows_nothing(tmp_path: Path) -> None:
    lines = ["AIGC:", "  a0: &a0 [x, x]"]
    lines += [f"  a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    path = tmp_path / "a.md"
    path.write_text("---\n" + "\n".join(lines) + "\n---\n")

    assert read_labels(path)[0].label is None


def test_a_chunk_that_claims_four_gigabytes_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(sample("PNG")[:33] + struct.pack(">I4s", 0xFFFFFFF0, b"iTXt") + bytes(100))

    scan = scan_labels(path)

    assert scan.damage is not None
    with pytest.raises(MediaError, match="ends"):
        write_label(path, tmp_path / "b.png", media_type="image/png", label=LABEL)
    assert not (tmp_path / "b.png").exists()


def test_a_huge_film_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    head = sample("MP4, index last")
    with path.open("wb") as file:
        file.write(b"\0\0\0\x14ftypisom\0\0\0\0isom")
        file.write(struct.pack(">I4sQ", 1, b"mdat", 8 << 30))
        file.seek(20 + (8 << 30))
        file.write(head[head.rfind(b"moov") - 4 :])

    assert scan_labels(path).labels == ()
    assert scan_labels(path).damage is None


def test_an_encrypted_document_says_what_to_do(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sample("PDF"))))
    writer.encrypt("secret")
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        writer.write(file)

    with pytest.raises(MediaError, match="encrypted"):
        write_label(path, tmp_path / "b.pdf", media_type="application/pdf", label=LABEL)


def test_links_folders_and_empty_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("empty", "link", "missing", "."):
        with pytest.raises(MediaError):
            read_labels(tmp_path / name)


def test_a_sidecar_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(LABEL.to_json())
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt.aigc.json").symlink_to(tmp_path / "secret")

    assert read_labels(tmp_path / "a.txt") == ()


def test_a_document_whose_directory_is_empty_is_damaged(tmp_path: Path) -> None:
    whole = bytearray(document())
    whole[-14:-10] = bytes(4)  # its two counts of entries
    path = tmp_path / "a.docx"
    path.write_bytes(whole)

    damage = scan_labels(path).damage

    assert damage is not None
    assert "without entries" in damage


def test_other_archives_are_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")

    assert scan_labels(path).kind == "other"
    (tmp_path / "a.docx").write_bytes(document()[:-30])
    assert scan_labels(tmp_path / "a.docx").labels == ()


def _png_with(data: bytes, *, name: bytes = b"iTXt") -> bytes:
    whole = sample("PNG")
    crc = struct.pack(">I", zlib.crc32(name + data))
    return whole[:33] + struct.pack(">I", len(data)) + name + data + crc + whole[33:]
