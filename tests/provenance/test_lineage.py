"""A lineage's digest, order and counts, against what they mean said recursively."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from berg.provenance.lineage import counts, file_digest, in_order, step_digest

Graph = Mapping[str, Sequence[str]]
"""What each step takes, by its key."""


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Steps that take some of those before them."""
    graph: dict[str, list[str]] = {}
    for number in range(draw(st.integers(1, 12))):
        before = sorted(graph)
        takes = (
            st.lists(st.sampled_from(before), unique=True, max_size=4) if before else st.just([])
        )
        graph[f"{number:02}"] = draw(takes)
    return graph


def walked(graph: Graph, step: str) -> list[str]:
    """Everything before a step and the step, as somebody would write it who needn't care."""
    found: dict[str, None] = {}
    for need in graph[step]:
        found.update(dict.fromkeys(walked(graph, need)))
    return [*found, step]


def digest_by_hand(graph: Graph, step: str) -> str:
    """As docs/provenance.md says it, without any of berg."""
    needs = sorted({digest_by_hand(graph, need) for need in graph[step]})
    text = json.dumps([step, needs], separators=(",", ":"))
    return hashlib.sha256(b"lineage.step\0" + text.encode()).hexdigest()


def digests(graph: Graph, roots: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for step in in_order(roots, graph.__getitem__):
        found[step] = step_digest(step, [found[need] for need in graph[step]])
    return found


@given(graphs(), st.data())
def test_the_order_is_that_of_a_walk_to_what_a_step_takes_before_the_step(
    graph: Graph, data: st.DataObject
) -> None:
    roots = data.draw(st.lists(st.sampled_from(sorted(graph)), min_size=1))
    expected = list(dict.fromkeys(step for root in roots for step in walked(graph, root)))
    assert list(in_order(roots, graph.__getitem__)) == expected


@given(graphs())
def test_a_digest_can_be_computed_by_hand(graph: Graph) -> None:
    last = max(graph)
    assert digests(graph, [last])[last] == digest_by_hand(graph, last)


def test_a_files_digest_is_over_the_steps_that_it_is_taken_from_in_any_order() -> None:
    one, two = step_digest("1" * 64, []), step_digest("2" * 64, [])
    assert file_digest([one, two]) == file_digest([two, one, two])
    assert file_digest([one]) not in (one, file_digest([two]), file_digest([one, two]))
    assert file_digest([one]) == "7309330739031ce05a2925c4565125693370df681f28316e05645edae6f4602a"


def test_another_key_or_another_way_to_hang_together_is_another_digest() -> None:
    graphs = [
        {"a": [], "b": [], "c": ["a", "b"]},
        {"a": [], "b": ["a"], "c": ["a", "b"]},
        {"a": [], "b": ["a"], "c": ["b"]},
        {"x": [], "b": ["x"], "c": ["b"]},
        {"b": [], "c": ["b"]},
    ]
    assert len({digests(graph, ["c"])["c"] for graph in graphs}) == len(graphs)


@given(graphs(), st.data())
def test_files_are_counted_for_together_as_each_by_itself(
    graph: Graph, data: st.DataObject
) -> None:
    taken = st.lists(st.sampled_from(sorted(graph)), min_size=1, max_size=3)
    files = data.draw(st.lists(taken, min_size=1, max_size=9))
    order = list(in_order([step for steps in files for step in steps], graph.__getitem__))

    def odd(step: str) -> bool:
        return int(step) % 2 == 1

    expected = []
    for steps in files:
        whole = set().union(*(walked(graph, step) for step in steps))
        expected.append((len(whole), sum(map(odd, whole))))
    assert counts(files, order, graph.__getitem__, odd) == expected


def test_a_chain_is_as_long_as_it_likes() -> None:
    length = 50_000
    chain = {str(n): [str(n - 1)] if n else [] for n in range(length)}
    last = str(length - 1)
    order = list(in_order([last], chain.__getitem__))
    assert (len(order), order[0], order[-1]) == (length, "0", last)
    assert len(digests(chain, [last])[last]) == 64
    assert counts([[last], ["9"]], order, chain.__getitem__, lambda step: step == "0") == [
        (length, 1),
        (10, 1),
    ]


def test_more_files_than_are_counted_at_once_are_counted() -> None:
    fan = {"root": [], **{str(n): ["root"] for n in range(5_000)}}
    files = [[str(n)] for n in range(5_000)]
    order = list(in_order(fan, fan.__getitem__))
    assert set(counts(files, order, fan.__getitem__, lambda step: step == "root")) == {(2, 1)}
