"""A file is fetched whole, from whom it should be, and a broken transfer goes on."""

import hashlib
import ssl
from pathlib import Path

import pytest

from berg.weights.source import Refused, Wrong
from berg.weights.transfer import REDIRECTS, download
from tests.provenance.certificates import SERVER, make, root
from tests.weights.packages import serve

DATA = bytes(i * 7 % 256 for i in range(100_000))
SHA256 = hashlib.sha256(DATA).hexdigest()
AUTHORITY = root("Trust Ltd")
OTHER = root("Other Ltd")


def fetch(address: str, target: Path, most: int = len(DATA)) -> str:
    return download(address, target, name="the file", most=most)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """The server's chain and key."""
    leaf = make("127.0.0.1", AUTHORITY, uses=(SERVER,), address="127.0.0.1")
    return leaf.put(tmp_path, "server")


def trusting(authority: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "authorities.pem"
    path.write_bytes(authority.pem)  # type: ignore[attr-defined]
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    assert ssl.get_default_verify_paths().cafile == str(path)


def test_the_digest_is_made_as_the_file_comes(tmp_path: Path) -> None:
    with serve({"/a": DATA}) as server:
        assert fetch(f"{server.address}/a", tmp_path / "x") == SHA256
        assert fetch(f"{server.address}/a", tmp_path / "x") == SHA256
    assert (tmp_path / "x").read_bytes() == DATA
    assert server.asked == [("/a", None)]


def test_a_broken_transfer_goes_on_and_the_digest_is_that_of_the_whole(tmp_path: Path) -> None:
    with serve({"/a": DATA}, break_at=40_000) as server:
        with pytest.raises(Refused, match=r"the file broke off at 40000 of 100000 bytes"):
            fetch(f"{server.address}/a", tmp_path / "x")
        assert fetch(f"{server.address}/a", tmp_path / "x") == SHA256
    assert server.asked == [("/a", None), ("/a", "bytes=40000-")]


def test_a_server_that_can_not_go_on_gives_it_all_anew(tmp_path: Path) -> None:
    with serve({"/a": DATA}, break_at=40_000, ranges=False) as server:
        with pytest.raises(Refused, match="broke off"):
            fetch(f"{server.address}/a", tmp_path / "x")
        assert fetch(f"{server.address}/a", tmp_path / "x") == SHA256
    assert (tmp_path / "x").read_bytes() == DATA


def test_a_file_whose_length_nobody_knew_is_known_to_be_whole(tmp_path: Path) -> None:
    with serve({"/a": DATA}) as server:
        for _ in range(2):
            assert fetch(f"{server.address}/a", tmp_path / "x", most=1 << 20) == SHA256
    assert server.asked == [("/a", None), ("/a", "bytes=100000-")]


def test_what_has_come_of_a_longer_file_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"of something else" * 10_000)
    with serve({"/a": DATA}) as server:
        with pytest.raises(Refused, match="has no more to give; the next pull begins anew"):
            fetch(f"{server.address}/a", tmp_path / "x", most=1 << 20)
        assert fetch(f"{server.address}/a", tmp_path / "x", most=1 << 20) == SHA256


def test_a_longer_file_than_expected_is_wrong_before_it_is_written(tmp_path: Path) -> None:
    with serve({"/a": DATA}) as server, pytest.raises(Wrong, match="more than the 5000 bytes"):
        fetch(f"{server.address}/a", tmp_path / "x", most=5000)
    assert not (tmp_path / "x").exists()


def test_what_is_said_to_lie_elsewhere_is_fetched_there_but_not_for_ever(tmp_path: Path) -> None:
    moved = {f"/{n}": f"/{n + 1}" for n in range(20)}
    with serve({f"/{REDIRECTS}": DATA}, moved=moved, signed=True) as server:
        del server.moved[f"/{REDIRECTS}"]
        assert fetch(f"{server.address}/0?signed=psst", tmp_path / "x") == SHA256
        server.moved[f"/{REDIRECTS}"] = f"/{REDIRECTS + 1}"
        with pytest.raises(Refused, match=f"the file leads elsewhere more than {REDIRECTS} times"):
            fetch(f"{server.address}/0", tmp_path / "y")


def test_a_server_that_is_known_by_an_authority_is_believed(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(AUTHORITY, tmp_path, monkeypatch)
    with serve({"/a": DATA}, certificate=certificate) as server:
        assert fetch(f"{server.address}/a", tmp_path / "x") == SHA256


def test_a_server_that_nobody_vouches_for_gives_nothing(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(OTHER, tmp_path, monkeypatch)
    with (
        serve({"/a": DATA}, certificate=certificate) as server,
        pytest.raises(Refused, match=r"can't be reached: .*certificate verify failed"),
    ):
        fetch(f"{server.address}/a", tmp_path / "x")
    assert server.asked == []


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:9/a", "file:///etc/passwd", "ftp://h/a"])
def test_a_secure_address_leads_to_none_that_is_not(
    tmp_path: Path,
    certificate: tuple[Path, Path],
    elsewhere: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusting(AUTHORITY, tmp_path, monkeypatch)
    with (
        serve({}, moved={"/a": elsewhere}, certificate=certificate) as server,
        pytest.raises(Refused, match=r"the file (leads away from HTTPS|answers 302 Found)$"),
    ):
        fetch(f"{server.address}/a", tmp_path / "x")


def test_what_is_secret_in_an_address_is_in_no_message(tmp_path: Path) -> None:
    with serve({}) as server, pytest.raises(Refused) as missing:
        fetch(f"{server.address}/a?X-Amz-Signature=psst", tmp_path / "x")
    with pytest.raises(Refused) as gone:
        fetch(f"{server.address}/a?X-Amz-Signature=psst", tmp_path / "x")
    assert "the file answers 404" in str(missing.value)
    assert "the file can't be reached" in str(gone.value)
    assert "psst" not in f"{missing.value} {gone.value}"
