import os
from collections.abc import Callable
from pathlib import Path

import pytest

from berg.errors import WeightsError
from berg.weights import Weights
from tests.weights.packages import entry_of

A = b"a" * 1000


@pytest.fixture
def weights(room: Callable[..., Weights], tmp_path: Path) -> Weights:
    """One file is there, another is not."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    made = room(
        entry_of("a", A, f"file:{tmp_path}/a"), entry_of("b", b"b" * 1000, f"file:{tmp_path}/b")
    )
    made.pull(["a"], lambda line: None)
    return made


def test_what_is_there_and_what_is_not(weights: Weights) -> None:
    assert weights.missing(["a", "b"]) == ("b",)
    assert weights.check() == {"a": "here", "b": "missing"}
    assert [item.name for item in weights.entries()] == ["a", "b"]
    assert weights.digest("b") == weights.entries()[1].sha256


def test_a_missing_file_is_told_with_the_command_that_gets_it(weights: Weights) -> None:
    with pytest.raises(WeightsError, match="b is missing; get it with `berg models pull b`"):
        weights.path("b")


@pytest.mark.parametrize("harm", [b"a" * 999, b"a" * 999 + b"b", b""])
def test_a_damaged_file_is_noticed_and_fetched_anew(weights: Weights, harm: bytes) -> None:
    weights.path("a").write_bytes(harm)
    assert not weights.has("a")
    assert weights.status("a") == "damaged"
    with pytest.raises(WeightsError, match="a is damaged"):
        weights.path("a")
    weights.pull(["a"], lambda line: None)
    assert weights.path("a").read_bytes() == A


def test_a_check_hashes_even_what_looks_untouched(weights: Weights) -> None:
    path = weights.path("a")
    before = path.stat()
    path.write_bytes(b"a" * 999 + b"b")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert weights.status("a") == "here", "the stamp answers for it"
    assert weights.check(["a"]) == {"a": "damaged"}
    assert weights.status("a") == "damaged"


def test_without_its_stamp_a_file_is_hashed_and_stamped_again(weights: Weights) -> None:
    stamp = weights.path("a").with_name("verified")
    stamp.unlink()
    assert weights.has("a")
    assert stamp.exists()


def test_where_no_stamp_can_be_written_the_file_is_used_all_the_same(weights: Weights) -> None:
    stamp = weights.path("a").with_name("verified")
    stamp.unlink()
    stamp.mkdir()
    assert weights.has("a")
