import hashlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from berg.weights.remote import endpoint, fetch_file
from berg.weights.source import Refused, Wrong, parse_source
from tests.weights.packages import serve

SOURCE = parse_source("hf:org/repo@main#voices/af heart.bin")
URL = "/org/repo/resolve/main/voices/af%20heart.bin"
DATA = bytes(i * 7 % 256 for i in range(100_000))


def test_a_file_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve({URL: DATA}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address + "/")
        fetch_file(SOURCE, tmp_path / "x", most=len(DATA))
        fetch_file(SOURCE, tmp_path / "x", most=len(DATA))
    assert (tmp_path / "x").read_bytes() == DATA
    assert hub.asked == [(URL, None)]


def test_a_broken_transfer_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({URL: DATA}, break_at=40_000) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="goes on"):
            fetch_file(SOURCE, tmp_path / "x", most=len(DATA))
        fetch_file(SOURCE, tmp_path / "x", most=len(DATA))
    assert (tmp_path / "x").read_bytes() == DATA
    assert hub.asked == [(URL, None), (URL, "bytes=40000-")]


def test_a_longer_file_than_expected_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({URL: DATA}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="more than the 5000 bytes"):
            fetch_file(SOURCE, tmp_path / "x", most=5000)
        with pytest.raises(Refused, match="more than the 5000 bytes"):
            fetch_file(SOURCE, tmp_path / "x", most=5000)
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size > 5000


def test_what_is_not_there_or_nobody_answers_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(Refused, match="404"):
            fetch_file(SOURCE, tmp_path / "x", most=1)
    with pytest.raises(Refused, match="can't be reached"):
        fetch_file(SOURCE, tmp_path / "x", most=1)


def test_without_an_address_the_hub_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    with pytest.raises(Refused, match="set HF_ENDPOINT"):
        endpoint()
    monkeypatch.setenv("HF_ENDPOINT", "file:///etc")
    with pytest.raises(Refused, match="no http or https"):
        endpoint()


class Client(ModuleType):
    """As much of huggingface_hub as is asked of it; its own transfers go wherever they go."""

    def __init__(self, data: bytes) -> None:
        super().__init__("huggingface_hub")
        self.__spec__ = SimpleNamespace()  # type: ignore[assignment]
        self.data, self.told_size, self.asked = data, len(data), list[Any]()
        self.utils = SimpleNamespace(disable_progress_bars=lambda: None)

    def hf_hub_url(self, repo: str, filename: str, **named: Any) -> str:
        return f"{named['endpoint']}/{repo}/{named['revision']}/{filename}?token=psst"

    def get_hf_file_metadata(self, url: str) -> Any:
        self.asked.append(url)
        if not self.data:
            raise RuntimeError(f"401 for {url}\nand much more")
        return SimpleNamespace(size=self.told_size)

    def hf_hub_download(self, repo: str, *, filename: str, local_dir: Path, **named: Any) -> str:
        target = local_dir / filename
        target.parent.mkdir(parents=True)
        target.write_bytes(self.data)
        return str(target)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    made = Client(DATA)
    monkeypatch.setitem(sys.modules, "huggingface_hub", made)
    monkeypatch.setattr("berg.weights.remote.find_spec", sys.modules.get)
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example")
    return made


def test_where_the_hubs_client_is_installed_it_fetches(client: Client, tmp_path: Path) -> None:
    for _ in range(2):
        digest = fetch_file(SOURCE, tmp_path / "x", most=len(DATA))
        assert digest == hashlib.sha256(DATA).hexdigest()
    assert (tmp_path / "x").read_bytes() == DATA
    assert client.asked == ["https://hub.example/org/repo/main/voices/af heart.bin?token=psst"]
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_the_clients_failure_is_said_in_a_line_without_secrets(
    client: Client, tmp_path: Path
) -> None:
    client.data = b""
    with pytest.raises(Refused, match=r"^hf:org/repo@main: 401 for https://hub.example/.*bin$"):
        fetch_file(SOURCE, tmp_path / "x", most=len(DATA))


def test_what_the_hub_says_is_too_long_is_not_asked_for(client: Client, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="100000 bytes long, more than the 5000"):
        fetch_file(SOURCE, tmp_path / "x", most=5000)
    assert list(tmp_path.iterdir()) == []


BUCKET = parse_source("s3://our-models/voices/af.bin")


def test_a_bucket_needs_a_client_that_signs(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"s3://our-models/voices/af.bin needs a client: pip install"):
        fetch_file(BUCKET, tmp_path / "x", most=1)


@pytest.mark.parametrize("name", ["obstore", "boto3"])
def test_a_file_in_a_bucket_is_fetched_at_an_address_that_a_client_signs(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real client, where it is installed; signing asks nobody."""
    pytest.importorskip(name)
    monkeypatch.setattr("berg.weights.remote.find_spec", lambda wanted: wanted == name or None)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "psst")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    with serve({"/our-models/voices/af.bin": DATA}, signed=True, break_at=30_000) as bucket:
        monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.address)
        with pytest.raises(Refused, match=r"s3://our-models/voices/af.bin broke off") as broken:
            fetch_file(BUCKET, tmp_path / "x", most=len(DATA))
        fetch_file(BUCKET, tmp_path / "x", most=len(DATA))
    assert (tmp_path / "x").read_bytes() == DATA
    assert "Signature" not in str(broken.value)
    assert all("X-Amz-Signature=" in path for path, _ in bucket.asked)


def test_without_credentials_a_bucket_is_refused_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign(source: object) -> str:
        raise RuntimeError("no credentials are configured")

    monkeypatch.setattr("berg.weights.remote.find_spec", lambda name: name == "obstore" or None)
    monkeypatch.setattr("berg.weights.remote._by_obstore", sign)
    with pytest.raises(Refused, match="can't be asked for: no credentials are configured"):
        fetch_file(BUCKET, tmp_path / "x", most=1)
