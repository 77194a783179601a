"""Our own work on posters measured alone: in one process, and only the functions of the work.

The line is walked as ever, so it is the same posters; what is timed is what the steps call. Run as
a process of its own, which prints JSON: python -m bench.poster_alone HOME BRIEF OUT
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import cv2

from bench.poster_page import page_of
from bench.poster_spine import drive, images, read
from berg.delivery import write
from berg.engine.driver import Driver
from berg.engine.interface import JobEvent, JobSpec, Result
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.steps.compose import run as composing
from berg.lines.posters.steps.ground import run as grounding
from berg.lines.posters.steps.sheet import run as tiling
from berg.lines.posters.steps.subject import run as looking
from berg.lines.posters.steps.type import run as setting
from berg.schema.asset import Asset
from berg.schema.receipt import Receipt
from berg.service import Service
from berg.service._dossiers import Dossiers, value_of
from berg.service._finished import finished_of
from berg.service._request import Prepared
from berg.steps import marked
from berg.store import Store
from berg.weights import Weights

PARTS: dict[str, tuple[tuple[Any, str], ...]] = {
    "photographs: decode, look, crop": (
        (looking, "read_photo"),
        (looking, "subject_of"),
        (grounding, "read_photo"),
        (grounding, "ground_of"),
    ),
    "typesetting": ((setting, "set_poster"),),
    "composing": (
        (composing, "laid_over"),
        (composing, "place"),
        (composing, "lettering_of"),
        (composing, "phash"),
    ),
    "encoding": ((composing, "encode"),),
    "watermark": ((marked, "mark_picture"),),
    "finishing": ((write, "write_files"),),
    "reading back photograph and type": ((composing, "_placed"), (composing, "from_png")),
    "contact sheets": ((tiling, "contact_sheet"),),
}
"""What is timed, and where it is called."""
MARKED_ONLY = ("watermark", "finishing")
BESIDE = ("reading back photograph and type", "contact sheets")
"""Not in the sum: what the spine adds, and what is no poster."""


class Context:
    """What a step is handed, over a store."""

    session = None

    def __init__(
        self, store: Store, weights: Weights, spec: JobSpec, secrets: Mapping[str, bytes]
    ) -> None:
        self._store = store
        self.seed, self.identity = spec.seed, spec.identity
        self.weights = {name: weights.path(name) for name in spec.weights}
        self.secrets = secrets

    @property
    def scratch(self) -> Path:
        return self._store.scratch()

    def path(self, asset: Asset) -> Path:
        return self._store.path(asset)

    def put(self, path: Path, media_type: str) -> Asset:
        return self._store.put_file(path, media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        return self._store.put_bytes(data, media_type)

    def progress(self, done: float) -> None:
        pass


class Here:
    """An engine that does each job at once, in this process; and a job, which is done then."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def submit(self, spec: JobSpec, secrets: Mapping[str, bytes] | None = None) -> "Done":
        call = _load(spec.call).read(spec.params, spec.inputs)
        context = Context(self._service.store, self._service.weights, spec, secrets or {})
        out = _load(spec.runner)(call, context)
        return Done(out.model_dump(mode="json"))

    async def close(self) -> None:
        pass


class Done:
    def __init__(self, out: Mapping[str, Any]) -> None:
        receipt = Receipt(wall_s=0, cpu_s=0, peak_bytes=0, amount=0, unit="", energy_wh=0)
        self._result = Result(out=out, receipt=receipt)

    async def events(self) -> AsyncIterator[JobEvent]:
        return
        yield

    async def result(self) -> Result:
        return self._result

    def cancel(self) -> None:
        pass


def _load(spelled: str) -> Any:
    module, _, name = spelled.partition(":")
    return getattr(import_module(module), name)


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Processor seconds of the parts while this holds."""
    clock: dict[str, float] = defaultdict(float)
    kept = [(place, getattr(*place), part) for part, places in PARTS.items() for place in places]
    for place, work, part in kept:
        setattr(*place, _timing(work, clock, part))
    try:
        yield clock
    finally:
        for place, work, _ in kept:
            setattr(*place, work)


def _timing(work: Callable[..., Any], clock: dict[str, float], part: str) -> Callable[..., Any]:
    def call(*positional: Any, **named: Any) -> Any:
        begun, inside = time.process_time(), clock["inside"]
        try:
            return work(*positional, **named)
        finally:  # what a part calls that is timed itself counts once, as that
            spent = time.process_time() - begun
            clock[part] += spent - (clock["inside"] - inside)
            clock["inside"] = inside + spent

    return call


def finish(service: Service, prepared: Prepared, driver: Driver, folder: Path) -> int:
    """Sign, log and place the posters, as a run of the service does; how many."""
    dossiers = Dossiers(prepared.brief, service.store, service.weights)
    posters = [d for d in driver.promised if f"{d.name}/{d.language}/" in d.path]
    finished = finished_of(posters, dossiers)
    store, finisher = service.store, service.finisher()
    write.write_files(finished, folder, object_path=store.path, finisher=finisher)
    return len(finished)


def pages(service: Service, prepared: Prepared, driver: Driver, folder: Path) -> list[str]:
    """Every poster as a document for a browser."""
    ask = prepared.brief.make[0]
    assert isinstance(ask, PostersAsk)
    photos = {source.asset.sha256: folder / source.name for source in ask.pictures}
    font, made = service.weights.path("inter"), []
    for item in driver.promised:
        step = driver.steps[item.asset.promise.name]
        if step.step.kind.capability != "poster.compose":
            continue
        layer, ground = (value_of(step.step.inputs[name]) for name in ("layer", "ground"))
        source = next(need for need in step.needs if need.out is ground)
        photo = photos[source.step.inputs["photo"].sha256].absolute()
        headline = item.origin.texts["headline"]
        made.append(page_of(layer, step.out, ask=ask, headline=headline, photo=photo, font=font))
    return made


def main() -> None:
    """Walk the line, finish, and print the parts' seconds and the documents as JSON."""
    home, brief, out = (Path(word) for word in sys.argv[1:4])
    cv2.setNumThreads(1)
    with Service(home) as service:
        service.keys.init()
        prepared = read(service, brief)
        with timed() as clock:
            driver = asyncio.run(drive(service, prepared, Here(service)))
            count = finish(service, prepared, driver, out)
        documents = pages(service, prepared, driver, brief.parent)
        assert count == images(driver)
    parts = {part: clock[part] for part in PARTS}
    print(json.dumps({"count": count, "parts": parts, "pages": documents}))


if __name__ == "__main__":
    main()
