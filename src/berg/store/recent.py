"""A map that forgets: what a long run has looked at must not grow with its length."""

from typing import TypeVar

V = TypeVar("V")

MOST = 20_000
"""Entries kept, about 4 MiB; a short film has some hundred assets."""


class Recent(dict[str, V]):
    """The latest entries; who asks for an older one looks again."""

    def __setitem__(self, key: str, value: V) -> None:
        self.pop(key, None)
        super().__setitem__(key, value)
        while len(self) > MOST:
            del self[next(iter(self))]
