import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.compute.node import probe_node
from berg.compute.predict import Predictor, fit_line
from berg.errors import RequestError
from berg.schema.step import Work
from tests.engine.tiny import ADD


def test_without_history_the_prior_stands() -> None:
    predictor = Predictor(lambda capability, limit: [])
    assert predictor.seconds(ADD, Work(amount=10, unit="sums")) == pytest.approx(0.02)


def test_one_observation_already_moves_the_forecast() -> None:
    predictor = Predictor(lambda capability, limit: [(10.0, 5.0)])
    assert 3.0 < predictor.seconds(ADD, Work(amount=10, unit="sums")) < 5.5


@given(
    overhead=st.floats(0, 2),
    rate=st.floats(0.01, 5),
    amounts=st.lists(st.floats(1, 50), min_size=6, max_size=30, unique=True),
)
def test_a_steady_machine_is_learned(overhead: float, rate: float, amounts: list[float]) -> None:
    seen = [(amount, overhead + rate * amount) for amount in amounts]
    fit = fit_line(seen, overhead=0.01, rate=1.0)
    foreseen = sum(fit[0] + fit[1] * amount for amount in amounts)
    assert foreseen == pytest.approx(sum(wall for _, wall in seen), rel=0.1)


@given(
    seen=st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=20),
)
def test_a_forecast_is_never_negative(seen: list[tuple[float, float]]) -> None:
    overhead, rate = fit_line(seen, overhead=0.1, rate=0.5)
    assert overhead >= 0
    assert rate >= 0


def test_work_without_size_is_foreseen_by_its_mean() -> None:
    overhead, _ = fit_line([(0.0, 2.0)] * 10, overhead=0.01, rate=0.0)
    assert overhead == pytest.approx(2.0, rel=0.1)


def test_slots_and_memory_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERG_SLOTS", "7")
    monkeypatch.setenv("BERG_MEMORY_MIB", "512")
    node = probe_node()
    assert (node.cores, node.memory_bytes) == (7, 512 << 20)
    monkeypatch.setenv("BERG_SLOTS", "many")
    with pytest.raises(RequestError, match="whole number"):
        probe_node()


def test_this_machine_has_cores_memory_and_a_name() -> None:
    node = probe_node()
    assert node.cores >= 1
    assert node.memory_bytes > 1 << 20
    assert node.cpu
