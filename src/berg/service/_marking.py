"""Marking: this home's keys, and a brief told which of them it is marked with."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from berg.errors import BergError, ProvenanceError, RequestError
from berg.schema.brief import Brief

if TYPE_CHECKING:
    from berg.provenance.finish import Dossier
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


def once(notice: Callable[[str], None]) -> Callable[[str], None]:
    """Hears what holds for many files, and tells it the first time only."""
    told: set[str] = set()

    def tell(message: str) -> None:
        if message not in told:
            told.add(message)
            notice(message)

    return tell


def check_keys(keys: "KeyRing") -> None:
    """Open what will sign, before hours of work: locked, expired or lost keys are told at once.

    Raises RequestError with what to do about it.
    """
    try:
        keys.signer()
        keys.log_key()
    except BergError as error:
        raise RequestError(error.message, where=error.where) from error


def tell_of_producer(dossiers: Iterable["Dossier"], notice: Callable[[str], None]) -> None:
    """Say so if an AIGC label names no producer: berg never invents one."""
    if any(d.aigc is not None and not d.aigc.content_producer for d in dossiers):
        notice(
            "the AIGC labels name no producer, which China's standard asks for: write your"
            " 27-character code as provenance: {producer: …} in the brief"
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


class StepSecrets:
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
