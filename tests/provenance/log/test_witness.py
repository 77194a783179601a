"""A witness cosigns one history of a log and refuses any other, in the specification's words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.errors import StoreError
from berg.provenance.log import Log, LogReader, Witness, check_proof
from berg.provenance.log.note import parse_signatures
from berg.provenance.log.witness import CosignRequest
from tests.provenance.log import spec
from tests.provenance.log.making import entries_of, key_of, log_at

NOW = 1_795_000_000


def witness_at(folder: Path, *, seed: str = "witness") -> Witness:
    log = log_at(folder / "unused")
    return Witness(folder, key=key_of(seed), name="w.example", logs=[log.verifier], now=lambda: NOW)


def request_of(log: LogReader, old: int) -> bytes:
    """What the log would send to have its checkpoint cosigned."""
    published = log.published()
    assert published is not None
    checkpoint, note = published
    path = log.consistency(old, checkpoint.size) if old <= checkpoint.size else ()
    return CosignRequest(old=old, path=path, note=note, checkpoint=checkpoint).format().encode()


def grown(log: Log, size: int, *, kind: str = "") -> Log:
    log.append(entries_of(log.head().size, size, kind=kind))
    return log


def test_a_growing_log_is_cosigned_again_and_again(tmp_path: Path) -> None:
    witness, log, seen = witness_at(tmp_path / "w"), log_at(tmp_path / "log"), 0
    for size in (1, 2, 5, 300, 301):
        reply = witness.add_checkpoint(request_of(grown(log, size), seen))
        assert reply.status == 200
        note = log.checkpoint() + reply.body
        signers = spec.open_note(note, [log.vkey(), witness.verifier.vkey()])[1]
        assert signers == {log.origin: 0, "w.example": NOW}
        seen = size
    assert witness.add_checkpoint(request_of(log, 301)).status == 200


def test_an_empty_log_may_be_cosigned(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), log_at(tmp_path / "log")
    log.checkpoint()
    assert witness.add_checkpoint(request_of(log, 0)).status == 200
    assert witness.add_checkpoint(request_of(grown(log, 4), 0)).status == 200


def test_a_wrong_old_size_is_told_the_size_seen(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 4)
    assert witness.add_checkpoint(request_of(log, 2)).status == 409
    assert witness.add_checkpoint(request_of(log, 0)).status == 200
    reply = witness.add_checkpoint(request_of(log, 3))
    assert (reply.status, reply.body, reply.content_type) == (409, "4\n", "text/x.tlog.size")


def test_a_rewritten_log_is_caught(tmp_path: Path) -> None:
    """The owner of the key changes an old entry, builds the log anew and signs it."""
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 20)
    assert witness.add_checkpoint(request_of(log, 0)).status == 200
    rewritten = log_at(tmp_path / "rewritten")
    entries = entries_of(0, 30)
    entries[3] = entries_of(3, 4, kind="rewritten")[0]
    rewritten.append(entries)
    index = rewritten.find(sha256=entries[3].sha256)[0]
    assert check_proof(rewritten.proof(index), log_key=log.vkey()).included  # alone it looks fine
    assert witness.add_checkpoint(request_of(rewritten, 20)).status == 422
    assert witness.add_checkpoint(request_of(rewritten, 0)).status == 409
    assert witness.add_checkpoint(request_of(rewritten, 30)).status == 409
    last = witness.last(log.origin)
    assert last is not None
    assert (last.size, last.root) == (20, log.head().root)


def test_a_fork_of_the_same_size_is_caught(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 7)
    other = grown(log_at(tmp_path / "other"), 7, kind="other")
    assert witness.add_checkpoint(request_of(log, 0)).status == 200
    assert witness.add_checkpoint(request_of(other, 7)).status == 409


def test_a_split_view_gets_one_cosignature_only(tmp_path: Path) -> None:
    """Two clients are shown two logs of one origin and key; only one of them is witnessed."""
    witness = witness_at(tmp_path / "w")
    common = entries_of(0, 10)
    views = [log_at(tmp_path / name) for name in ("one", "two")]
    for number, view in enumerate(views):
        view.append(common)
        view.append(entries_of(10, 14, kind=f"view {number} "))
    known = [witness.verifier.vkey()]
    witnessed = []
    for view in views:
        for old in (0, 10, 14):
            reply = witness.add_checkpoint(request_of(view, old))
            published = view.published()
            if reply.status == 200 and published:
                view.add_cosignatures(published[1], parse_signatures(reply.body))
        found = check_proof(view.proof(12), log_key=view.vkey(), witness_keys=known)
        assert found.included
        witnessed.append([seen.name for seen in found.witnesses])
    assert witnessed == [["w.example"], []]


def test_a_rollback_is_refused(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 4)
    early = request_of(log, 0)
    assert witness.add_checkpoint(early).status == 200
    assert witness.add_checkpoint(request_of(grown(log, 9), 4)).status == 200
    assert witness.add_checkpoint(early).status == 409
    short = grown(log_at(tmp_path / "short"), 4)
    assert witness.add_checkpoint(request_of(short, 4)).status == 409
    assert witness.add_checkpoint(request_of(short, 9)).status == 400


def test_unknown_logs_unknown_keys_and_no_proof_have_their_statuses(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 6)
    stranger = Log(tmp_path / "stranger", key=key_of("log"), origin="stranger.example")
    assert witness.add_checkpoint(request_of(grown(stranger, 2), 0)).status == 404
    other_key = grown(log_at(tmp_path / "key", seed="another key"), 6)
    assert witness.add_checkpoint(request_of(other_key, 0)).status == 403
    body = request_of(log, 0)
    assert witness.add_checkpoint(body.replace(b"\n6\n", b"\n5\n")).status == 403  # changed
    assert witness.add_checkpoint(body.replace(b"old 0", b"old 7")).status == 400
    assert witness.add_checkpoint(body).status == 200
    grown(log, 9)
    whole = request_of(log, 6)
    lines = whole.split(b"\n")
    assert witness.add_checkpoint(b"\n".join([lines[0], *lines[2:]])).status == 422
    assert witness.add_checkpoint(whole).status == 200


class _Request:
    def __init__(self, folder: Path) -> None:
        self.witness = witness_at(folder / "w")
        self.body = request_of(grown(log_at(folder / "log"), 9), 0)


@pytest.fixture(scope="module")
def request_9(tmp_path_factory: pytest.TempPathFactory) -> _Request:
    return _Request(tmp_path_factory.mktemp("request"))


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_any_request_is_answered_and_a_broken_one_never_cosigned(
    request_9: _Request, data: st.DataObject
) -> None:
    body = request_9.body
    cut = data.draw(st.integers(0, len(body)))
    put = data.draw(st.binary(max_size=8))
    drop = data.draw(st.integers(0, 8))
    changed = body[:cut] + put + body[cut + drop :]
    reply = request_9.witness.add_checkpoint(changed)
    signed = body[body.index(b"\n\n") : body.rindex(b"\n\n")]
    assert reply.status in (400, 403, 404, 409, 422) or (reply.status == 200 and signed in changed)


def test_large_and_foul_requests_are_refused(tmp_path: Path) -> None:
    witness = witness_at(tmp_path)
    hash_line = b"A" * 43 + b"=\n"
    for body in (
        b"",
        b"\xff\xfe",
        b"old 0\n",
        b"x" * 1_000_000,
        b"old 0\n" + hash_line * 64 + b"\n" + b"o\n0\n" + hash_line + b"\n",
        b"old 00\n\no\n0\n" + hash_line + "\n— o AAAAAAAA\n".encode(),
    ):
        assert witness.add_checkpoint(body).status == 400


def test_a_damaged_memory_is_no_leave_to_begin_anew(tmp_path: Path) -> None:
    witness, log = witness_at(tmp_path / "w"), grown(log_at(tmp_path / "log"), 3)
    assert witness.add_checkpoint(request_of(log, 0)).status == 200
    (memory,) = (path for path in (tmp_path / "w").iterdir() if path.suffix != ".lock")
    memory.write_bytes(b"")
    with pytest.raises(StoreError, match="damaged"):
        witness.add_checkpoint(request_of(log, 0))
