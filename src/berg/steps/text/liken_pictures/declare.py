"""text.liken_pictures: what each picture is worth to each shot by meaning, in any language."""

from collections.abc import Sequence

from berg.language.shots import Uneven, shots_of
from berg.language.words import name_phrase
from berg.runtimes.e5 import MODEL
from berg.schema.call import Call
from berg.schema.needs import Needs, Session
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.text.write_storyboard.script import Scripted
from berg.units import MIB

LIKENED_BY = (MODEL,)
"""Catalogue names of what likening opens."""


class LikenPictures(Call):
    """What is said, and what the pictures are said to show."""

    shots: tuple[tuple[str, ...], ...]
    """Each shot's text in every language."""
    pictures: tuple[str, ...]
    """Each picture's name and caption, as words."""


class Likeness(Out):
    """How near each picture is to each shot."""

    worth: tuple[tuple[int, ...], ...]
    """Shots x pictures, from 0: the more, the nearer. 1,000 is what a word of its own is worth."""


def _predict(call: LikenPictures) -> Likeness:
    """Nothing is known before it is read: until then, equal words choose."""
    return Likeness(worth=())


LIKEN_PICTURES = StepKind(
    capability="text.liken_pictures",
    version=1,
    call=LikenPictures,
    out=Likeness,
    predict=_predict,
    work=lambda call: Work(amount=sum(map(len, call.shots)) + len(call.pictures), unit="texts"),
    seconds_per_unit=0.06,
    overhead_s=1.0,
    tools=("numpy",),
    weights=lambda call: LIKENED_BY,
    needs=Needs(
        memory_bytes=60 * MIB,
        session=Session(runtime="berg.runtimes.e5:E5", weights=LIKENED_BY, memory_bytes=350 * MIB),
    ),
    called="likeness",
    sense="none",
)
"""Vectors by multilingual-e5-small."""


def liken_pictures(ask: Scripted, *, languages: Sequence[str]) -> Step[Likeness]:
    """A step that compares every shot of a script with every picture's name and caption."""
    drafts = shots_of({language: ask.script[language] for language in languages})
    shots = [] if isinstance(drafts, Uneven) else drafts
    return LIKEN_PICTURES(
        shots=tuple(tuple(draft.text.values()) for draft in shots),
        pictures=tuple(shown_by(s.name, s.words) for s in ask.footage),
    )


def shown_by(name: str, words: str) -> str:
    """A picture's name and caption as one phrase; empty if neither says anything."""
    return ". ".join(part for part in (name_phrase(name), words) if part)
