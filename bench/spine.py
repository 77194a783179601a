"""The spine alone: 10,000 tiny steps, cold and warm. Run: python -m bench.spine [STEPS]"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.engine.tiny import add

from berg.compute.predict import Predictor
from berg.engine.driver import Driver
from berg.engine.ledger import Ledger
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.observer import Silent
from berg.engine.rehearsal import Line, Rehearsal
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.store import Store
from berg.units import GIB

FAN = 10
"""Every tenth step takes the ten before it, so that the graph has depth."""


def line_of(count: int) -> Line:
    """A line of `count` tiny steps."""

    async def line(do: Do) -> None:
        group: list[Handle[int]] = []
        for index in range(count):
            if len(group) == FAN:
                handle = do(add(index, *group), name=f"step/{index}")
                group = []
            else:
                handle = do(add(index), name=f"step/{index}")
            group.append(handle.value)

    return line


def run_once(home: Path, line: Line) -> tuple[float, int]:
    """Rehearse and drive, as `berg make` does; seconds and how many steps ran."""

    async def go() -> tuple[float, int]:
        begun = time.perf_counter()
        store = Store(home)
        ledger = Ledger(store, weight_digest=lambda name: name)
        Rehearsal(ledger, Predictor(lambda capability, limit: [])).run(line)
        engine = LocalEngine(store, slots=2, memory_bytes=GIB)
        maker = Maker(ledger, engine, Silent(), run="r-bench", rank=lambda name: 0.0)
        driver = Driver(ledger, maker)
        await driver.run(line)
        await engine.close()
        ran = sum(step.ending == "ran" for step in driver.steps.values())
        return time.perf_counter() - begun, ran

    return asyncio.run(go())


def main() -> None:
    """Print steps a second, cold and warm."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        line = line_of(count)
        cold, ran = run_once(Path(folder), line)
        assert ran == count
        warm, ran = run_once(Path(folder), line)
        assert ran == 0
    print(f"| {count} tiny steps | cold {count / cold:,.0f}/s | warm {count / warm:,.0f}/s |")


if __name__ == "__main__":
    main()
