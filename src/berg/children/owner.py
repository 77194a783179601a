"""A resident child's side of the talk with its owner: messages in, one answer to each."""

import os
import signal
from collections.abc import Iterator

from berg.streams import take_output

HEAD = 8
"""Bytes of a message's length, before it, the highest first."""


class Owner:
    """Whoever started this process. There is one, and this takes standard input and output for it:
    what libraries print goes to standard error from then on, and is no answer."""

    def __init__(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's to answer
        self._asked = os.fdopen(os.dup(0), "rb")
        self._said = os.fdopen(take_output(), "wb")

    def messages(self) -> Iterator[bytes]:
        """What the owner says, until it ends or closes the pipe."""
        while head := self._asked.read(HEAD):
            yield self._asked.read(int.from_bytes(head, "big"))

    def reply(self, answer: bytes) -> None:
        """Answer the last message."""
        self._said.write(len(answer).to_bytes(HEAD, "big") + answer)
        self._said.flush()
