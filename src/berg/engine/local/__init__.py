"""The local engine: worker processes with resident sessions, on this machine."""

from berg.engine.local.engine import LocalEngine

__all__ = ["LocalEngine"]
