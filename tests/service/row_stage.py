"""Rows of tiny steps, run as the service runs films: here, or as a process that can be killed.

Each row gets a greeting of its own over what all rows share. `python -m tests.service.row_stage
HOME OUT TABLE` makes a table's rows and tells in JSON how it went, with its peak memory.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.brief.table import Row, count_rows, rows_of
from berg.digest import digest_of
from berg.engine.rehearsal import Line
from berg.errors import BergError
from berg.lines.rows import RowError
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief, Table
from berg.schema.delivery import Delivery
from berg.schema.do import Do
from berg.schema.promised import Promised
from berg.service import Request, Service
from berg.service._request import Prepared
from berg.service.making.row_plan import plan_rows
from tests.engine.tiny import blob, trouble
from tests.service.film import give_keys, make_prepared

TABLE = Table(
    source=Asset(sha256="0" * 64, size=1, media_type="text/csv"),
    name="people.csv",
    format="csv",
    columns=("id", "name"),
)
BRIEF = Brief(title="Any", slug="any", languages=("en",), brand=Brand(name="A"), make=())


@dataclass(frozen=True)
class Greetings:
    """An `PerRow` of tiny steps. A name that is a kind of trouble has it."""

    path: Path
    version: str = "1"
    name: str = "greet"

    def rows(self) -> Iterator[Row]:
        return rows_of(self.path, TABLE)

    def count(self) -> int:
        return count_rows(self.path, TABLE)

    def digest(self, row: Row) -> str:
        if row.fault is not None:
            raise RowError(row.fault)
        if not row.values.get("name"):
            raise RowError("name is empty")
        return digest_of("greeting", [self.version, row.values["name"]])

    def line(self, row: Row) -> Line:
        name = row.values["name"]
        if name == "unsayable":
            raise RowError("script: nobody can say this")

        async def line(do: Do) -> None:
            shared = do(blob("Hello ", size=20), name="shared")
            if name in ("raise", "crash"):
                await do(trouble(name), name="trouble")
            own = do(blob(f"{name} {self.version}", shared.data), name="own")
            await own
            do.deliver(Promised(asset=own.data, name="greet", language="en", path="greet.en.txt"))

        return line


def write_table(path: Path, names: dict[str, str] | int) -> Path:
    """A table of ids and names; a number gives so many people."""
    pairs = names if isinstance(names, dict) else {f"p{n}": f"Name {n}" for n in range(names)}
    lines = (f'{row},"{name}"\n' for row, name in pairs.items())
    path.write_text("id,name\n" + "".join(lines), encoding="utf-8")
    return path


class RowStage:
    """A home, a folder and a table."""

    def __init__(self, folder: Path) -> None:
        self.home, self.out, self.table = folder / "home", folder / "out", folder / "people.csv"
        give_keys(self.home)
        self.service = Service(self.home)

    def prepared(self, version: str = "1") -> Prepared:
        each = Greetings(self.table, version)
        return Prepared(brief=BRIEF, line=_nothing, folder=self.out, each=(each,))

    def make(self, version: str = "1") -> Delivery:
        request = Request(brief=self.table, out=self.out)
        made = make_prepared(self.service, request, self.prepared(version))
        assert made.delivery is not None
        return made.delivery

    def plan(self) -> Any:
        plain = self.service.rehearse(self.service.ledger(), _nothing, until=None)
        plan = plan_rows(self.service, self.prepared(), plain)
        return plan.rows

    def lines(self) -> list[dict[str, Any]]:
        text = (self.out / "delivery.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def digests(self) -> dict[str, str]:
        return {line["row"]["id"]: line["content_sha256"] for line in self.lines()}

    def report(self) -> list[str]:
        path = self.out / "rows.report.csv"
        return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []

    def text(self, line: dict[str, Any]) -> str:
        path: str = line["path"]
        return (self.out / path).read_text(encoding="utf-8")


async def _nothing(do: Do) -> None:
    pass


def main(home: Path, out: Path, table: Path) -> int:
    """Make a table's rows; the exit status is that of the command."""
    stage = RowStage(home.parent)
    stage.home, stage.out, stage.table = home, out, table
    begun = time.perf_counter()
    try:
        delivery = stage.make()
    except BergError as error:
        print(json.dumps(error.to_json()))
        return error.exit_code
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    rows = delivery.rows
    assert rows is not None
    print(
        json.dumps(
            {"rows": rows.model_dump(), "peak": peak, "seconds": time.perf_counter() - begun}
        )
    )
    return 0


if __name__ == "__main__":
    HOME, OUT, PEOPLE = map(Path, sys.argv[1:4])
    sys.exit(main(HOME, OUT, PEOPLE))
