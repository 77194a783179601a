"""A delivery has its log cosigned where witnesses are named, and never fails for one."""

from pathlib import Path

import pytest

from berg.provenance.log import check_proof
from berg.provenance.log.note import parse_vkey
from berg.provenance.log.serving import witness_server
from berg.provenance.log.witness import Witness
from tests.provenance.finish.desk import Desk
from tests.provenance.log.making import key_of
from tests.provenance.log.test_serving import ANY, running
from tests.provenance.log.test_witness import witness_at


def test_the_proof_beside_a_file_carries_the_witness(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    logs = [parse_vkey(desk.log.vkey())]
    witness = Witness(tmp_path / "w", key=key_of("w"), name="w.example", logs=logs)
    key = witness.verifier.vkey()
    with running(witness_server(witness, ANY)) as server:
        monkeypatch.setenv("BERG_WITNESSES", f"{server.url} {key}")
        (file,) = desk.deliver(desk.item("film.jpg"))
    proof = (desk.out / f"{file.path}.tlog-proof").read_text("utf-8")
    result = check_proof(proof, log_key=desk.log.vkey(), witness_keys=[key])
    assert [seen.name for seen in result.witnesses] == ["w.example"]
    assert desk.said == []


@pytest.mark.parametrize("named", ["http://127.0.0.1:9 KEY", "nonsense"])
def test_a_witness_that_is_gone_or_misspelled_is_said_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    desk, witness = Desk(tmp_path), witness_at(tmp_path / "w")
    monkeypatch.setenv("BERG_WITNESSES", named.replace("KEY", witness.verifier.vkey()))
    (file,) = desk.deliver(desk.item("film.jpg"))
    proof = (desk.out / f"{file.path}.tlog-proof").read_text("utf-8")
    assert check_proof(proof, log_key=desk.log.vkey()).included
    assert len(desk.said) == 1
