from pathlib import Path

import pytest

from berg.weights.hub import endpoint, fetch_file
from berg.weights.refused import Refused
from berg.weights.source import parse_source
from tests.weights.packages import serve

SOURCE = parse_source("hf:org/repo@main#voices/af heart.bin")
URL = "/org/repo/resolve/main/voices/af%20heart.bin"
DATA = bytes(i * 7 % 256 for i in range(100_000))


def test_a_file_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({URL: DATA}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address + "/")
        fetch_file(SOURCE, tmp_path / "x", size=len(DATA))
        fetch_file(SOURCE, tmp_path / "x", size=len(DATA))
    assert (tmp_path / "x").read_bytes() == DATA
    assert hub.asked == [(URL, None)]


def test_a_broken_transfer_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({URL: DATA}, break_at=40_000) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="goes on"):
            fetch_file(SOURCE, tmp_path / "x", size=len(DATA))
        fetch_file(SOURCE, tmp_path / "x", size=len(DATA))
    assert (tmp_path / "x").read_bytes() == DATA
    assert hub.asked == [(URL, None), (URL, "bytes=40000-")]


def test_a_longer_file_than_expected_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({URL: DATA}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="more than the 5000 bytes"):
            fetch_file(SOURCE, tmp_path / "x", size=5000)
        with pytest.raises(Refused, match="more than the 5000 bytes"):
            fetch_file(SOURCE, tmp_path / "x", size=5000)
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size > 5000


def test_what_is_not_there_or_nobody_answers_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="404"):
            fetch_file(SOURCE, tmp_path / "x", size=1)
    with pytest.raises(Refused, match="can't be reached"):
        fetch_file(SOURCE, tmp_path / "x", size=1)


def test_without_an_address_the_hub_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    monkeypatch.setattr("berg.weights.hub.find_spec", lambda name: None)
    with pytest.raises(Refused, match="set HF_ENDPOINT"):
        endpoint()
    monkeypatch.setenv("HF_ENDPOINT", "file:///etc")
    with pytest.raises(Refused, match="no http or https"):
        endpoint()
