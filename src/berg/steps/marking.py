"""What steps that watermark declare alike: light, for declarations. The work is in `marked`."""

from typing import Protocol

_FORESEEN = "0" * 10


class Markable(Protocol):
    """A call that may say with which key its result is watermarked."""

    @property
    def mark(self) -> str | None:
        """The key's id; None marks nothing."""
        ...


def secrets_of(call: Markable) -> tuple[str, ...]:
    """The secrets that a step needs to watermark, for `StepKind.secrets`."""
    return () if call.mark is None else (call.mark,)


def foreseen_mark(mark: str | None) -> str | None:
    """An identifier's stand-in: the true one hangs on the step's key."""
    return None if mark is None else _FORESEEN
