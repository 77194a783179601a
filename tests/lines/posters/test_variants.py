"""Variants: balanced, pairs even, unlike each other, the same every time."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.lines.posters.assign import assign
from berg.lines.posters.variants import (
    Factors,
    Variant,
    as_cell,
    choose,
    headline_id,
    id_of,
    looks_alike,
    near_duplicate,
)

Levels = tuple[int, ...]


def _factors(
    headlines: int = 12, pictures: int = 20, layouts: int = 6, sizes: int = 4, schemes: int = 3
) -> Factors:
    return Factors(
        headlines=tuple(f"headline {n}" for n in range(headlines)),
        pictures=tuple(f"{n:064x}" for n in range(pictures)),
        layouts=tuple(f"layout {n}" for n in range(layouts)),
        sizes=tuple(f"{n}x{n}" for n in range(sizes)),
        schemes=tuple(f"scheme {n}" for n in range(schemes)),
    )


def _levels(variants: Sequence[Variant]) -> list[Levels]:
    return [(v.headline, v.picture or 0, v.layout, v.size, v.scheme) for v in variants]


def _sizes(factors: Factors) -> Levels:
    return (
        len(factors.headlines),
        len(factors.pictures) or 1,
        len(factors.layouts),
        len(factors.sizes),
        len(factors.schemes),
    )


def _spread(runs: Sequence[Levels], sizes: Levels) -> int:
    """Most by which a level is used more often than another of its factor."""
    uses = [Counter(run[factor] for run in runs) for factor in range(len(sizes))]
    return max(
        max(count[level] for level in range(size)) - min(count[level] for level in range(size))
        for count, size in zip(uses, sizes, strict=True)
    )


def _unevenness(runs: Sequence[Levels], sizes: Levels) -> float:
    """Sum over all pairs of levels of the squared distance from what an even share would be."""
    total = 0.0
    for one, other in combinations(range(len(sizes)), 2):
        cells = sizes[one] * sizes[other]
        found = Counter((run[one], run[other]) for run in runs)
        total += sum(count**2 for count in found.values()) - len(runs) ** 2 / cells
    return total


few = st.integers(1, 4)
SPACES = st.builds(
    _factors, headlines=few, pictures=st.integers(0, 4), layouts=few, sizes=few, schemes=few
)


@settings(deadline=None, max_examples=60)
@given(SPACES, st.integers(1, 300), st.integers(0, 9))
def test_levels_are_balanced_and_no_variant_comes_twice(f: Factors, count: int, seed: int) -> None:
    runs = _levels(choose(f, count=count, seed=seed).wanted)
    assert len(runs) == len(set(runs)) == min(count, prod(_sizes(f)))
    assert _spread(runs, _sizes(f)) <= 1


@settings(deadline=None, max_examples=30)
@given(SPACES, st.integers(1, 100), st.integers(1, 20))
def test_a_larger_number_only_adds(factors: Factors, count: int, more: int) -> None:
    if (count + more) * 3 > prod(_sizes(factors)):
        return
    fewer = choose(factors, count=count, seed=1).wanted
    assert choose(factors, count=count + more, seed=1).wanted[:count] == fewer


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_a_larger_number_of_nearly_all_changes_few(share: float) -> None:
    factors = _factors(6, 4, 2, 2, 3)
    count = int(288 * share)
    fewer, more = (choose(factors, count=n, seed=1).wanted for n in (count, count + 1))
    assert len(set(fewer) - set(more)) <= count * 0.06


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    factors = _factors()
    assert choose(factors, count=40, seed=3) == choose(factors, count=40, seed=3)
    assert choose(factors, count=40, seed=3).wanted != choose(factors, count=40, seed=4).wanted


@pytest.mark.parametrize(
    ("factors", "count", "least"),
    [
        (_factors(), 100, 5.0),
        (_factors(), 300, 10.0),
        (_factors(5, 8, 6, 3, 3), 60, 5.0),
        (_factors(4, 0, 6, 3, 3), 100, 4.5),
        (_factors(3, 3, 3, 3, 3), 81, 6.0),
        (_factors(3, 3, 3, 3, 3), 200, 2.5),
    ],
)
def test_pairs_are_many_times_as_even_as_by_chance(
    factors: Factors, count: int, least: float
) -> None:
    sizes = _sizes(factors)
    chosen = _unevenness(_levels(choose(factors, count=count, seed=1).wanted), sizes)
    dice = random.Random(7)
    by_chance = [_unevenness(_thrown(sizes, count, dice), sizes) for _ in range(8)]
    assert sum(by_chance) / 8 >= least * chosen


def _thrown(sizes: Levels, count: int, dice: random.Random) -> list[Levels]:
    found: set[Levels] = set()
    while len(found) < count:
        found.add(tuple(dice.randrange(size) for size in sizes))
    return list(found)


def test_where_an_orthogonal_array_is_simple_it_is_found() -> None:
    factors = _factors(2, 2, 2, 2, 2)
    runs = _levels(choose(factors, count=16, seed=1).wanted)
    assert _unevenness(runs, _sizes(factors)) == 0


@pytest.mark.parametrize("count", [30, 100, 300])
def test_any_two_differ_in_two_levels_at_least(count: int) -> None:
    runs = _levels(choose(_factors(), count=count, seed=1).wanted)
    least = min(
        sum(a != b for a, b in zip(one, other, strict=True)) for one, other in combinations(runs, 2)
    )
    assert least >= 2


def test_what_can_never_be_listed_is_chosen_from() -> None:
    """Seven million combinations, of which a thousand are wanted."""
    factors = _factors(200, 500, 12, 12, 3)
    runs = _levels(choose(factors, count=1000, seed=0).wanted)
    assert len(set(runs)) == 1000
    assert _spread(runs, _sizes(factors)) <= 1


def test_another_headline_moves_nothing_else() -> None:
    before = _levels(choose(_factors(headlines=12), count=100, seed=1).wanted)
    after = _levels(choose(_factors(headlines=13), count=100, seed=1).wanted)
    assert [run[1:] for run in before] == [run[1:] for run in after]


def test_languages_with_as_many_headlines_share_their_pictures() -> None:
    english = _factors(headlines=5)
    chinese = Factors(
        headlines=("一", "二", "三", "四", "五"),
        pictures=english.pictures,
        layouts=english.layouts,
        sizes=english.sizes,
        schemes=english.schemes,
    )
    one, other = (_levels(choose(f, count=60, seed=1).wanted) for f in (english, chinese))
    assert [run[1:] for run in one] == [run[1:] for run in other]


def test_an_id_is_of_what_the_levels_contain() -> None:
    factors = _factors()
    variant = choose(factors, count=1, seed=1).wanted[0]
    assert variant.picture is not None
    assert variant.id == id_of(
        headline=factors.headlines[variant.headline],
        picture=factors.pictures[variant.picture],
        layout=factors.layouts[variant.layout],
        size=factors.sizes[variant.size],
        scheme=factors.schemes[variant.scheme],
    )


def test_ids_are_for_ever() -> None:
    found = id_of(headline="水。", picture=None, layout="hero", size="A3", scheme="dark")
    assert found == "6171d028"
    assert headline_id("Cold water.") == "10cfde5c"


def test_without_pictures_there_is_no_picture() -> None:
    assert {v.picture for v in choose(_factors(pictures=0), count=9, seed=1).wanted} == {None}


def test_the_same_level_twice_counts_once() -> None:
    factors = Factors(
        headlines=("a", "b", "a"), pictures=(), layouts=("hero",), sizes=("A3",), schemes=("dark",)
    )
    assert [v.headline for v in choose(factors, count=9, seed=1).wanted] in ([0, 1], [1, 0])


def test_a_spare_shares_all_levels_but_one_and_is_new() -> None:
    chosen = choose(_factors(), count=50, seed=1, spares=20)
    taken = list(chosen.wanted)
    for like in chosen.wanted[:20]:
        spare = chosen.spare(like, taken)
        assert spare is not None
        assert spare not in taken
        differ = [a != b for a, b in zip(*_levels([spare, like]), strict=True)]
        assert sum(differ) == 1
        taken.append(spare)
    assert chosen.spare(chosen.wanted[0], taken) is None


def test_spares_leave_the_balance_nearly_as_it_was() -> None:
    chosen = choose(_factors(), count=60, seed=1, spares=12)
    stand, taken = list(chosen.wanted), list(chosen.wanted)
    for like in chosen.wanted[::5]:
        spare = chosen.spare(like, taken)
        assert spare is not None
        stand[stand.index(like)] = spare
        taken.append(spare)
    assert _spread(_levels(stand), _sizes(_factors())) <= 4


def test_spares_avoid_what_fell_out_before() -> None:
    """Say, one layout in one size, whatever else is chosen."""
    chosen = choose(_factors(), count=96, seed=1, spares=40)
    broken = [v for v in chosen.wanted if (v.layout, v.size) == (0, 0)]
    assert len(broken) >= 3
    taken, found = list(chosen.wanted), []
    for like in broken:
        spare = chosen.spare(like, taken, fallen=broken)
        assert spare is not None
        taken.append(spare)
        found.append(spare)
    assert not [v for v in found if (v.layout, v.size) == (0, 0)]


def test_there_is_no_spare_where_all_is_taken() -> None:
    chosen = choose(_factors(2, 0, 2, 1, 1), count=4, seed=1, spares=9)
    assert chosen.spare(chosen.wanted[0], chosen.wanted) is None


@pytest.mark.parametrize("count", [1, 2, 5, 7])
def test_an_assignment_is_the_best_there_is(count: int) -> None:
    dice = random.Random(count)
    for _ in range(20):
        costs = [[dice.randrange(50) for _ in range(count)] for _ in range(count)]
        given_ = assign(costs)
        assert sorted(given_) == list(range(count))
        best = min(
            sum(row[t] for row, t in zip(costs, order, strict=True))
            for order in permutations(range(count))
        )
        assert sum(row[thing] for row, thing in zip(costs, given_, strict=True)) == best


def test_a_large_assignment_gives_each_thing_once() -> None:
    dice = random.Random(1)
    costs = [[dice.randrange(3) << 90 for _ in range(80)] for _ in range(80)]
    dealt = assign(costs)
    assert sorted(dealt) == list(range(80))
    assert sum(row[thing] for row, thing in zip(costs, dealt, strict=True)) <= 2 << 90


def test_the_same_picture_is_a_near_duplicate_and_another_is_not() -> None:
    assert near_duplicate("f" * 16, "f" * 16)
    assert near_duplicate("ffff0000ffff0000", "ffff0001ffff0100")
    assert not near_duplicate("ffff0000ffff0000", "ffff00ffffff0000")


def test_other_words_are_never_alike() -> None:
    one, other = choose(_factors(2, 1, 1, 1, 1), count=2, seed=1).wanted
    assert not looks_alike(one, other, hashes=("f" * 16, "f" * 16))
    assert looks_alike(one, one, hashes=("f" * 16, "f" * 16))
    assert not looks_alike(one, one, hashes=("f" * 16, "0" * 16))


def test_a_picture_of_its_own_size_only_is_alike() -> None:
    one, other = choose(_factors(1, 1, 1, 2, 1), count=2, seed=1).wanted
    assert not looks_alike(one, other, hashes=("f" * 16, "f" * 16))


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-20 % today", "@home", " =1", "\t=1", "\rx", "＝1"]
)
def test_a_cell_that_begins_like_a_formula_is_only_text(text: str) -> None:
    assert as_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cold water.", "a=b", "2 - 1", "冷水", "1080x1350"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert as_cell(text) == text
