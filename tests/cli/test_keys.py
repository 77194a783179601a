"""`berg keys`, as people and scripts meet it."""

from pathlib import Path

import pytest

from tests.cli.talk import fresh_home, talk
from tests.provenance.certificates import make, root


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BERG_KEYS_PASSPHRASE", "BERG_TIMESTAMP_URL", "BERG_IMPORT_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    return fresh_home(tmp_path, monkeypatch, weights=False)


def test_listing_before_there_are_any_makes_none(home: Path) -> None:
    said = talk("keys")
    assert said.status == 0
    assert "berg keys init" in said.out
    assert talk("keys", "list", "--json").json["ready"] is False
    assert not (home / "keys").exists()


def test_init_then_list_then_rotate(home: Path) -> None:
    made = talk("keys", "init", "--name", "Tide", "--timestamp", "http://s.example", "--json").json
    assert (made["name"], made["timestamp"]) == ("Tide", "http://s.example")
    assert talk("keys", "list", "--json").json == made
    turned = talk("keys", "rotate", "--json").json
    assert len(turned["signers"]) == len(turned["marks"]) == 2
    assert [one["current"] for one in turned["signers"]] == [True, False]
    assert "epoch 2" in talk("keys").out


def test_certificate_and_watermark_turn_apart(home: Path) -> None:
    talk("keys", "init")

    def counts(*words: str) -> tuple[int, int]:
        said = talk("keys", "rotate", *words, "--json").json
        return len(said["signers"]), len(said["marks"])

    assert counts("--certificate") == (2, 1)
    assert counts("--marks") == (2, 2)
    assert counts("--tenant", "acme") == (2, 3)
    assert counts("--certificate", "--marks") == (3, 4)
    assert counts() == (4, 5)


def test_a_certificate_that_was_brought_in_is_not_turned(tmp_path: Path) -> None:
    chain, key = make("Studio", root("Trust Ltd")).put(tmp_path, "own")
    before = talk("keys", "import", chain, "--key", key, "--json").json
    said = talk("keys", "rotate", "--certificate")
    assert said.status == 2
    assert "berg keys import" in said.err
    assert talk("keys", "--json").json == before


def test_a_logs_name_is_chosen_once_and_stands_in_its_key() -> None:
    made = talk("keys", "init", "--log-origin", "tidewater.example/log", "--json").json
    assert made["log"]["origin"] == "tidewater.example/log"
    assert talk("log", "--json").json["key"].startswith("tidewater.example/log+")
    said = talk("keys", "init", "--log-origin", "other.example/log")
    assert (said.status, "can't be changed" in said.err) == (2, True)


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb", "x" * 256])
def test_a_name_that_no_log_may_have_is_refused(home: Path, origin: str) -> None:
    said = talk("keys", "init", "--log-origin", origin, "--json")
    assert (said.status, said.code) == (2, "request")
    assert "can't be a key's name" in said.json["error"]["message"]
    assert not (home / "keys" / "ring.json").exists()


def test_a_root_that_is_trusted_has_a_name_and_can_be_taken_away(tmp_path: Path) -> None:
    trusted, _ = root("Trust Ltd").put(tmp_path, "root")
    (one,) = talk("keys", "import", "--trust", trusted, "--json").json["trust"]
    assert one["name"] == "Trust Ltd"
    assert f"{one['id']}  Trust Ltd  until {one['not_after'][:10]}" in talk("keys").out
    said = talk("keys", "untrust", "0123456789abcdef")
    assert (said.status, one["id"] in said.err) == (2, True)
    assert talk("keys", "untrust", one["id"], "--json").json["trust"] == []


@pytest.mark.parametrize("command", ["false", "no-such-program", "echo no signature"])
def test_a_command_that_signs_nothing_is_a_wrong_request(
    home: Path, tmp_path: Path, command: str
) -> None:
    talk("keys", "init")
    before = {path.name: path.read_bytes() for path in (home / "keys").iterdir()}
    chain, _ = make("Studio", root("Trust Ltd")).put(tmp_path, "own")
    said = talk("keys", "import", chain, "--command", command, "--json")
    assert (said.status, said.code) == (2, "request")
    assert "nothing was changed" in said.json["error"]["message"]
    assert {path.name: path.read_bytes() for path in (home / "keys").iterdir()} == before


def test_init_again_changes_the_time_stamp_service_alone(home: Path) -> None:
    before = talk("keys", "init", "--json").json
    after = talk("keys", "init", "--timestamp", "http://s.example", "--json").json
    assert after == {**before, "timestamp": "http://s.example"}
    assert talk("keys", "init", "--timestamp", "none", "--json").json == before
    assert talk("keys", "init", "--name", "Other").status == 2


def test_no_secret_is_ever_shown(home: Path) -> None:
    said = talk("keys", "init", "--json").out + talk("keys").out
    for key in (home / "keys").glob("*.key"):
        for line in key.read_text(encoding="utf-8").splitlines()[1:-1]:
            assert line not in said


def test_a_chain_and_a_root_are_imported(tmp_path: Path) -> None:
    top = root("Trust Ltd")
    chain, key = make("Studio", top).put(tmp_path, "own")
    trusted, _ = top.put(tmp_path, "root")
    said = talk("keys", "import", chain, "--key", key, "--trust", trusted, "--json").json
    assert said["signers"][0]["name"] == "Studio"
    assert len(said["trust"]) == 1
    assert "by Trust Ltd" in talk("keys").out


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "chain.pem"),
        ("import", "chain.pem", "--key", "k", "--command", "c"),
        ("import", "chain.pem", "--command", "'"),
        ("import", "nothing.pem", "--key", "nothing.key"),
        ("list", "--tenant", "x"),
        ("rotate", "--name", "x"),
        ("init", "x.pem"),
        ("init", "--timestamp", "ftp://x"),
        ("init", "--name", ""),
        ("init", "--name", "a\nb"),
        ("init", "--passphrase"),
        ("untrust",),
    ],
    ids=" ".join,
)
def test_a_wrong_request_is_refused_and_makes_nothing(
    home: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setattr("sys.stdin", None)
    said = talk("keys", *words, "--json")
    assert said.status == 2
    assert said.json["error"]["message"]
    assert not (home / "keys" / "ring.json").exists()


def test_keys_that_are_locked_are_listed_but_not_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("BERG_KEYS_PASSPHRASE", "sesame")
    talk("keys", "init")
    monkeypatch.delenv("BERG_KEYS_PASSPHRASE")
    assert "(locked)" in talk("keys").out
    said = talk("keys", "rotate", "--json")
    assert (said.status, said.code) == (3, "keys")
    monkeypatch.setenv("BERG_KEYS_PASSPHRASE", "sesame")
    assert talk("keys", "rotate").status == 0
