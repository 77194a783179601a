"""What is refused before llama.cpp sees it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.errors import WeightsError
from berg.runtimes.llama.gguf import Header, read_header
from tests.runtimes.llama.gguf_files import GOOD, gguf


def header(folder: Path, data: bytes) -> Header:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return read_header(path)


def test_a_whole_file_tells_its_architecture_and_context(tmp_path: Path) -> None:
    assert header(tmp_path, gguf()) == Header(architecture="llama", name="tiny", context=512)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "does not end", id="empty"),
        pytest.param(b"PK\x03\x04" + bytes(100), "does not begin", id="another format"),
        pytest.param(gguf(version=1), "version 1", id="an old version"),
        pytest.param(gguf()[:-1], "cut off", id="one byte short"),
        pytest.param(gguf(body=0), "cut off", id="no weights"),
        pytest.param(gguf(offset=2**60), "cut off", id="weights far away"),
        pytest.param(gguf(shape=(2**39, 2**39)), "cut off", id="weights larger than any disk"),
        pytest.param(gguf(shape=(0, 32)), "shape", id="an empty tensor"),
        pytest.param(gguf()[:8] + b"\xff" * 16, "tensors", id="countless tensors"),
        pytest.param(gguf({**GOOD, "general.architecture": "bert"}), "no text", id="no writer"),
        pytest.param(gguf({**GOOD, "general.architecture": "../x"}), "names no", id="a path"),
        pytest.param(gguf({**GOOD, "llama.block_count": 10**6}), "block_count", id="too deep"),
        pytest.param(gguf({**GOOD, "llama.context_length": 16}), "context_length", id="too short"),
        pytest.param(gguf({**GOOD, "general.alignment": 3}), "alignment", id="misaligned"),
        pytest.param(gguf({"general.architecture": "llama"}), "block_count", id="says nothing"),
    ],
)
def test_a_bad_file_gets_one_error_that_says_what_is_wrong(
    tmp_path: Path, data: bytes, said: str
) -> None:
    with pytest.raises(WeightsError, match=said) as caught:
        header(tmp_path, data)
    assert "name a whole GGUF" in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(
    spot=st.integers(0, len(gguf()) - 4097),
    bytes_=st.binary(min_size=1, max_size=8),
    cut=st.booleans(),
)
def test_damage_anywhere_in_the_header_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, spot: int, bytes_: bytes, cut: bool
) -> None:
    whole = gguf()
    damaged = whole[:spot] if cut else whole[:spot] + bytes_ + whole[spot + len(bytes_) :]
    try:
        found = header(tmp_path_factory.getbasetemp(), damaged)
    except WeightsError:
        return
    assert not cut
    assert found.context >= 512
