"""An ask made by its line, held to what the line declares of itself."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from berg.errors import LineError
from berg.schema.brief import Ask, Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.line import LineKind
from berg.schema.promised import Promised
from berg.schema.step import Out, Step

O = TypeVar("O", bound=Out)  # noqa: E741


def line_of(
    kind: LineKind[Any], ask: Ask, brief: Brief, given: Mapping[str, Any]
) -> Callable[[Do], Coroutine[Any, Any, None]]:
    """What makes an ask; `given` are edited documents by their stages' names."""
    own = {kind.stage.name: given[kind.stage.name]} if kind.stage and given else {}
    allowed = frozenset((step.capability, step.version) for step in kind.steps)
    weights = frozenset(kind.weights(ask, brief))

    async def produce(do: Do) -> None:
        await kind.line(Declared(do, kind.key, allowed, weights), ask, brief, **own)

    return produce


class Declared:
    """The door of one line, through which only what it declares goes: a row that was made is not
    looked at again as long as nothing of that has changed, so nothing else may shape it."""

    def __init__(
        self,
        do: Do,
        line: str,
        allowed: frozenset[tuple[str, int]],
        weights: frozenset[str],
    ) -> None:
        self._do = do
        self._line = line
        self._allowed = allowed
        self._weights = weights

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Ask for a step. Raises LineError if the line's kind doesn't list it or its weights."""
        kind = step.kind
        if (kind.capability, kind.version) not in self._allowed:
            raise LineError(f"{self._line} asks for {kind.capability}, which its steps don't list")
        if step.weights and not self._weights.issuperset(step.weights):
            more = ", ".join(sorted(set(step.weights) - self._weights))
            raise LineError(f"{self._line} opens {more}, which its weights don't list")
        return self._do(step, name=name)

    async def stage(self, name: str, document: Handle[O]) -> O:
        """As the door behind it."""
        return await self._do.stage(name, document)

    def deliver(self, file: Promised) -> None:
        """As the door behind it."""
        self._do.deliver(file)
