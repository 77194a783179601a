"""What is summed up of a file's lineage is what a walk over all of its steps would tell."""

import asyncio
from collections.abc import Sequence
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from berg.engine.ledger import Trace
from berg.engine.promise import Running
from berg.schema.call import Call
from berg.schema.handle import Handle
from berg.schema.promised import Promised
from berg.schema.step import Out, StepKind, Work
from berg.service._ancestry import NAMED, Ancestry, Contribution


class Asked(Call):
    pass


def kind(number: int, origin: Literal["computed"] | None) -> StepKind[..., Call, Out]:
    return StepKind(
        capability=f"some.kind{number}",
        version=1,
        call=Asked,
        out=Out,
        runner="nowhere:nothing",
        predict=lambda call: Out(),
        work=lambda call: Work(amount=0, unit=""),
        seconds_per_unit=1,
        origin=origin,
    )


KINDS = [kind(0, "computed"), kind(1, "computed"), kind(2, None), kind(3, None)]
LOOP = asyncio.new_event_loop()
LOOP.close()  # futures need one, and nothing runs in it


def step(number: int, of: int, needs: Sequence[Running]) -> Running:
    return Running(
        name=f"step/{number}",
        step=KINDS[of](),
        trace=Trace(identity="", recipe="", needs=tuple(needs)),
        future=LOOP.create_future(),
        on_await=lambda running: None,
        key=f"{number:064}",
    )


def tell(running: Running) -> Contribution | None:
    """One kind tells nothing; the others by kind alone."""
    number = int(running.step.kind.capability[-1])
    if number == 3:
        return None
    return Contribution(
        sense="heard" if number == 1 else "seen",
        called=str(number),
        makes=number < 2,
        models=(),
        sources=(),
    )


def ancestry() -> Ancestry:
    return Ancestry(tell=tell, receipts=lambda keys: {key: f"of {key}" for key in keys})


def file_of(steps: Sequence[Running]) -> Promised:
    *told, last = (Handle[Any](step) for step in steps)
    return Promised(asset=last, name="a", path="a", told_by=tuple(told))


def walked(steps: Sequence[Running]) -> list[Running]:
    found: dict[Running, None] = {}
    for step in steps:
        found.update(dict.fromkeys(walked(step.needs)))
        found[step] = None
    return list(found)


@st.composite
def graphs(draw: st.DrawFn) -> list[Running]:
    steps: list[Running] = []
    for number in range(draw(st.integers(1, 14))):
        takes = st.lists(st.sampled_from(steps), unique=True, max_size=4) if steps else st.just([])
        steps.append(step(number, draw(st.integers(0, 3)), draw(takes)))
    return steps


@given(graphs(), st.data())
def test_what_is_told_is_what_a_walk_over_all_steps_tells_in_its_order(
    steps: list[Running], data: st.DataObject
) -> None:
    taken = st.lists(st.sampled_from(steps), min_size=1, max_size=3, unique=True)
    files = data.draw(st.lists(taken, min_size=1, max_size=5))
    found = Ancestry(tell=tell, receipts=lambda keys: dict.fromkeys(keys, "{}")).of(
        [file_of(one) for one in files]
    )
    for one, lineage in zip(files, found, strict=True):
        whole = walked(one)
        told = dict.fromkeys(one_told for s in whole if (one_told := tell(s)) is not None)
        makers = [s for s in whole if s.step.kind.origin is not None]
        assert lineage.told == tuple(told)
        assert lineage.makers == tuple(makers)
        assert (lineage.steps, lineage.made) == (len(whole), len(makers))
        assert lineage.last is one[-1]


def test_of_many_steps_that_make_something_the_first_are_named() -> None:
    steps = [step(0, 0, ())]
    for number in range(1, 4 * NAMED):
        steps.append(step(number, 0, steps[-1:]))
    last = step(4 * NAMED, 3, steps)
    (lineage,) = ancestry().of([file_of([last])])
    assert lineage.makers == tuple(steps[:NAMED])
    assert (lineage.steps, lineage.made) == (4 * NAMED + 1, 4 * NAMED)


def test_a_file_is_told_alike_beside_others_and_alone() -> None:
    one = step(0, 0, ())
    two, three = step(1, 1, [one]), step(2, 2, [one])
    files = [file_of([three, two]), file_of([two]), file_of([three])]
    together = Ancestry(tell=tell, receipts=lambda keys: {k: k for k in keys}).of(files)
    alone = [
        Ancestry(tell=tell, receipts=lambda keys: {k: k for k in keys}).of([file])[0]
        for file in files
    ]
    assert together == alone


def test_receipts_are_asked_for_once_a_step_and_change_their_digest_alone() -> None:
    asked: list[str] = []
    one = step(0, 0, ())
    files = [file_of([step(n, 0, [one])]) for n in range(1, 5)]

    def receipts(keys: Sequence[str]) -> dict[str, str]:
        asked.extend(keys)
        return dict.fromkeys(keys, "{}")

    before = Ancestry(tell=tell, receipts=receipts).of(files)
    after = Ancestry(tell=tell, receipts=lambda keys: dict.fromkeys(keys, '{"wall_s":1}')).of(files)
    assert sorted(asked) == sorted(set(asked))
    assert [a.sha256 for a in after] == [b.sha256 for b in before]
    assert not {a.receipts for a in after} & {b.receipts for b in before}
