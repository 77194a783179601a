"""The log is served as static tiles, read-only; a witness is asked over HTTP, in bounded time."""

import gzip
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from berg.errors import BergError, RequestError
from berg.provenance.log import WitnessAddress, ask_witnesses, check_proof, parse_site, witnesses_of
from berg.provenance.log.asking import VARIABLE
from berg.provenance.log.server import HttpRequest, HttpResponse, Server
from berg.provenance.log.serving import log_server, tile_name, witness_server
from tests.provenance.log import spec
from tests.provenance.log.making import entries_of, entry_of, log_at
from tests.provenance.log.test_witness import grown, witness_at

ANY = ("127.0.0.1", 0)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(
    server: Server, method: str, path: str, **more: object
) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection(*server.server_address[:2], timeout=10)) as connection:
        with suppress(BrokenPipeError):  # answered before all was sent
            connection.request(method, path, **more)  # type: ignore[arg-type]
        reply = connection.getresponse()
        body = reply.read()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, body


def raw(server: Server, data: bytes) -> bytes:
    with socket.create_connection(server.server_address[:2], timeout=10) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while part := line.recv(65536):
            got += part
        return got


def test_a_reader_of_the_specification_checks_the_log_over_http(tmp_path: Path) -> None:
    log = grown(log_at(tmp_path / "log"), 300)
    copy = tmp_path / "copy"
    with running(log_server(tmp_path / "log", ANY)) as server:
        note = ask(server, "GET", "/checkpoint")[2].decode()
        _, size, root, _ = spec.read_checkpoint(note, [log.vkey()])
        for name in ("tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44"):
            status, headers, body = ask(server, "GET", f"/{name}")
            assert status == 200
            assert headers["content-type"] == "application/octet-stream"
            assert "immutable" in headers["cache-control"]
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(body)
    entries = spec.read_entries(copy, size)
    assert spec.mth(entries) == root
    assert entries[299] == entry_of(299).leaf()


def test_the_checkpoint_is_text_that_is_not_kept_for_long(tmp_path: Path) -> None:
    log = grown(log_at(tmp_path), 2)
    with running(log_server(tmp_path, ANY)) as server:
        status, headers, body = ask(server, "GET", "/checkpoint")
        assert (status, body.decode()) == (200, log.checkpoint())
        assert headers["content-type"] == "text/plain; charset=utf-8"
        assert headers["cache-control"] == "public, max-age=2"
        status, headers, body = ask(server, "HEAD", "/checkpoint")
        assert (status, body) == (200, b"")
        assert headers["content-length"] == str(len(log.checkpoint().encode()))


def test_bundles_are_packed_for_those_who_can_unpack(tmp_path: Path) -> None:
    grown(log_at(tmp_path), 20)
    with running(log_server(tmp_path, ANY)) as server:
        path = "/tile/entries/000.p/20"
        plain = ask(server, "GET", path)[2]
        _, headers, packed = ask(server, "GET", path, headers={"Accept-Encoding": "gzip"})
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed) == plain == (tmp_path / path[1:]).read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lock",
        "/.state/lookup.sqlite",
        "/.state/pending",
        "/witnesses",
        "/tile/../checkpoint",
        "/tile/0/../../.state/lock",
        "/tile/0/%2e%2e/%2e%2e/checkpoint",
        "/checkpoint/",
        "/checkpoint?x=1",
        "/tile/0/0",
        "/tile/00/000",
        "/tile/64/000",
        "/tile/0/x000/000",
        "/tile/0/000.p/256",
        "/tile/0/000.p/0",
        "/tile/0/000.p/020",
        "/tile/0/000.p",
        "/tile/entries/٠٠٠",
        "/tile/0/000\n",
        "/tile/0/" + "x001/" * 5000 + "000",
    ],
)
def test_nothing_but_tiles_and_the_checkpoint_can_be_reached(tmp_path: Path, path: str) -> None:
    assert tile_name(path) is None
    grown(log_at(tmp_path), 20)
    with running(log_server(tmp_path, ANY)) as server:
        reply = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert b" 200 " not in reply.split(b"\r\n")[0]
        assert b"SQLite" not in reply


def test_only_reading_is_allowed_and_large_requests_are_not_read(tmp_path: Path) -> None:
    grown(log_at(tmp_path / "log"), 3)
    with running(log_server(tmp_path / "log", ANY)) as server:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
            assert ask(server, method, "/checkpoint", body=b"")[0] == 405
        assert ask(server, "GET", "/checkpoint", body=b"x")[0] == 413
        assert b" 414 " in raw(server, b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n")
        many = b"".join(b"a%d: b\r\n" % number for number in range(200))
        assert b" 431 " in raw(server, b"GET / HTTP/1.1\r\n" + many + b"\r\n")
    with running(witness_server(witness_at(tmp_path / "w"), ANY)) as server:
        assert ask(server, "GET", "/add-checkpoint")[0] == 405
        assert ask(server, "POST", "/other", body=b"x")[0] == 404
        assert ask(server, "POST", "/add-checkpoint", body=b"x" * 300_000)[0] == 413
        assert ask(server, "POST", "/add-checkpoint", body=iter([b"x"]))[0] == 411
        assert ask(server, "POST", "/add-checkpoint", body=b"nonsense")[0] == 400
        assert raw(server, b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 9\r\n\r\nx") == b""


def test_a_resource_that_fails_does_not_end_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(call: HttpRequest) -> HttpResponse:
        raise OSError("the disk failed")

    with running(Server(ANY, broken, methods=("GET",))) as server:
        assert ask(server, "GET", "/")[0] == 500
        assert ask(server, "GET", "/")[0] == 500
    assert "the disk failed" in capsys.readouterr().err


def test_an_address_that_is_taken_is_said() -> None:
    with socket.create_server(ANY) as taken, pytest.raises(RequestError, match="--listen"):
        log_server(Path("/nowhere"), ("127.0.0.1", taken.getsockname()[1]))


def test_a_log_has_its_checkpoints_cosigned_and_proofs_carry_it(tmp_path: Path) -> None:
    log, witness = grown(log_at(tmp_path / "log"), 5), witness_at(tmp_path / "w")
    key = witness.verifier.vkey()
    with running(witness_server(witness, ANY)) as server:
        site = parse_site(f"{server.url} {key}")
        for size in (5, 6, 300):
            (answer,) = ask_witnesses(grown(log, size), [site])
            assert answer.problem is None
            result = check_proof(log.proof(size - 1), log_key=log.vkey(), witness_keys=[key])
            assert [seen.name for seen in result.witnesses] == ["w.example"]
            leaf = log.entry(size - 1).leaf()
            found = spec.check_tlog_proof(log.proof(size - 1), [log.vkey(), key], leaf)
            assert set(found) == {"w.example"}
        (tmp_path / "log/cosigned").unlink()  # its guess of what the witness saw is lost
        assert ask_witnesses(grown(log, 301), [site])[0].problem is None
    grown(log, 302)
    assert len(spec.open_note(log.checkpoint(), [log.vkey(), key])[1]) == 1
    witnessed = check_proof(log.proof(300), log_key=log.vkey(), witness_keys=[key])
    assert (witnessed.size, len(witnessed.witnesses)) == (301, 1)
    assert check_proof(log.proof(301), log_key=log.vkey(), witness_keys=[key]).witnesses == ()


def test_a_rewritten_log_is_told_by_the_witness(tmp_path: Path) -> None:
    log, witness = grown(log_at(tmp_path / "log"), 5), witness_at(tmp_path / "w")
    with running(witness_server(witness, ANY)) as server:
        site = parse_site(f"{server.url} {witness.verifier.vkey()}")
        assert ask_witnesses(log, [site])[0].problem is None
        forked = log_at(tmp_path / "forked")
        forked.append(entries_of(0, 8, kind="forked"))
        (answer,) = ask_witnesses(forked, [site])
        assert answer.problem is not None
        assert "422" in answer.problem
        assert forked.published("cosigned") is None


@pytest.mark.parametrize(
    "says",
    [
        HttpResponse(status=200, body=b""),
        HttpResponse(status=200, body=b"\xff" * 100_000),
        HttpResponse(status=200, body="— w.example AAAAAAAA\n".encode()),
        HttpResponse(status=409, body=b"9" * 50_000),
        HttpResponse(status=409, body=b"1\n"),
        HttpResponse(status=302, headers={"Location": "http://127.0.0.1:1/"}),
        HttpResponse(status=500),
    ],
)
def test_whatever_a_witness_says_an_append_stands(tmp_path: Path, says: HttpResponse) -> None:
    log = grown(log_at(tmp_path), 5)
    key = witness_at(tmp_path).verifier
    before = log.checkpoint()
    with running(Server(ANY, lambda call: says, methods=("POST",), limit=1 << 20)) as server:
        (answer,) = ask_witnesses(log, [WitnessAddress(url=server.url, verifier=key)])
    assert answer.problem
    assert log.checkpoint() == before


def test_a_witness_that_is_silent_or_gone_costs_no_more_than_its_time(tmp_path: Path) -> None:
    log, key = grown(log_at(tmp_path), 5), witness_at(tmp_path).verifier
    with socket.create_server(ANY) as silent:
        sites = [WitnessAddress(url=f"http://127.0.0.1:{silent.getsockname()[1]}", verifier=key)]
        (answer,) = ask_witnesses(log, sites, timeout_s=0.2)
        assert answer.problem
    (answer,) = ask_witnesses(log, sites, timeout_s=2)
    assert answer.problem


def test_witnesses_are_named_by_file_or_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert witnesses_of(tmp_path) == ()
    line = f"https://w.example/a/ {witness_at(tmp_path).verifier.vkey()}"
    (tmp_path / "witnesses").write_text(f"# ours\n{line}\n\n")
    assert [site.url for site in witnesses_of(tmp_path)] == ["https://w.example/a"]
    monkeypatch.setenv(VARIABLE, "")
    assert witnesses_of(tmp_path) == ()
    monkeypatch.setenv(VARIABLE, f"{line},{line}")
    assert len(witnesses_of(tmp_path)) == 2
    for wrong in (
        "https://w.example",
        "ftp://w.example " + line.split()[1],
        "http://[ " + line.split()[1],
        "http://h:x " + line.split()[1],
    ):
        monkeypatch.setenv(VARIABLE, wrong)
        with pytest.raises(BergError):
            witnesses_of(tmp_path)
