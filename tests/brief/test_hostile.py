"""Mutated briefs: whatever is read, it is a brief or a told fault, and soon."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.errors import BriefError, RequestError
from berg.schema.brief import Brief
from tests.brief.parts import WHOLE, furnish, read

QUICK = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BYTES = WHOLE.encode()
LINES = WHOLE.splitlines(keepends=True)
STRANGE = (
    *("~", "[]", "{}", "''", "true", "-1", "1e999", "9" * 400, "0x1F", "- -", "&a", "*a", "!!map"),
    *("<<", "|", ">", "? ", "%", "@", "`", "\t", "[" * 50, "{a: " * 50, "../..", "/dev/zero", "."),
)
VALUES = st.one_of(st.sampled_from(STRANGE), st.text(max_size=20))
UNITS = ("- ", "[", "{", "a: ", "? ", "'", '"', "|\n ", "#", "a\n", ": ", "\u00e9", "\\", "\x01")


@pytest.fixture
def furnished(tmp_path: Path) -> Path:
    furnish(tmp_path)
    return tmp_path


def told(folder: Path, data: bytes) -> None:
    begun = time.process_time()
    try:
        assert isinstance(read(folder, data), Brief)
    except BriefError as error:
        faults = error.faults
    except RequestError:
        faults = ()
    else:
        return
    assert all(fault.message and len(fault.message) < 600 for fault in faults)
    assert time.process_time() - begun < 10, "it hangs"


@QUICK
@given(st.lists(st.tuples(st.integers(0, len(BYTES) - 1), st.integers(0, 255)), max_size=8))
def test_flipped_bytes_are_told(furnished: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(BYTES)
    for at, value in flips:
        data[at] = value
    told(furnished, bytes(data))


@QUICK
@given(st.sets(st.integers(0, len(LINES) - 1), max_size=6))
def test_missing_lines_are_told(furnished: Path, gone: set[int]) -> None:
    told(furnished, "".join(line for n, line in enumerate(LINES) if n not in gone).encode())


@QUICK
@given(st.integers(0, len(LINES) - 1), VALUES)
def test_strange_values_are_told(furnished: Path, at: int, value: str) -> None:
    key = LINES[at].partition(":")[0]
    lines = [*LINES[:at], f"{key}: {value}\n", *LINES[at + 1 :]]
    told(furnished, "".join(lines).encode("utf-8", "surrogatepass"))


@QUICK
@given(st.permutations(LINES))
def test_shuffled_lines_are_told(furnished: Path, lines: list[str]) -> None:
    told(furnished, "".join(lines).encode())


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_are_told(furnished: Path, data: bytes) -> None:
    told(furnished, data)


@pytest.mark.parametrize("unit", UNITS)
def test_a_mebibyte_of_anything_is_told_soon(tmp_path: Path, unit: str) -> None:
    data = unit.encode() * ((1 << 20) // len(unit.encode()))
    told(tmp_path, data)
    told(tmp_path, b"a: [" + data[:-8])
    told(tmp_path, b'"' + data[:-8])
