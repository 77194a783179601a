"""The log appends, proves, finds; and a verifier of the specification alone agrees."""

import json
import shutil
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.errors import RequestError
from berg.provenance.log import LogDamagedError, NoteError, check_proof, entry_in
from berg.provenance.log.audit import audit
from berg.provenance.log.edge import Edge
from berg.provenance.log.tiles import Tiles, tile_path
from berg.provenance.log.tree import inclusion_path
from tests.provenance.log import spec
from tests.provenance.log.making import entries_of, entry_of, key_of, log_at


def agreed(folder: Path) -> list[bytes]:
    """What the specification reads out of a log's folder, everything checked."""
    log = log_at(folder)
    _, size, root, _ = spec.read_checkpoint(log.checkpoint(), [log.vkey()])
    entries = spec.read_entries(folder, size)
    assert spec.mth(entries) == root
    spec.check_tiles(folder, entries)
    return entries


@given(
    st.lists(st.sampled_from([0, 1, 1, 2, 3, 7, 100, 255, 256, 257, 300]), max_size=7), st.data()
)
@settings(max_examples=12, deadline=None)
def test_the_specification_agrees_with_any_log(batches: list[int], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log, size, checkpoints = log_at(Path(folder)), 0, [(0, spec.mth([]))]
        for count in batches:
            assert log.append(entries_of(size, size + count)) == tuple(range(size, size + count))
            size += count
            checkpoints.append((size, log.head().root))
        leaves = agreed(Path(folder))
        assert leaves == [entry.leaf() for entry in entries_of(0, size)]
        for old, root in checkpoints:
            assert spec.mth(leaves[:old]) == root
            if old:
                path = list(log.consistency(old, size))
                assert spec.roots_from_proof(old, size, path, root, True) == (root, log.head().root)
        for index in data.draw(st.sets(st.integers(0, size - 1), max_size=5)) if size else ():
            spec.check_tlog_proof(log.proof(index), [log.vkey()], leaves[index])
            assert check_proof(log.proof(index), log_key=log.vkey()).included
        assert audit(log).problems == ()
        log.close()


def test_paths_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 0, 17) == "tile/entries/000.p/17"
    assert tile_path(3, 1000) == "tile/3/x001/000"


def test_a_tree_of_three_tile_levels_is_the_one_that_the_specification_counts(
    tmp_path: Path,
) -> None:
    leaves = [b"%d" % number for number in range(70_000)]
    edge = Edge(Tiles(tmp_path, 0))
    files = {**dict(edge.add(leaves[:65_535])), **dict(edge.add(leaves[65_535:]))}
    hashes = {name for name in files if not name.startswith("tile/entries")}
    full = {name for name in hashes if name.startswith("tile/0/") and ".p/" not in name}
    assert len(full) == 273
    others = {"tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"}
    assert others <= hashes
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    root = spec.mth(leaves)
    assert (
        edge.root()
        == Tiles(tmp_path, 70_000).root()
        == Edge(Tiles(tmp_path, 70_000)).root()
        == root
    )
    assert spec.read_entries(tmp_path, 70_000) == leaves
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        path = inclusion_path(index, 70_000, Tiles(tmp_path, 70_000).subtree)
        found = spec.root_from_path(spec.mth([leaves[index]]), index, 70_000, path)
        assert found == root


def test_a_partial_tile_goes_once_the_full_one_is_published(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    for size in range(1, 5):
        log.append([entry_of(size)])
    widths = {path.name for path in (tmp_path / "tile/0/000.p").iterdir()}
    assert widths == {"1", "2", "3", "4"}
    log.append(entries_of(100, 400))
    assert not (tmp_path / "tile/0/000.p").exists()
    assert not (tmp_path / "tile/entries/000.p").exists()
    agreed(tmp_path)


def test_an_entry_is_logged_once_by_its_files_digest(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    assert log.append(entries_of(0, 3)) == (0, 1, 2)
    again = entry_of(1).model_copy(update={"time": "2027-01-01T00:00:00Z"})
    assert log.append([again, entry_of(9), entry_of(9), entry_of(0)]) == (1, 3, 3, 0)
    assert log.head().size == 4
    assert log.entry(1) == entry_of(1)


def test_entries_are_found_by_digest_mark_and_produce_id(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    shared = "00112233aa"
    log.append(
        [entry_of(0), entry_of(1, marks=(shared, "ffffffffff")), entry_of(2, marks=(shared,))]
    )
    assert log.find(mark=shared) == (1, 2)
    assert log.find(mark=shared, sha256=entry_of(2).sha256) == (2,)
    assert log.find(produce_id="id-0") == (0,)
    assert log.find(sha256=entry_of(7).sha256) == ()
    assert log.find() == ()
    with pytest.raises(RequestError, match="hexadecimal"):
        log.find(mark="wörd")


def test_the_look_up_comes_back_however_it_was_lost(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 600))
    log.close()
    file = tmp_path / ".state/lookup.sqlite"
    for damage in (
        file.unlink,
        lambda: file.write_bytes(b"no database" * 999),
        lambda: _empty(file),
    ):
        damage()
        fresh = log_at(tmp_path)
        assert fresh.find(sha256=entry_of(599).sha256) == (599,)
        assert fresh.append([entry_of(5)]) == (5,)
        fresh.close()


def _empty(file: Path) -> None:
    db = sqlite3.connect(file)
    with db:
        db.execute("DELETE FROM head")
    db.close()


def test_a_look_up_of_another_history_is_begun_anew(tmp_path: Path) -> None:
    one, other = log_at(tmp_path / "one"), log_at(tmp_path / "other")
    one.append(entries_of(0, 300))
    other.append(entries_of(0, 310, kind="other"))
    one.close()
    other.close()
    shutil.copy(tmp_path / "one/.state/lookup.sqlite", tmp_path / "other/.state/lookup.sqlite")
    assert other.find(sha256=entry_of(5).sha256) == ()
    assert other.find(sha256=entry_of(309, kind="other").sha256) == (309,)


def test_threads_append_side_by_side(tmp_path: Path) -> None:
    def work(begin: int) -> tuple[int, ...]:
        return log_at(tmp_path).append(entries_of(begin, begin + 20))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(work, [0, 10, 20, 30, 40]))
    log = log_at(tmp_path)
    assert log.head().size == 60
    for begin, indices in zip([0, 10, 20, 30, 40], found, strict=True):
        assert [log.entry(index) for index in indices] == entries_of(begin, begin + 20)
    agreed(tmp_path)


def test_a_proof_holds_offline_and_for_nothing_else(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 10))
    text = log.proof(4)
    assert entry_in(text) == entry_of(4)
    result = check_proof(text, entry_of(4), log_key=log.vkey())
    assert (result.included, result.index, result.size) == (True, 4, 10)
    assert not check_proof(text, entry_of(5), log_key=log.vkey()).included
    other = log_at(tmp_path / "other", seed="another log")
    assert not check_proof(text, log_key=other.vkey()).included
    moved = check_proof(text.replace("index 4", "index 5"), log_key=log.vkey())
    assert not moved.included
    assert moved.problem is not None
    assert "index 5" in moved.problem


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_changed_byte_of_a_proof_goes_unnoticed(data: st.DataObject) -> None:
    text = PROOF.text
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.characters(exclude_characters=text[at], max_codepoint=0x2FF))
    changed = text[:at] + put + text[at + 1 :]
    assert not check_proof(changed, entry_of(4), log_key=PROOF.key).included or (
        changed.split("\nindex")[1] == text.split("\nindex")[1]  # the extra line proves nothing
    )


class _Proof:
    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            log = log_at(Path(folder))
            log.append(entries_of(0, 10))
            self.text, self.key = log.proof(4), log.vkey()
            log.close()


PROOF = _Proof()


def test_an_entry_carries_digests_and_nothing_of_its_making() -> None:
    assert set(json.loads(entry_of(1).leaf())) == {
        "content_sha256",
        "manifest_sha256",
        "marks",
        "media_type",
        "produce_id",
        "receipt_sha256",
        "sha256",
        "time",
    }


def test_an_entry_that_is_not_there_is_asked_for_in_vain(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    for index in (-1, 0, 5):
        with pytest.raises(RequestError, match="no entry"):
            log.entry(index)
        with pytest.raises(RequestError, match="no entry"):
            log.proof(index)


def test_nothing_is_logged_when_one_entry_is_too_large(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    large = entry_of(1, marks=tuple(f"{at:010x}" for at in range(6_000)))
    with pytest.raises(NoteError):
        log.append([entry_of(0), large])
    assert log.head().size == 0


@pytest.mark.parametrize("name", ["tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"])
@pytest.mark.parametrize("how", ["gone", "flipped", "short"])
def test_nothing_is_signed_on_top_of_damage(tmp_path: Path, name: str, how: str) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 300))
    before, data = log.checkpoint(), (tmp_path / name).read_bytes()
    if how == "gone":
        (tmp_path / name).unlink()
    else:
        flipped = data[:-1] + bytes([data[-1] ^ 1])
        (tmp_path / name).write_bytes(flipped if how == "flipped" else data[:-1])
    with pytest.raises(LogDamagedError):
        log.append([entry_of(1000)])
    assert log.checkpoint() == before
    assert audit(log_at(tmp_path)).problems
    (tmp_path / name).write_bytes(data)
    assert log.append([entry_of(1000)]) == (300,)
    agreed(tmp_path)


def test_a_checkpoint_of_another_key_or_none_stops_the_log(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 3))
    with pytest.raises(LogDamagedError, match="another key"):
        log_at(tmp_path, seed="another").append([entry_of(9)])
    (tmp_path / "checkpoint").unlink()
    with pytest.raises(LogDamagedError, match="second history"):
        log.append([entry_of(9)])


def test_an_audit_sees_a_changed_entry_and_a_changed_tile(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 600))
    assert audit(log).problems == ()
    for name in ("tile/entries/000", "tile/0/001", "tile/1/000.p/2"):
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data[:40] + b"abcd" + data[44:])
        assert audit(log_at(tmp_path)).problems
        (tmp_path / name).write_bytes(data)
    assert audit(log_at(tmp_path)).problems == ()


def test_an_origin_must_be_a_keys_name(tmp_path: Path) -> None:
    from berg.provenance.log import Log

    for origin in ("", "two words", "plus+plus", "a\nb", "x" * 300):
        with pytest.raises(NoteError, match="name"):
            Log(tmp_path, key=key_of("log"), origin=origin)
