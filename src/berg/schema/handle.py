"""Handle: the promise of a step's result, or of one field of it."""

from collections.abc import Generator
from typing import Any, Generic, Protocol, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Promise(Protocol):
    """What an engine keeps behind a handle."""

    name: str
    """The step's name in the run."""

    @property
    def recipe(self) -> str:
        """The step's recipe."""
        ...

    @property
    def out(self) -> Any:
        """The result, real or foreseen; to be asked for only once it exists."""
        ...

    def wait(self) -> Generator[Any, None, Any]:
        """Suspend until the result exists, then return it."""
        ...


class Handle(Generic[T_co]):
    """The promise of a result. Pass it on as an input, or await it to branch on its value.

    Attributes and items of a handle are handles of that field, so that a step can depend on
    one field of another's result and on nothing else: `voice.frames`.
    """

    __slots__ = ("path", "promise")

    def __init__(self, promise: Promise, path: tuple[str | int, ...] = ()) -> None:
        object.__setattr__(self, "promise", promise)
        object.__setattr__(self, "path", path)

    promise: Promise
    path: tuple[str | int, ...]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a handle is frozen")

    def __getattr__(self, name: str) -> "Handle[Any]":
        if name.startswith("_"):
            raise AttributeError(name)
        return Handle(self.promise, (*self.path, name))

    def __getitem__(self, index: int | str) -> "Handle[Any]":
        return Handle(self.promise, (*self.path, index))

    def __iter__(self) -> Any:
        raise TypeError("a handle's length is not known before its value: await it")

    def __bool__(self) -> bool:
        raise TypeError("a handle has no truth before its value: await it")

    def __await__(self) -> Generator[Any, None, T_co]:
        value: T_co = follow((yield from self.promise.wait()), self.path)
        return value

    def __repr__(self) -> str:
        return f"Handle({self.promise.name}{''.join(f'.{p}' for p in self.path)})"


def follow(value: Any, path: tuple[str | int, ...]) -> Any:
    """The part of a result that a path names."""
    for part in path:
        value = getattr(value, part) if isinstance(part, str) else value[part]
    return value
