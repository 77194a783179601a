"""Marking: this home's keys, and a brief told which of them it is marked with."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from berg.errors import ProvenanceError
from berg.schema.brief import Brief

if TYPE_CHECKING:
    from berg.provenance.keys import KeyRing

NO_KEY_YET = "0" * 16
"""Stands in plans for the id of a key that the first delivery will make."""


def ready_keys(keys: "KeyRing", notice: Callable[[str], None]) -> None:
    """Make this home's keys if it has none. Raises KeysError."""
    if not keys.ready():
        keys.init()
        notice(
            "made this home's keys: deliveries are signed by a local authority that nobody else"
            " knows; `berg keys` shows them and takes your own certificate"
        )


def marked(brief: Brief, keys: "KeyRing") -> Brief:
    """The brief with the id of the key that its pictures and sound are watermarked with."""
    if not brief.marks.watermark:
        return brief
    key = NO_KEY_YET
    if keys.ready():
        record = keys.record()
        key = next(mark.id for mark in record.marks if mark.tenant == record.tenant)
    return brief.model_copy(update={"marks": brief.marks.model_copy(update={"key": key})})


class Secrets:
    """The secrets that steps ask for, read when the first one does."""

    def __init__(self, keys: "KeyRing") -> None:
        self._keys = keys
        self._known: dict[str, bytes] = {}

    def __call__(self, name: str) -> bytes:
        """A watermark key's secret. Raises ProvenanceError for an unknown id, KeysError."""
        if not self._known:
            self._known = {key.id: key.secret for key in self._keys.mark_keys()}
        if name not in self._known:
            raise ProvenanceError(f"watermark key {name} is not among this home's keys")
        return self._known[name]
