"""Notes, keys, checkpoints and proofs: read exactly, refused clearly."""

import base64
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.errors import BergError
from berg.provenance.log import NoteError, check_proof, entry_in, parse_entry, parse_vkey
from berg.provenance.log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from berg.provenance.log.note import WITNESS_KIND, cosign, parse_note, verifier_of
from berg.provenance.log.proof import parse_proof
from berg.provenance.log.witness import parse_request
from tests.provenance.log import spec
from tests.provenance.log.making import ORIGIN, entry_of, key_of

KEY = key_of("log")
LOG = verifier_of(KEY, name=ORIGIN)
TREE = Checkpoint(origin=ORIGIN, size=7, root=b"\x07" * 32)

# The note and key of the example in the documentation of golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZ"
    "b6KE6RyyBwJnAM=\n"
)


def test_a_note_and_key_of_the_first_implementation_are_read() -> None:
    verifier = parse_vkey(GO_KEY)
    assert verifier.vkey() == GO_KEY
    assert parse_note(GO_NOTE).times(verifier) == (0,)
    assert parse_note(GO_NOTE).format() == GO_NOTE


def test_a_changed_note_of_a_known_key_is_refused() -> None:
    with pytest.raises(NoteError, match="does not hold"):
        parse_note(GO_NOTE.replace("answer", "Answer")).times(parse_vkey(GO_KEY))


def test_a_signature_of_an_unknown_key_is_passed_over() -> None:
    assert parse_note(GO_NOTE).times(LOG) == ()


def test_a_checkpoint_comes_back_and_the_specification_reads_it() -> None:
    text = TREE.sign(KEY).format()
    assert open_checkpoint(text, LOG)[0] == TREE
    assert spec.read_checkpoint(text, [LOG.vkey()]) == (ORIGIN, 7, TREE.root, {ORIGIN: 0})


def test_a_cosignature_says_its_time_and_the_specification_reads_it() -> None:
    note = TREE.sign(KEY)
    witness = verifier_of(key_of("w"), name="w.example", kind=WITNESS_KIND)
    line = cosign(note.text, key_of("w"), name="w.example", time=1_795_000_000).line()
    signed = note.format() + line
    assert parse_note(signed).times(witness) == (1_795_000_000,)
    assert spec.read_checkpoint(signed, [LOG.vkey(), witness.vkey()])[3]["w.example"] == (
        1_795_000_000
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        "origin\n01\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n-1\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n٣\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n9223372036854775808\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n" + "9" * 5000 + "\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n1\n" + base64.b64encode(b"0" * 31).decode() + "\n",
        "\n1\n" + base64.b64encode(b"0" * 32).decode() + "\n",
        "origin\n1\n" + base64.b64encode(b"0" * 32).decode(),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a+b+c",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("PeterNeumann", "Peter Neumann"),
        GO_KEY + "=",
        "x" * 100_000,
        "w+00000000+" + base64.b64encode(b"\x09" + b"0" * 32).decode(),
    ],
)
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        parse_vkey(key)


def test_what_is_not_text_is_refused() -> None:
    for mark in ("\x00", "\r", "\t", "\x1f", "\ud800"):
        with pytest.raises(NoteError, match="UTF-8"):
            parse_note(f"a{mark}\n\n— a AAAAAAAA\n")


def test_too_large_and_too_many_are_refused() -> None:
    with pytest.raises(NoteError, match="not read"):
        parse_note("a" * 10_000_000)
    with pytest.raises(NoteError, match="at most"):
        parse_note("a\n\n" + "— a AAAAAAAA\n" * 100)
    with pytest.raises(NoteError, match="not read"):
        parse_proof("a" * 10_000_000)
    with pytest.raises(NoteError, match="at most"):
        parse_proof("c2sp.org/tlog-proof@v1\nindex 0\n" + "a\n" * 64 + "\nnote")


PIECES = st.sampled_from(
    [
        "c2sp.org/tlog-proof@v1",
        "extra ",
        "index 0",
        "index 1",
        "old 0",
        "\n",
        "\n\n",
        "— ",
        ORIGIN,
        "7",
        base64.b64encode(b"0" * 32).decode(),
        TREE.sign(KEY).format(),
        "\x00",
        "\ud800",
    ]
) | st.text(max_size=6)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=250, deadline=None)
def test_any_text_is_refused_or_answered_and_never_believed(text: str) -> None:
    assert not check_proof(text, log_key=LOG.vkey()).included
    for parse in (parse_note, parse_vkey, parse_proof, entry_in):
        with suppress(BergError):
            parse(text)


@given(
    st.binary(max_size=200)
    | st.lists(PIECES, max_size=9)
    .map("".join)
    .map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_refused_as_request_and_as_entry(data: bytes) -> None:
    for parse in (parse_request, parse_entry):
        with suppress(NoteError):
            parse(data)


def test_an_entry_has_one_form_only() -> None:
    leaf = entry_of(1).leaf()
    assert parse_entry(leaf) == entry_of(1)
    for other in (leaf + b"\n", b" " + leaf, leaf.replace(b":", b": "), leaf[:-1], b"{}", b"[" * 9):
        with pytest.raises(NoteError):
            parse_entry(other)


def test_an_entry_too_large_for_a_leaf_is_refused() -> None:
    marks = tuple(f"{at:010x}" for at in range(6_000))
    with pytest.raises(NoteError, match="65535"):
        entry_of(1, marks=marks).leaf()
