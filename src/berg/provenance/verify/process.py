"""A checking process, as its owner holds it: asked one thing at a time, ended when it hangs.

Whatever a hostile file does to a codec or to the C2PA library, it does there.
"""

import sys

from berg.children import ChildEnded, Resident, TookTooLong
from berg.provenance.verify.orders import Inquiry, Orders

MOST_REPLY = 8 << 20
"""Bytes of one answer; every layer is bounded well below."""


class Died(Exception):  # noqa: N818 - told, not raised to users
    """The process ended, hung or lost its speech; says why, in words."""


class Checker:
    """One process; started when first asked, and anew after it died. For one thread."""

    def __init__(self, orders: Orders) -> None:
        self._child = Resident(
            [sys.executable, "-m", "berg.provenance.verify.child"],
            most_bytes=MOST_REPLY,
            first=orders.model_dump_json().encode(),
        )
        self._closed = False

    def ask(self, ask: Inquiry, *, limit_s: float) -> bytes:
        """One answer, as JSON. Raises Died."""
        if self._closed:
            raise Died("stopped")
        try:
            return self._child.ask(ask.model_dump_json().encode(), limit_s=limit_s)
        except TookTooLong as late:
            raise Died(f"it {late}") from None
        except ChildEnded as ended:
            raise Died(f"the checking process {ended}") from None

    @property
    def stopped(self) -> bool:
        """Whether it was ended for good."""
        return self._closed

    def stop(self) -> None:
        """End the process from another thread, for good: whoever asks it gets Died."""
        self._closed = True
        self._child.kill()

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._child.close()
