"""The assignment problem: to each place another thing, so that the sum of the costs is least."""

from collections.abc import Sequence

EXACTLY = 32
"""Sizes up to which the answer is the best there is; the time grows with the third power."""


def assign(costs: Sequence[Sequence[int]]) -> list[int]:
    """Which thing each place gets, each thing once; `costs[place][thing]`, square.

    The best there is, by shortest augmenting paths (Jonker and Volgenant, "A shortest augmenting
    path algorithm for dense and sparse linear assignment problems", Computing 38, 1987); above
    `EXACTLY` places a good one, by exchanges of two.
    """
    return _best(costs) if len(costs) <= EXACTLY else _good(costs)


def _best(costs: Sequence[Sequence[int]]) -> list[int]:
    count = len(costs)
    rows, columns = [0] * count, [0] * count
    """Potentials: a cost less both of them is never negative, and zero where assigned."""
    place_of = [-1] * count
    for place in range(count):
        _augment(costs, place, rows, columns, place_of)
    thing_of = [0] * count
    for thing, place in enumerate(place_of):
        thing_of[place] = thing
    return thing_of


def _augment(
    costs: Sequence[Sequence[int]],
    start: int,
    rows: list[int],
    columns: list[int],
    place_of: list[int],
) -> None:
    """Give one more place a thing, along the shortest path of exchanges."""
    infinite = 1 << 200
    count = len(costs)
    far, before, done = [infinite] * count, [-1] * count, [False] * count
    place, thing, distance = start, -1, 0
    reached = [(start, 0)]
    while place >= 0:
        row, base = costs[place], distance - rows[place]
        nearest, following = infinite, -1
        for other in range(count):
            if done[other]:
                continue
            length = base + row[other] - columns[other]
            if length < far[other]:
                far[other], before[other] = length, thing
            if far[other] < nearest:
                nearest, following = far[other], other
        thing, distance = following, nearest
        done[thing] = True
        place = place_of[thing]
        if place >= 0:
            reached.append((place, distance))
    for other, at in reached:
        rows[other] += distance - at
    for other in range(count):
        if done[other]:
            columns[other] -= distance - far[other]
    while thing >= 0:
        previous = before[thing]
        place_of[thing] = place_of[previous] if previous >= 0 else start
        thing = previous


def _good(costs: Sequence[Sequence[int]]) -> list[int]:
    """The cheapest thing left for one place after another, then exchanges for the dear ones."""
    left = list(range(len(costs)))
    given: list[int] = []
    for row in costs:
        given.append(min(left, key=row.__getitem__))
        left.remove(given[-1])
    cheap = [min(row) for row in costs]
    dear = sorted(range(len(costs)), key=lambda p: cheap[p] - costs[p][given[p]])
    for place in dear[: EXACTLY * 2]:
        row, thing = costs[place], given[place]
        gains = [
            row[thing] + costs[other][theirs] - row[theirs] - costs[other][thing]
            for other, theirs in enumerate(given)
        ]
        other = max(range(len(gains)), key=gains.__getitem__)
        if gains[other] > 0:
            given[place], given[other] = given[other], given[place]
    return given
