"""Ancestry: what each step of some files hangs on, summed up once for all of them.

A step's strand is made of the strands of the steps that it takes, so that a chain, a fan or a
hundred files over the same steps are gone through once, and no further. Not here: what is said of
a file (`_dossiers`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from berg.engine.promise import Running
from berg.engine.values import assets_in
from berg.provenance import lineage
from berg.schema.promised import Promised
from berg.schema.step import Sense

T = TypeVar("T", bound=Hashable)
AT_ONCE = 512
"""Receipts that are looked up together."""
NAMED = 100
"""Steps that are named of one file's lineage, besides the one that gave its bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """What a step adds to what is told of files: equal for steps that add the same."""

    sense: Sense
    """Whether its work is heard or seen."""
    called: str
    """What its kind is called in a manifest."""
    makes: bool
    """Whether it makes something new, of nothing but data."""
    models: tuple[str, ...]
    """Catalogue names of the trained weights that it made that with; the model first."""
    sources: tuple[str, ...]
    """SHA-256 of the user's files that it was handed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand:
    """Steps with all that they hang on, summed up; in the order in which a walk that goes to what
    a step takes before the step itself comes by."""

    sha256: str
    """`lineage.step_digest`."""
    receipts: str
    """`lineage.receipt_digest`."""
    told: tuple[Contribution, ...]
    """Each once."""
    makers: tuple[Running, ...]
    """The first steps that make something: `NAMED` at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLineage:
    """The lineage of one file."""

    sha256: str
    """`lineage.file_digest`."""
    receipts: str
    """`lineage.receipts_digest`."""
    steps: int
    """How many it hangs on."""
    made: int
    """How many of those make something."""
    makers: tuple[Running, ...]
    """The first of them: `NAMED` at most."""
    last: Running
    """The step that gave its bytes."""
    told: tuple[Contribution, ...]
    told_last: tuple[Contribution, ...]
    """What its last step alone tells."""


class Ancestry:
    """The lineages of some promised files, all of whose steps are done."""

    def __init__(
        self,
        *,
        tell: Callable[[Running], Contribution | None],
        receipts: Callable[[Sequence[str]], Mapping[str, str]],
    ) -> None:
        """`tell` says what a step adds, None for nothing; it is asked once a step. `receipts` gives
        what steps took, as JSON by their keys; it is asked for `AT_ONCE` keys at most."""
        self._tell, self._receipts = tell, receipts
        self._strands: dict[Running, Strand] = {}
        self._told: _Joined[Contribution] = _Joined()
        self._makers: _Joined[Running] = _Joined(most=NAMED)

    def of(self, files: Sequence[Promised]) -> list[FileLineage]:
        """The lineage of each, in their order."""
        roots = [_roots(file) for file in files]
        order = list(lineage.in_order(chain.from_iterable(roots), _needs))
        for at in range(0, len(order), AT_ONCE):
            some = order[at : at + AT_ONCE]
            receipts = self._receipts([step.key for step in some])
            for step in some:
                self._strands[step] = self._strand(step, receipts.get(step.key, ""))
        counted = lineage.counts(roots, order, _needs, _makes)
        each = zip(files, roots, counted, strict=True)
        return [self._file(_last(file), of, *numbers) for file, of, numbers in each]

    def _strand(self, step: Running, receipt: str) -> Strand:
        needs = [self._strands[need] for need in step.needs]
        return Strand(
            sha256=lineage.step_digest(step.key, (need.sha256 for need in needs)),
            receipts=lineage.receipt_digest(step.key, receipt, (need.receipts for need in needs)),
            told=self._told.join([need.told for need in needs], self._tell(step)),
            makers=self._makers.join(
                [need.makers for need in needs], step if _makes(step) else None
            ),
        )

    def _file(self, last: Running, roots: Sequence[Running], steps: int, made: int) -> FileLineage:
        strands = [self._strands[root] for root in roots]
        own = self._tell(last)
        return FileLineage(
            sha256=lineage.file_digest(strand.sha256 for strand in strands),
            receipts=lineage.receipts_digest(strand.receipts for strand in strands),
            steps=steps,
            made=made,
            makers=self._makers.join([strand.makers for strand in strands], None),
            last=last,
            told=self._told.join([strand.told for strand in strands], None),
            told_last=() if own is None else (own,),
        )


class _Joined(Generic[T]):
    """Sequences in which nothing comes twice, joined in order. Equal ones are one object, and what
    was joined before is found again: most steps add nothing that those before them had not."""

    def __init__(self, *, most: int | None = None) -> None:
        """`most` is how many of a sequence's first items are kept; None keeps all."""
        self._most = most
        self._kept: dict[tuple[T, ...], tuple[T, ...]] = {}
        self._joined: dict[tuple[tuple[int, ...], T | None], tuple[T, ...]] = {}

    def join(self, parts: Iterable[tuple[T, ...]], own: T | None) -> tuple[T, ...]:
        """The items of `parts`, then `own` unless it is None. `parts` were joined here."""
        distinct = tuple({id(part): part for part in parts if part}.values())
        if distinct and (self._full(distinct[0]) or (own is None and len(distinct) == 1)):
            return distinct[0]
        asked = (tuple(map(id, distinct)), own)
        known = self._joined.get(asked)
        if known is None:
            items = chain(chain.from_iterable(distinct), () if own is None else (own,))
            whole = tuple(islice(dict.fromkeys(items), self._most))
            known = self._joined[asked] = self._kept.setdefault(whole, whole)
        return known

    def _full(self, part: tuple[T, ...]) -> bool:
        return self._most is not None and len(part) >= self._most


def handed(step: Running) -> tuple[str, ...]:
    """SHA-256 of the assets that a step is told and handed directly, not by another step."""
    assets = assets_in(step.step.params) + assets_in(step.step.inputs)
    return tuple(dict.fromkeys(asset.sha256 for asset in assets))


def _roots(file: Promised) -> tuple[Running, ...]:
    """The steps that a file is taken from, each once."""
    told: list[Any] = [handle.promise for handle in file.told_by]
    return tuple(dict.fromkeys((*told, _last(file))))


def _last(file: Promised) -> Running:
    """The step that gave a file's bytes."""
    promise: Any = file.asset.promise
    assert isinstance(promise, Running)
    return promise


def _needs(step: Running) -> tuple[Running, ...]:
    return step.needs


def _makes(step: Running) -> bool:
    return step.step.kind.origin is not None
