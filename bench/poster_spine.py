"""The steps of a brief's posters, driven as the service drives them, by any engine.

Nothing is delivered: what is made lies in the store.
"""

import asyncio
import resource
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from berg.compute.simulate import upward_ranks
from berg.engine.driver import Driver
from berg.engine.interface import Engine
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.observer import Silent
from berg.home import default_home
from berg.service import Request, Service
from berg.service._marking import StepSecrets
from berg.service._request import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Taken:
    """What something took, and how many posters (or films) came of it."""

    wall_s: float
    cpu_s: float
    count: int

    @property
    def wall_ms(self) -> float:
        """Of one."""
        return self.wall_s / self.count * 1000

    @property
    def cpu_ms(self) -> float:
        """Of one."""
        return self.cpu_s / self.count * 1000


def home_in(folder: Path) -> Path:
    """A fresh home, with the weights and fonts of this machine's."""
    folder.mkdir(parents=True)
    (folder / "weights").symlink_to(default_home() / "weights")
    return folder


def read(service: Service, brief: Path) -> Prepared:
    """A brief read and checked."""
    return prepare(
        Request(brief=brief),
        service.store,
        service.weights,
        service.kinds,
        service.keys,
        lambda notice: None,
    )


async def drive(
    service: Service, prepared: Prepared, engine: Engine, observer: Silent | None = None
) -> Driver:
    """Walk the line to its end."""
    ledger = service.ledger()
    ranks = upward_ranks(service.rehearse(ledger, prepared.line, until=None).steps)
    maker = Maker(
        ledger,
        engine,
        observer or Silent(),
        run="r-bench",
        rank=lambda name: ranks.get(name, 0.0),
        secret=StepSecrets(service.keys),
    )
    driver = Driver(ledger, maker)
    await driver.run(prepared.line)
    return driver


def images(driver: Driver) -> int:
    """Posters promised."""
    return sum(f"{item.name}/{item.language}/" in item.path for item in driver.promised)


def steps_alone(home: Path, brief: Path, *, before: Path | None = None) -> Taken:
    """Make the steps of a brief in a fresh home; with `before`, workers are warmed up by that."""
    with Service(home) as service:
        prepared = read(service, brief)
        warming = None if before is None else read(service, before)

        async def go() -> Taken:
            spent = _Spent()
            begun = time.perf_counter()
            engine = LocalEngine(
                service.store, slots=service.node.cores, memory_bytes=service.node.memory_bytes
            )
            if warming is not None:
                await drive(service, warming, engine)
                spent.forget()
                begun = time.perf_counter()
            driver = await drive(service, prepared, engine)
            wall = time.perf_counter() - begun
            await engine.close()
            return Taken(wall, spent.cpu_s(), images(driver))

        return asyncio.run(go())


class _Spent:
    """Processor seconds of this process and of the workers that it starts, once they ended."""

    def __init__(self) -> None:
        self._before = _ended() + time.process_time()

    def forget(self) -> None:
        """Count from now on."""
        alive = sum(
            times.user + times.system
            for child in psutil.Process().children(recursive=True)
            for times in (child.cpu_times(),)
        )
        self._before = _ended() + time.process_time() + alive

    def cpu_s(self) -> float:
        return _ended() + time.process_time() - self._before


def _ended() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
