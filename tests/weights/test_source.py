import pytest

from berg.weights.source import parse_source


def test_a_file_in_a_wheel() -> None:
    source = parse_source("pypi:fontpkg-inter==4.1.post1#fontpkg_inter/files/Inter[opsz,wght].ttf")
    assert (source.package, source.version) == ("fontpkg-inter", "4.1.post1")
    assert source.path == "fontpkg_inter/files/Inter[opsz,wght].ttf"
    assert source.in_archive
    assert not source.unbuilt


def test_a_file_in_a_source_archive_is_known_by_its_top_folder() -> None:
    assert parse_source("pypi:gruut-lang-en==2.0.1#gruut_lang_en-2.0.1/g2p/model.crf").unbuilt
    assert not parse_source("pypi:gruut-lang-en==2.0.1#gruut_lang_en/g2p/model.crf").unbuilt


def test_scoped_npm_packages_and_hub_revisions() -> None:
    scoped = parse_source("npm:@mediapipe/face_mesh@0.4.1#package/a.bin")
    assert (scoped.package, scoped.version) == ("@mediapipe/face_mesh", "0.4.1")
    hub = parse_source("hf:org/repo@refs/pr/1#onnx/model.onnx")
    assert (hub.package, hub.version, hub.path) == ("org/repo", "refs/pr/1", "onnx/model.onnx")
    assert not hub.in_archive


def test_an_address_and_a_bucket_are_told_without_what_follows() -> None:
    there = parse_source("https://models.example:8443/a/b%20c.onnx?v=2&token=psst")
    assert (there.package, there.path) == ("models.example:8443", "a/b%20c.onnx?v=2&token=psst")
    assert there.archive == "https://models.example:8443/a/b%20c.onnx"
    bucket = parse_source("s3://our-models/kokoro/v1/model.onnx")
    assert (bucket.package, bucket.path) == ("our-models", "kokoro/v1/model.onnx")
    assert bucket.archive == "s3://our-models/kokoro/v1/model.onnx"
    assert there.is_remote
    assert bucket.is_remote
    assert not there.in_archive


def test_files_of_one_package_share_an_archive() -> None:
    a, b = parse_source("npm:voices@1.0#package/a"), parse_source("npm:voices@1.0#package/b")
    assert a.archive == b.archive
    assert a.archive != parse_source("npm:voices@1.1#package/a").archive


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp:x",
        "pypi:name#path",
        "pypi:name==1.0",
        "pypi:--index-url==1#x",
        "npm:a b@1#x",
        "npm:name@1.0 --registry#x",
        "hf:no-organisation@main#x",
        "http://models.example/a",
        "https:models.example/a",
        "https://models.example",
        "https://user:secret@models.example/a",
        "https://models.example/a#b",
        "s3://bucket",
        "s3:bucket/key",
    ],
)
def test_what_is_no_source_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no source"):
        parse_source(text)
