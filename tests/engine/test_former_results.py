"""Results kept under keys of an earlier rule are found, and from then on stand under both."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from berg.engine import ledger as ledger_module
from berg.engine.ledger import Ledger
from berg.engine.tools import tool_version
from berg.engine.values import to_json
from berg.schema.former import former_key
from berg.schema.step import Out, Step
from berg.store import Record, Store
from tests.schema.former_steps import step_of

RECEIPT = '{"amount": 2, "wall_s": 0.5}'
STEP = step_of("image.survey_clip")


def _no_handles(handle: Any) -> Any:
    raise AssertionError(handle)


def _former(step: Step[Any]) -> str:
    tools = {name: tool_version(name) for name in step.kind.tools}
    key = former_key(step, _no_handles, tools=tools, weights={name: name for name in step.weights})
    assert key is not None
    return key


def _made(step: Step[Any]) -> Out:
    out: Out = step.kind.predict(step.kind.call_of(step.params, step.inputs))
    return out


def _home_of_rule_1(home: Path) -> None:
    """A home with one result, under a key of rule 1, before the index said so."""
    with Store(home) as store:
        out = to_json(_made(STEP))
        record = Record(_former(STEP), "recipe", STEP.kind.capability, out, (), RECEIPT)
        store.commit(record, run=None)
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        db.execute("DROP TABLE former_results")
        db.execute("PRAGMA user_version = 4")
        db.commit()


def _ledger(store: Store) -> Ledger:
    return Ledger(store, weight_digest=lambda name: name)


def _key(ledger: Ledger, step: Step[Any]) -> str:
    return ledger.key(ledger.trace(step), step)


def test_a_result_of_rule_1_is_found_and_kept_under_both_keys(tmp_path: Path) -> None:
    _home_of_rule_1(tmp_path)
    with Store(tmp_path) as store:
        ledger = _ledger(store)
        key = _key(ledger, STEP)
        assert store.get(key) is None
        assert asyncio.run(ledger.find(key, STEP)) == _made(STEP)
        before, now = store.get(_former(STEP)), store.get(key)
        assert before is not None
        assert now is not None
        assert (now.out, now.receipt, now.capability) == (before.out, RECEIPT, before.capability)
        assert len(store.receipts(STEP.kind.capability, 9)) == 1, "nothing was measured anew"


def test_what_rule_1_did_not_make_is_not_found(tmp_path: Path) -> None:
    _home_of_rule_1(tmp_path)
    other = STEP.seeded(1)
    with Store(tmp_path) as store:
        ledger = _ledger(store)
        assert asyncio.run(ledger.find(_key(ledger, other), other)) is None


def test_a_home_that_never_knew_rule_1_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "former_key", _no_handles)
    with Store(tmp_path) as store:
        ledger = _ledger(store)
        assert not store.has_former
        assert asyncio.run(ledger.find(_key(ledger, STEP), STEP)) is None


def test_a_home_whose_old_results_are_gone_is_asked_once(tmp_path: Path) -> None:
    _home_of_rule_1(tmp_path)
    with Store(tmp_path) as store:
        assert store.has_former
        store.forget(_former(STEP))
    with Store(tmp_path) as store:
        assert not store.has_former
