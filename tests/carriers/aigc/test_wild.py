"""Labels as tools in the wild write them: found, and replaced by one."""

import hashlib
import html
import json
import struct
from pathlib import Path

import pytest

from berg.carriers.aigc import AigcLabel, read_labels, write_label
from tests.carriers.aigc.pictures import NAMESPACE, exif, jpeg, packet, png, png_xmp
from tests.carriers.aigc.samples import content, document, film, pdf, sample

LABEL = AigcLabel(label="1", content_producer="001191110102MACQD9K64010000", produce_id="7")
OURS = AigcLabel(label="1", content_producer="berg", produce_id="ours")
JSON = LABEL.to_json()
NESTED = json.dumps({"AIGC": json.loads(JSON)})
ELEMENT = f"<TC260:AIGC>{JSON}</TC260:AIGC>"
CAMEL = json.dumps({k[:1].lower() + k[1:]: v for k, v in json.loads(JSON).items()})
ESCAPED = html.escape(JSON)

VARIANTS: dict[str, tuple[str, bytes]] = {
    "an element of XMP": ("XMP (PNG iTXt)", png(png_xmp(packet(ELEMENT)))),
    "an element with entities": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet(f"<TC260:AIGC>{ESCAPED}</TC260:AIGC>"))),
    ),
    "an attribute": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet("", attributes=f'TC260:AIGC="{ESCAPED}"'))),
    ),
    "an attribute in single quotes": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet("", attributes=f"TC260:AIGC = '{JSON}'"))),
    ),
    "another prefix": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet(f'<q:AIGC xmlns:q="{NAMESPACE}">{JSON}</q:AIGC>'))),
    ),
    "a CDATA section": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet(f"<TC260:AIGC><![CDATA[{JSON}]]></TC260:AIGC>"))),
    ),
    "entities left in": (
        "XMP (PNG iTXt)",
        png(png_xmp(packet(f"<TC260:AIGC>{html.escape(ESCAPED)}</TC260:AIGC>"))),
    ),
    "tEXt of its own": ("PNG tEXt AIGC", png((b"tEXt", b"AIGC\0" + JSON.encode()))),
    "tEXt, nested": ("PNG tEXt AIGC", png((b"tEXt", b"AIGC\0" + NESTED.encode()))),
    "a comment": ("PNG tEXt Comment", png((b"tEXt", b"Comment\0" + NESTED.encode()))),
    "EXIF in a PNG": (
        "EXIF UserComment",
        png((b"eXIf", exif(b"ASCII\0\0\0" + NESTED.encode()))),
    ),
    "EXIF in a JPEG": (
        "EXIF UserComment",
        jpeg((0xE1, b"Exif\0\0" + exif(b"ASCII\0\0\0" + NESTED.encode()))),
    ),
    "EXIF in Unicode, the other byte order": (
        "EXIF UserComment",
        jpeg(
            (0xE1, b"Exif\0\0" + exif(b"UNICODE\0" + NESTED.encode("utf-16-be"), order=">")),
        ),
    ),
    "a bare segment": ("JPEG APP11", jpeg((0xEB, b"AIGC" + JSON.encode()))),
    "a JPEG's comment": ("JPEG comment", jpeg((0xFE, NESTED.encode()))),
    "single quotes, as Python prints": (
        "PNG tEXt AIGC",
        png((b"tEXt", b"AIGC\0" + str(json.loads(JSON)).encode())),
    ),
    "a string in a string": (
        "PNG tEXt AIGC",
        png((b"tEXt", b"AIGC\0" + json.dumps(JSON).encode())),
    ),
    "names in camel case": ("PNG tEXt AIGC", png((b"tEXt", b"AIGC\0" + CAMEL.encode()))),
    "front matter as YAML": (
        "front matter AIGC",
        (
            "---\ntitle: a\nAIGC:\n"
            + "".join(f"  {k}: '{v}'\n" for k, v in json.loads(JSON).items())
            + "tags: [b]\n---\ntext\n"
        ).encode(),
    ),
    "a PDF's information": ("PDF Info /AIGC", pdf(AIGC=JSON)),
    "a document's property": (
        "custom property AIGC",
        document(
            custom='<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'custom-properties" xmlns:vt="urn:v"><property fmtid="{D5}" pid="2" name="Kept">'
            f'<vt:lpwstr>yes</vt:lpwstr></property><property fmtid="{{D5}}" pid="3" name="AIGC">'
            f"<vt:lpwstr>{ESCAPED}</vt:lpwstr></property></Properties>"
        ),
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "source"


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_found_where_it_stands(path: Path, name: str) -> None:
    carrier, data = VARIANTS[name]
    path.write_bytes(data)

    assert [(found.carrier, found.label) for found in read_labels(path)] == [(carrier, LABEL)]


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_replaced_by_one(path: Path, name: str, tmp_path: Path) -> None:
    path.write_bytes(VARIANTS[name][1])
    target = tmp_path / "target"

    write_label(path, target, media_type="text/markdown", label=OURS)

    assert [found.label for found in read_labels(target)] == [OURS]
    if path.read_bytes()[:3] != b"---":
        assert content(target) == content(path)


def test_two_labels_in_two_places_become_one(path: Path, tmp_path: Path) -> None:
    twice = ELEMENT + ELEMENT
    both = png(
        png_xmp(packet(twice)),
        (b"tEXt", b"AIGC\0" + JSON.encode()),
        (b"eXIf", exif(b"ASCII\0\0\0" + NESTED.encode())),
    )
    path.write_bytes(both)
    assert len(read_labels(path)) == 4

    write_label(path, tmp_path / "target", media_type="image/png", label=OURS)

    assert [found.label for found in read_labels(tmp_path / "target")] == [OURS]
    assert JSON.encode() not in (tmp_path / "target").read_bytes()


def test_other_xmp_is_kept_to_the_byte(path: Path, tmp_path: Path) -> None:
    kept = "<dc:title>  Tides &amp; <![CDATA[<ebb>]]> </dc:title><!-- by hand -->"
    path.write_bytes(png(png_xmp(packet(kept + ELEMENT, attributes='dc:format="a"'))))

    write_label(path, tmp_path / "target", media_type="image/png", label=OURS)

    made = (tmp_path / "target").read_bytes()
    assert packet(kept, attributes='dc:format="a"').partition(b"</rdf:RDF>")[0] in made
    assert made.count(b"</rdf:RDF>") == 1


def test_a_picture_labelled_twice_is_no_larger_than_once(path: Path, tmp_path: Path) -> None:
    path.write_bytes(png(png_xmp(packet("<dc:title>a</dc:title>"))))
    once, twice = tmp_path / "once", tmp_path / "twice"

    write_label(path, once, media_type="image/png", label=OURS)
    write_label(once, twice, media_type="image/png", label=OURS)

    assert once.read_bytes() == twice.read_bytes()


def test_extended_xmp_is_read_and_freed_of_labels(path: Path, tmp_path: Path) -> None:
    far = packet(ELEMENT + "<dc:title>far</dc:title>")
    name = hashlib.md5(far, usedforsecurity=False).hexdigest().upper()
    main = packet(
        "", attributes=f'xmlns:n="http://ns.adobe.com/xmp/note/" n:HasExtendedXMP="{name}"'
    )
    pieces = [far[:300], far[300:]]
    segments = [(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + main)]
    for at, piece in zip((0, 300), pieces, strict=True):
        head = b"http://ns.adobe.com/xmp/extension/\0" + name.encode()
        segments.append((0xE1, head + struct.pack(">II", len(far), at) + piece))
    path.write_bytes(jpeg(*segments))
    assert [found.carrier for found in read_labels(path)] == ["Extended XMP (JPEG APP1)"]

    write_label(path, tmp_path / "target", media_type="image/jpeg", label=OURS)

    made = (tmp_path / "target").read_bytes()
    new = hashlib.md5(packet("<dc:title>far</dc:title>"), usedforsecurity=False).hexdigest()
    assert [found.label for found in read_labels(tmp_path / "target")] == [OURS]
    assert made.count(new.upper().encode()) == 2  # in the packet, and before its one piece


def test_front_matter_keeps_its_other_keys(path: Path, tmp_path: Path) -> None:
    path.write_bytes(VARIANTS["front matter as YAML"][1])

    write_label(path, tmp_path / "target", media_type="text/markdown", label=OURS)

    made = (tmp_path / "target").read_text()
    assert made == f"---\ntitle: a\ntags: [b]\nAIGC: {OURS.to_json()}\n---\ntext\n"


def test_a_document_keeps_its_other_properties(path: Path, tmp_path: Path) -> None:
    path.write_bytes(VARIANTS["a document's property"][1])

    write_label(path, tmp_path / "target", media_type="", label=OURS)

    made = (tmp_path / "target").read_bytes()
    assert b'name="Kept"><vt:lpwstr>yes</vt:lpwstr>' in made
    assert made.count(b'name="AIGC"') == 1


def test_a_film_s_tags_of_itunes_s_kind_stay(tmp_path: Path) -> None:
    import av

    plain, titled, target = tmp_path / "a.mp4", tmp_path / "b.mp4", tmp_path / "c.mp4"
    plain.write_bytes(film("mp4"))
    with av.open(str(plain)) as source, av.open(str(titled), "w") as made:
        made.metadata["title"] = "Tides"
        copies = [made.add_stream_from_template(s, opaque=True) for s in source.streams]
        for packed in source.demux():
            if packed.dts is not None:
                packed.stream = copies[packed.stream_index]
                made.mux(packed)

    write_label(titled, target, media_type="video/mp4", label=OURS)

    with av.open(str(target)) as opened:
        assert opened.metadata["title"] == "Tides"
        assert opened.metadata["AIGC"] == OURS.to_json()
    assert content(target) == content(titled)


def test_ordinary_comments_are_no_labels(path: Path) -> None:
    path.write_bytes(png((b"tEXt", b'Comment\0{"Label": "a jar", "by": "me"}')))

    assert read_labels(path) == ()


def test_a_sound_sample_file_keeps_its_chunks(path: Path, tmp_path: Path) -> None:
    whole = sample("WAV")
    info = (
        b"LIST" + struct.pack("<I", 4 + 12) + b"INFO" + b"IART" + struct.pack("<I", 3) + b"me\0\0"
    )
    path.write_bytes(whole[:4] + struct.pack("<I", len(whole) - 8 + len(info)) + whole[8:] + info)

    write_label(path, tmp_path / "target", media_type="audio/wav", label=OURS)

    assert (tmp_path / "target").read_bytes()[8 : path.stat().st_size] == path.read_bytes()[8:]
