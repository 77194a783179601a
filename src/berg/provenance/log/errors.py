"""What can be wrong with a log, a note or a proof. Hostile texts end here, as one clear error."""

from berg.errors import RequestError, StoreError


class NoteError(RequestError):
    """A signed note, checkpoint, key or proof is not of its form, too large, or not signed."""

    code = "note"


class LogDamagedError(StoreError):
    """The log's own files contradict each other; nothing is signed on top of them."""

    code = "log-damaged"
    retry = False
