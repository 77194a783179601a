"""How secrets reach a worker: by a pipe of their own, beside the one that jobs travel.

So they stand in no message, and what is logged, printed or kept of a job can't hold them. A pipe
has no name in the file system, and only its number is told on a command line. Each job that asks
for secrets is preceded by one line on the pipe; one without asks for none and reads none.
"""

import contextlib
import json
import os
from collections.abc import Mapping

from berg.errors import StepError

Secrets = Mapping[str, bytes]
"""Secrets by id. Never to be printed, stored, or made a part of another noun."""


class SecretsPipe:
    """The engine's end."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    @property
    def for_worker(self) -> int:
        """The descriptor that the worker inherits, until `started`."""
        return self._reading

    def started(self) -> None:
        """The worker has its end; ours of it is closed, so that its death is noticed."""
        if self._reading >= 0:
            os.close(self._reading)
            self._reading = -1

    def tell(self, job: str, secrets: Secrets) -> None:
        """Hand over what a job asked for, before the job itself: some hundred bytes, which a pipe
        takes at once."""
        told = {"id": job, "secrets": {name: secret.hex() for name, secret in secrets.items()}}
        with contextlib.suppress(BrokenPipeError):  # the worker's death is told by its life's end
            os.write(self._writing, json.dumps(told).encode() + b"\n")

    def close(self) -> None:
        """Nothing more will be told."""
        self.started()
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1


class SecretsReader:
    """The worker's end."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)  # no child of a step hears it
        self._lines = os.fdopen(descriptor, "rb")

    def hear(self, job: str) -> dict[str, bytes]:
        """The secrets of a job that asked for some; those of a job before, which failed before it
        heard them, are dropped. Raises StepError: they never came."""
        for line in self._lines:
            told = json.loads(line)
            if told["id"] == job:
                return {name: bytes.fromhex(secret) for name, secret in told["secrets"].items()}
        raise StepError("its secrets did not arrive")
