"""Whole homes as releases left them: README.md."""

from pathlib import Path

ARCHIVES = sorted(Path(__file__).parent.glob("*.tar.xz"))
"""One a released layout, the oldest first."""
