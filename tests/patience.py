"""How long a test waits for what must come: a busy machine is slow, and that is no fault."""

PATIENCE_S = 600.0
"""Seconds after which something counts as hung. Nothing that is right waits so long."""
