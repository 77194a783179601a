"""Which picture each shot shows: a local rule, so that editing one sentence moves no other picture.

Shots choose in an order that hangs on themselves alone (those whose words match something first,
then by seed), each taking its best picture among those that no near neighbour has taken. What a
shot can change is therefore only a later-choosing neighbour that wanted the same. Then pictures
that nobody took replace repeats, so that all that was brought is seen before anything comes twice.

The first shot chooses before all others; where nothing matches it, it shows the most striking
picture that no other shot asks for. A portrait stands for sentences that speak of a person, and for
others only where nothing else can, even if that leaves it unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from berg.language.people import speaks_of_person
from berg.language.words import content_words, hash32, name_words

FAR = 2
"""Shots before and after within which no picture comes twice: not within three."""
FREE = 2 * FAR + 1
"""Pictures from which on one is always free, in whatever order shots choose. With fewer, what one
shot shows all but forces its neighbours: the whole order is weighed."""
WEIGHED = 8
"""Most pictures, portraits included, of which whole orders are weighed."""
NEVER, RARELY, DRAWS = 10**12, 10**9, 16
"""Costs of an unsuited portrait and of a picture that comes again after one other; and the range
of what chance decides, where a match is worth up to some thousands times as much."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of footage, as far as choosing it needs to know."""

    name: str
    words: str
    content: str
    """Digest: the same bytes under two names count as one picture."""
    portrait: bool = False
    """Whether a person's face is what it shows."""
    striking: int = 0
    """How much it catches the eye, per mille."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A shot, or a part of one, as far as choosing its picture needs to know."""

    seed: int
    texts: tuple[str, ...]
    likes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """By picture's name, what its meaning is worth, besides the words that they share."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A shot's pictures, the best first."""

    suits: list[str]
    unsuited: list[str]
    """Portraits, where it speaks of no person."""
    costs: dict[str, int]
    """By name: the less, the better; for weighing whole orders."""
    best: int
    """The best match's worth."""


def choose(wishes: Sequence[Wish], pictures: Sequence[Candidate]) -> list[str | None]:
    """The name of each shot's picture; None where only a card can stand between equals."""
    single = list({picture.content: picture for picture in reversed(pictures)}.values())[::-1]
    ranked = _rank_all(wishes, single)
    order = [*range(len(wishes))[:1]]
    order += sorted(range(1, len(wishes)), key=lambda k: (-ranked[k].best, wishes[k].seed, k))
    others = sum(not picture.portrait for picture in single)
    if 1 < len(single) <= WEIGHED and others < FREE:
        chosen = _weigh(ranked)
    else:
        chosen = {}
        for k in order:
            chosen[k] = _best(ranked[k], chosen, k)
    for name in sorted({p.name for p in single} - set(chosen.values()), key=_last_drawn):
        _give_room(name, chosen, ranked, order)
    return [chosen[k] for k in range(len(wishes))]


def _give_room(
    name: str,
    chosen: dict[int, str | None],
    ranked: Sequence[_Ranked],
    order: Sequence[int],
) -> None:
    """Show a picture that nobody took in place of a repeat, or of a card between equals.

    The shot that matches best keeps a picture; of the others the one that minds least gives it up.
    """
    holders: dict[str | None, list[int]] = {None: []}
    for k in order:
        holders.setdefault(chosen[k], []).append(k)
    free = [*holders.pop(None), *(k for same in holders.values() for k in same[1:])]
    spare = [k for k in free if name in ranked[k].suits]
    if spare:
        chosen[max(spare, key=lambda k: (-ranked[k].best, -ranked[k].suits.index(name), k))] = name


def _last_drawn(name: str) -> tuple[int, str]:
    """An order of pictures that hangs on their names alone."""
    return hash32("unused", name), name


def _best(ranked: _Ranked, chosen: Mapping[int, str | None], k: int) -> str | None:
    """The best name not taken within `FAR`; failing that, not taken next to it; else none."""
    for names in (ranked.suits, ranked.unsuited):
        for distance in range(FAR, 0, -1):
            near = {chosen.get(k + d) for d in range(-distance, distance + 1)}
            free = [name for name in names if name not in near]
            if free:
                return free[0]
    return None


def _weigh(ranked: Sequence[_Ranked]) -> dict[int, str | None]:
    """The order that costs least in all, with no picture twice running (Viterbi's way)."""
    orders: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {("", ""): (0, ())}
    for shot in ranked:
        longer: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
        for (before, last), (cost, names) in orders.items():
            for name, own in shot.costs.items():
                if name == last:
                    continue
                found = (cost + own + RARELY * (name == before), (*names, name))
                longer[last, name] = min(longer.get((last, name), found), found)
        orders = longer
    return dict(enumerate(min(orders.values())[1]))


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


def _rank_all(wishes: Sequence[Wish], pictures: Sequence[Candidate]) -> list[_Ranked]:
    telling = _telling(pictures)
    worth = [_worth(wish, telling) for wish in wishes]
    most = {p.name: max((w[p.name] for w in worth[1:]), default=0) for p in pictures}
    found = []
    for k, wish in enumerate(wishes):
        person = speaks_of_person(wish.texts)

        def rank(picture: Candidate, k: int = k, person: bool = person) -> tuple[int, ...]:
            name, own = picture.name, worth[k][picture.name]
            opening = (0, 0) if k else (most[name] > own, -picture.striking)
            return (-own, picture.portrait != person, *opening, hash32(wishes[k].seed, name))

        names = sorted(pictures, key=lambda picture: (*rank(picture), picture.name))
        suits = [p.name for p in names if person or not p.portrait]
        unsuited = [p.name for p in names if p.name not in suits]
        costs = {
            p.name: hash32(wish.seed, p.name) % DRAWS
            - DRAWS * (worth[k][p.name] * (1 if k else 2) + (0 if k else p.striking // 8))
            + NEVER * (p.name in unsuited)
            for p in pictures
        }
        best = max(worth[k].values(), default=0)
        found.append(_Ranked(suits=suits, unsuited=unsuited, costs=costs, best=best))
    return found


def _worth(wish: Wish, telling: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """By picture, what the words that it shares with the shot are worth, and its meaning."""
    said = frozenset[str]().union(*map(content_words, wish.texts))
    return {
        name: sum(v for w, v in words.items() if w in said) + wish.likes.get(name, 0)
        for name, words in telling.items()
    }
