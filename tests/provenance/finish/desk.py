"""A desk from which files are delivered: a home with real keys, log and store, and small files."""

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from berg.carriers.aigc import AigcLabel
from berg.delivery.write import Finished, write_document, write_files
from berg.digest import bytes_sha256
from berg.provenance.finish import Dossier, Finisher
from berg.provenance.finish.dossier import produce_id
from berg.provenance.keys import KeyRing
from berg.provenance.log import Entry, Log
from berg.provenance.manifest import ManifestClaim
from berg.schema.delivery import Deliverable, Delivery, StepCounts, Totals
from berg.store import Store
from tests.provenance.log.hand import killed_at
from tests.provenance.manifest.samples import BESIDE, INSIDE
from tests.service.film import give_keys

# the server that processes are forked from has imported this module, too
multiprocessing.get_context("forkserver").set_forkserver_preload([__name__])

KINDS = {**INSIDE, **BESIDE, "bin": ("application/octet-stream", lambda: b"\0berg\1")}
"""Extension to media type and bytes."""


@cache
def content(kind: str) -> bytes:
    """The same bytes every time, by extension."""
    return KINDS[kind][1]()


def dossier(content_sha256: str, media_type: str, **claimed: Any) -> Dossier:
    """What is told of a file: generated unless said otherwise."""
    said: dict[str, Any] = {
        "title": "A film",
        "media_type": media_type,
        "profile": "both",
        "generated": ("voice",),
        "source_type": "compositeWithTrainedAlgorithmicMedia",
        "receipt_sha256": "ab" * 32,
        "produce_id": produce_id(content_sha256),
    }
    producer = claimed.pop("producer", "")
    claim = ManifestClaim(**{**said, **claimed})
    label = AigcLabel(label="1", content_producer=producer, produce_id=claim.produce_id)
    return Dossier(claim=claim, aigc=label if claim.generated else None)


@dataclass
class Desk:
    """One home and one folder to deliver into."""

    folder: Path
    said: list[str] = field(default_factory=list)
    """Notices."""

    def __post_init__(self) -> None:
        self.home, self.out = self.folder / "home", self.folder / "out"
        self.store = Store(self.home)
        give_keys(self.home)
        self.keys = KeyRing.open(self.home / "keys")
        self.log = Log(self.home / "log", key=self.keys.log_key(), origin=self.keys.log_origin())

    @property
    def finisher(self) -> Finisher:
        return Finisher(
            keys=self.keys,
            log=self.log,
            effects=self.store.effects,
            manifests=self.home / "log" / "manifests",
            notice=self.said.append,
        )

    def item(self, path: str, data: bytes | None = None, **claimed: Any) -> Finished:
        """A file to deliver; its extension says what it is."""
        kind = path.rpartition(".")[2]
        asset = self.store.put_bytes(content(kind) if data is None else data, KINDS[kind][0])
        about = dossier(asset.sha256, asset.media_type, **claimed)
        return Finished(
            name="short", language="en", path=path, asset=asset, facts={}, dossier=about
        )

    def write(self, *items: Finished) -> tuple[Deliverable, ...]:
        """Write files alone."""
        return write_files(items, self.out, object_path=self.store.path, finisher=self.finisher)

    def deliver(self, *items: Finished) -> tuple[Deliverable, ...]:
        """Write files and their document."""
        files = self.write(*items)
        write_document(delivery(*files), self.out)
        return files

    def entries(self) -> list[Entry]:
        """All that the log holds."""
        return [self.log.entry(index) for index in range(self.log.head().size)]

    def names(self) -> set[str]:
        """All that lies in the folder."""
        return {path.name for path in self.out.iterdir()}

    def state(self) -> dict[str, tuple[str, int]]:
        """Digest and inode of every delivered file, its sidecars too."""
        return {
            path.name: (bytes_sha256(path.read_bytes()), path.stat().st_ino)
            for path in self.out.iterdir()
            if path.name != "delivery.json"
        }


def delivery(*files: Deliverable) -> Delivery:
    return Delivery(
        run="r-1",
        steps=StepCounts(total=1, ran=1, cached=0, failed=0),
        wall_s=1.0,
        deliverables=files,
        receipt=Totals(wall_s=1.0, cpu_s=1.0, energy_wh={}, method="tdp_estimate"),
    )


def deliver(say: Connection, folder: Path, paths: Sequence[str]) -> None:
    """Deliver in a process that may be killed."""
    desk = Desk(folder)
    for file in desk.deliver(*(desk.item(path) for path in paths)):
        say.send(file.sha256)


def killed_while_delivering(point: str, folder: Path, paths: Sequence[str]) -> None:
    """Deliver in a process that dies at that point."""
    killed_at(point, deliver, folder, paths)
