"""The local engine keeps the contract of engines, and what is its own."""

from berg.engine.interface import Engine
from berg.engine.local import LocalEngine
from berg.store import Store
from tests.engine.conformance import Conformance


class TestLocalEngine(Conformance):
    def open_engine(self, store: Store, slots: int, memory_bytes: int) -> Engine:
        return LocalEngine(store, slots=slots, memory_bytes=memory_bytes)
