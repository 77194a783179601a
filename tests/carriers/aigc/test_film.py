"""A film joined as deliveries are, labelled: nothing but its index grows."""

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from berg.carriers.aigc import AigcLabel, read_labels, write_label
from berg.carriers.aigc.boxes import inner_boxes
from berg.carriers.aigc.offsets import grown
from berg.carriers.aigc.source import SourceFile
from berg.media.video.join import join
from tests.carriers.aigc.samples import content, film, sound, tags

LABEL = AigcLabel(label="1", content_producer="berg", produce_id="7")
_INNER = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts")


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("joined")
    strip, heard, out = folder / "strip.mp4", folder / "heard.m4a", folder / "film.mp4"
    strip.write_bytes(film("mp4", codecs="h264+aac"))
    heard.write_bytes(sound("m4a", "aac", form="mp4"))
    join([strip, strip], heard, out, fps=Fraction(25), frames=60)
    return out


@pytest.fixture(scope="module")
def labelled(joined: Path) -> Path:
    target = joined.with_name("labelled.mp4")
    write_label(joined, target, media_type="video/mp4", label=LABEL)
    return target


def test_packets_times_and_length_are_the_same(joined: Path, labelled: Path) -> None:
    assert content(labelled) == content(joined)


def test_its_index_still_comes_first(labelled: Path) -> None:
    made = labelled.read_bytes()
    assert [box.name for box in inner_boxes(made)][:2] == [b"ftyp", b"moov"]


def test_every_box_but_the_label_and_the_offsets_is_the_same(joined: Path, labelled: Path) -> None:
    before, after = dict(_leaves(joined)), dict(_leaves(labelled))
    new = after.keys() - before.keys()
    growth = labelled.stat().st_size - joined.stat().st_size

    assert all("udta" in name for name in new)
    for name, data in before.items():
        if name.endswith("stco"):
            assert [a - b for a, b in zip(_table(after[name]), _table(data), strict=True)] == [
                growth
            ] * len(_table(data))
        elif "udta" not in name:
            assert after[name] == data, name


def test_edit_lists_are_there_to_be_kept(joined: Path) -> None:
    assert sum(name.endswith("elst") for name, _ in _leaves(joined)) == 2


def test_a_labelled_film_can_be_joined_again(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.mp4"

    join([labelled, labelled], None, out, fps=Fraction(25), frames=120)

    assert "AIGC" not in tags(out)
    write_label(out, tmp_path / "b.mp4", media_type="video/mp4", label=LABEL)
    assert [found.label for found in read_labels(tmp_path / "b.mp4")] == [LABEL]


def test_offsets_that_outgrow_32_bits_get_64() -> None:
    table = struct.pack(">II", 0, 2) + struct.pack(">II", 100, 0xFFFFFFF0)
    stco = struct.pack(">I4s", 8 + len(table), b"stco") + table
    moov = stco
    for name in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        moov = struct.pack(">I4s", 8 + len(moov), name) + moov
    with Path(__file__).open("rb") as file:
        made, growth = grown(SourceFile(file, "film"), moov, was=len(moov) - 50, end=50)

    assert growth == 50 + 8
    wide = made[made.index(b"co64") + 12 :]
    assert struct.unpack(">QQ", wide) == (100 + growth, 0xFFFFFFF0 + growth)


def _leaves(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield from _under(data, 0, len(data), "")


def _under(data: bytes, begin: int, end: int, where: str) -> Iterator[tuple[str, bytes]]:
    for number, box in enumerate(inner_boxes(data, begin, end)):
        name = f"{where}/{number}{box.name.decode('latin-1')}"
        if box.name in _INNER:
            yield from _under(data, box.inside, box.end, name)
        else:
            yield name, data[box.inside : box.end]


def _table(data: bytes) -> list[int]:
    return list(struct.unpack(f">{(len(data) - 8) // 4}I", data[8:]))
