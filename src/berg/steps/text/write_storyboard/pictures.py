"""Which picture each shot shows: a local rule, so that editing one sentence moves no other picture.

Shots choose in an order that hangs on themselves alone (those whose words match something first,
then by seed), each taking its best picture among those that no near neighbour has taken. What a
shot can change is therefore only a later-choosing neighbour that wanted the same. Then pictures
that nobody took replace repeats, so that all that was brought is seen before anything comes twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from berg.language.words import content_words, hash32, name_words

FAR = 2
"""Shots before and after within which no picture comes twice: not within three."""
MANY = 4
"""Pictures from which on they can be kept apart so far."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of footage, as far as choosing it needs to know."""

    name: str
    words: str
    content: str
    """Digest: the same bytes under two names count as one picture."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A shot, as far as choosing its picture needs to know."""

    seed: int
    texts: tuple[str, ...]


def choose(wishes: Sequence[Wish], pictures: Sequence[Candidate]) -> list[str | None]:
    """The name of each shot's picture; None where only a card can stand between equals."""
    single = list({picture.content: picture for picture in reversed(pictures)}.values())[::-1]
    telling = _telling(single)
    ranked = [_rank(wish, single, telling) for wish in wishes]
    order = sorted(range(len(wishes)), key=lambda k: (-ranked[k][0], wishes[k].seed, k))
    reach = FAR if len(single) >= MANY else 1
    chosen: dict[int, str | None] = {}
    for k in order:
        chosen[k] = _best(ranked[k][1], chosen, k, reach=reach)
    for name in sorted({p.name for p in single} - set(chosen.values()), key=_last_drawn):
        _give_room(name, chosen, ranked, order)
    return [chosen[k] for k in range(len(wishes))]


def _give_room(
    name: str,
    chosen: dict[int, str | None],
    ranked: Sequence[tuple[int, list[str]]],
    order: Sequence[int],
) -> None:
    """Show a picture that nobody took in place of a repeat, or of a card between equals.

    The shot that matches best keeps a picture; of the others the one that minds least gives it up.
    """
    holders: dict[str | None, list[int]] = {None: []}
    for k in order:
        holders.setdefault(chosen[k], []).append(k)
    spare = [*holders.pop(None), *(k for same in holders.values() for k in same[1:])]
    if spare:
        chosen[max(spare, key=lambda k: (-ranked[k][0], -ranked[k][1].index(name), k))] = name


def _last_drawn(name: str) -> tuple[int, str]:
    """An order of pictures that hangs on their names alone."""
    return hash32("unused", name), name


def _best(names: Sequence[str], chosen: Mapping[int, str | None], k: int, reach: int) -> str | None:
    """The best name not taken within `reach`; failing that, not taken next to it; else none."""
    for distance in range(reach, 0, -1):
        near = {chosen.get(k + d) for d in range(-distance, distance + 1)}
        free = [name for name in names if name not in near]
        if free:
            return free[0]
    return None


def _telling(pictures: Sequence[Candidate]) -> dict[str, dict[str, int]]:
    """By picture, what each of its words is worth: the rarer among the pictures, the more."""
    words = {p.name: name_words(p.name) | content_words(p.words) for p in pictures}
    count: dict[str, int] = {}
    for found in words.values():
        for word in found:
            count[word] = count.get(word, 0) + 1
    total = len(pictures)
    return {
        name: {w: 1000 // count[w] for w in found if total == 1 or count[w] < total}
        for name, found in words.items()
    }


def _rank(
    wish: Wish, pictures: Sequence[Candidate], telling: Mapping[str, Mapping[str, int]]
) -> tuple[int, list[str]]:
    """The best match's worth, and all names, best first."""
    said = frozenset[str]().union(*map(content_words, wish.texts))
    worth = {p.name: sum(v for w, v in telling[p.name].items() if w in said) for p in pictures}
    draw = {p.name: hash32(wish.seed, p.name) for p in pictures}
    names = sorted(worth, key=lambda name: (-worth[name], draw[name], name))
    return (worth[names[0]] if names else 0), names
