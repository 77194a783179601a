"""Writing a label into a copy and reading it back, in every format."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.carriers.aigc import AigcLabel, read_labels, scan_labels, write_label
from berg.errors import RequestError
from tests.carriers.aigc.samples import MAKERS, content, sample, tags

LABEL = AigcLabel(
    label="1",
    content_producer="001191440300708461136T1XGW3",
    produce_id="film<&'-1>",
    content_propagator="001191440300708461136T1XGW3",
    propagate_id="film<&'-1>",
)
_TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60)
_WIDE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUES = st.one_of(_TEXT, _WIDE)
LABELS = st.builds(
    AigcLabel,
    label=st.sampled_from(["1", "2", "3"]),
    content_producer=_VALUES,
    produce_id=_VALUES,
    reserved_code1=_VALUES,
    content_propagator=_VALUES,
    propagate_id=_VALUES,
    reserved_code2=_VALUES,
)
IN_FFMPEG = ("MP4, index first", "MP4, index last", "MOV", "M4A", "Matroska", "WebM", "live WebM")
IN_FFMPEG += ("MP3", "FLAC", "Ogg Opus", "Ogg Vorbis")


@pytest.fixture
def placed(tmp_path: Path, name: str) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(sample(name))
    return path


@pytest.mark.parametrize("name", MAKERS)
def test_the_label_is_read_back_alone_and_in_its_place(
    placed: Path, name: str, tmp_path: Path
) -> None:
    target = tmp_path / "target.bin"

    written = write_label(placed, target, media_type=MAKERS[name][0], label=LABEL)
    scan = scan_labels(target)

    assert [found.label for found in scan.labels] == [LABEL]
    assert scan.labels[0].carrier == written.carrier
    assert scan.labels[0].faults == ()
    assert scan.damage is None


@pytest.mark.parametrize("name", MAKERS)
def test_what_the_file_shows_plays_or_says_is_the_same(
    placed: Path, name: str, tmp_path: Path
) -> None:
    target = tmp_path / "target.bin"

    write_label(placed, target, media_type=MAKERS[name][0], label=LABEL)

    if name == "WebVTT":
        assert target.read_bytes().endswith(sample(name).partition(b"\n\n")[2])
    elif name == "Markdown":
        assert b"".join(target.read_bytes().partition(b"AIGC: ")[::2])[:20] == sample(name)[:20]
        assert target.read_bytes().endswith(b"---\n\n# Tides\n\n---\n\nText.\n")
    elif name == "plain Markdown":
        assert target.read_bytes().endswith(b"\n---\n" + sample(name))
    else:
        assert content(target) == content(placed)


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_input_gives_the_same_bytes(placed: Path, name: str, tmp_path: Path) -> None:
    for target in ("a", "b"):
        write_label(placed, tmp_path / target, media_type=MAKERS[name][0], label=LABEL)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("name", MAKERS)
def test_a_label_that_is_there_is_replaced(placed: Path, name: str, tmp_path: Path) -> None:
    media_type = MAKERS[name][0]
    old = LABEL.model_copy(update={"produce_id": "old", "label": "3"})
    first, second = tmp_path / "first", tmp_path / "second"
    write_label(placed, first, media_type=media_type, label=old)

    write_label(first, second, media_type=media_type, label=LABEL)

    assert [found.label for found in read_labels(second)] == [LABEL]
    assert b'"ProduceID":"old"' not in second.read_bytes() or name in ("PDF",)
    if name not in ("WebVTT", "Markdown", "plain Markdown"):
        assert content(second) == content(placed)


@pytest.mark.parametrize("name", IN_FFMPEG)
def test_ffmpeg_reads_the_label_too(placed: Path, name: str, tmp_path: Path) -> None:
    target = tmp_path / "target.bin"

    write_label(placed, target, media_type=MAKERS[name][0], label=LABEL)

    found = {key.upper(): value for key, value in tags(target).items()}
    assert found["AIGC"] == LABEL.to_json()
    assert {k: v for k, v in tags(placed).items() if k != "AIGC"}.items() <= tags(target).items()


@pytest.mark.parametrize("name", MAKERS)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(label=LABELS)
def test_any_label_is_read_back_as_it_was(
    placed: Path, name: str, tmp_path: Path, label: AigcLabel
) -> None:
    target = tmp_path / "target.bin"

    write_label(placed, target, media_type=MAKERS[name][0], label=label)

    assert [found.label for found in read_labels(target)] == [label]


@pytest.mark.parametrize("name", ["MP4, index first", "MP4 in fragments"])
def test_an_index_that_came_first_still_does(placed: Path, name: str, tmp_path: Path) -> None:
    target = tmp_path / "target.bin"

    write_label(placed, target, media_type="video/mp4", label=LABEL)

    made = target.read_bytes()
    assert 0 < made.find(b"moov") < made.find(b"mdat")


@pytest.mark.parametrize("name", ["PNG"])
def test_a_file_is_never_labelled_in_place(placed: Path, name: str) -> None:
    with pytest.raises(RequestError, match="another target"):
        write_label(placed, placed, media_type="image/png", label=LABEL)


@pytest.mark.parametrize("name", ["PNG"])
def test_a_label_of_a_book_s_length_is_refused(placed: Path, name: str, tmp_path: Path) -> None:
    long = LABEL.model_copy(update={"produce_id": "x" * 5000})
    with pytest.raises(RequestError, match="5000 characters"):
        write_label(placed, tmp_path / "target", media_type="image/png", label=long)


@pytest.mark.parametrize("name", ["PNG"])
def test_an_old_sidecar_would_be_a_second_label_and_goes(
    placed: Path, name: str, tmp_path: Path
) -> None:
    target = tmp_path / "target.png"
    (tmp_path / "target.png.aigc.json").write_text(LABEL.to_json())

    write_label(placed, target, media_type="image/png", label=LABEL)

    assert len(read_labels(target)) == 1
