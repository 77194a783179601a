"""The store: assets by digest, results by key, claims, leases, runs and garbage collection."""

from berg.store._store import Store
from berg.store.claims import Claim, Lease
from berg.store.gc import GcReport
from berg.store.record import Record
from berg.store.runs import RunHandle, RunInfo

__all__ = ["Claim", "GcReport", "Lease", "Record", "RunHandle", "RunInfo", "Store"]
