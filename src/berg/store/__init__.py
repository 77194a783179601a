"""The store: assets by digest; the index of results; claims; garbage collection."""

from berg.store._store import Store
from berg.store.claims import FileClaim, Lease
from berg.store.gc import GcReport
from berg.store.local_objects import LocalObjects
from berg.store.record import Record, RunInfo
from berg.store.runs import RunHandle

__all__ = [
    "FileClaim",
    "GcReport",
    "Lease",
    "LocalObjects",
    "Record",
    "RunHandle",
    "RunInfo",
    "Store",
]
