"""Lines of very many tiny steps, and their delivery: a chain, a fan, and files over shared steps.

Steps are answered in this process, so that what is measured is berg's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from berg.brief import read_brief
from berg.delivery.write import write_files
from berg.engine.driver import Driver
from berg.engine.interface import JobSpec
from berg.engine.rehearsal import Line
from berg.lines.kinds import built_in
from berg.schema.asset import Asset
from berg.schema.call import Call, Each
from berg.schema.delivery import Deliverable
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.needs import Needs
from berg.schema.promised import Promised
from berg.schema.step import Out, StepKind, Work
from berg.service._dossiers import Dossiers
from berg.service._finished import finished_of, object_path_in
from berg.service._marking import marked
from berg.store import Store
from berg.units import MIB
from berg.weights import Weights
from tests.lines.doubles import walk
from tests.provenance.finish.desk import Desk
from tests.service.film import write_brief


class Number(Out):
    value: int


class Count(Call):
    number: int
    before: Each[int] = Each(())


class Page(Out):
    text: Asset


LINK = StepKind(
    capability="large.link",
    version=1,
    call=Count,
    out=Number,
    runner="tests.service.large:none",
    predict=lambda call: Number(value=call.number),
    work=lambda call: Work(amount=1, unit="links"),
    seconds_per_unit=0.001,
    needs=Needs(memory_bytes=MIB),
    origin="computed",
)
PAGE = StepKind(
    capability="large.page",
    version=1,
    call=Count,
    out=Page,
    runner="tests.service.large:none",
    predict=lambda call: Page(text=Asset(sha256="0" * 64, size=8, media_type="text/plain")),
    work=lambda call: Work(amount=1, unit="pages"),
    seconds_per_unit=0.001,
    needs=Needs(memory_bytes=MIB),
    origin="computed",
)


def answer(spec: JobSpec, store: Store) -> Out:
    number = spec.params["number"]
    if spec.name.startswith("page"):
        return Page(text=store.put_bytes(f"page {number}\n".encode(), "text/plain"))
    return Number(value=number)


def link(do: Do, number: int, *before: Handle[Number]) -> Handle[Number]:
    step = LINK(number=number, before=[one.value for one in before])
    return do(step, name=f"link/{number}")


def page(do: Do, number: int, *before: Handle[Number]) -> None:
    step = PAGE(number=number, before=[one.value for one in before])
    made = do(step, name=f"page/{number}")
    do.deliver(Promised(asset=made.text, name="pages", path=f"page-{number}.txt"))


def chain(length: int) -> Line:
    """Each step takes the one before it, and a file the last."""

    async def line(do: Do) -> None:
        last = link(do, 0)
        for number in range(1, length):
            last = link(do, number, last)
        page(do, 0, last)

    return line


def fan(width: int) -> Line:
    """Steps that take nothing, and a file that takes them all."""

    async def line(do: Do) -> None:
        page(do, 0, *[link(do, number) for number in range(width)])

    return line


def pages(count: int, *, deep: int) -> Line:
    """As many files, each over the same chain."""

    async def line(do: Do) -> None:
        last = link(do, 0)
        for number in range(1, deep):
            last = link(do, number, last)
        for number in range(count):
            page(do, number, last)

    return line


def driven(desk: Desk, line: Line) -> Driver:
    """A line whose steps are all done."""
    return walk(desk.home, line, answer).driver


@contextmanager
def finishing(desk: Desk) -> Iterator[tuple[Store, Dossiers]]:
    """The home's store, and who writes the dossiers."""
    path = write_brief(desk.folder, photos=())
    with Store(desk.home) as store:
        brief = marked(read_brief(path, kinds=built_in(), adopt=store.adopt), desk.keys)
        yield store, Dossiers(brief, store, Weights(desk.home))


def delivered(desk: Desk, driver: Driver) -> tuple[Deliverable, ...]:
    """Deliver what was promised, as a run of the service does."""
    with finishing(desk) as (store, dossiers):
        finished = finished_of(driver.promised, dossiers)
        return write_files(
            finished, desk.out, object_path=object_path_in(store), finisher=desk.finisher
        )
