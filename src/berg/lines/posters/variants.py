"""Choosing variants: from all combinations of a poster's factors, a few that say the most.

What is wanted is a *nearly orthogonal array*: every level as often as every other, and every pair
of levels as often as every other pair, so that afterwards a regression can tell what each level
did. The measure is J2 of Xu, "An Algorithm for Constructing Orthogonal and Nearly-Orthogonal
Arrays With Mixed Levels and Small Runs", Technometrics 44 (2002): the sum over all pairs of runs
of their squared likeness, each coincidence weighed by its factor's number of levels. Pairs of
factors are as even as they can be where it is least.

Here as there one column is added after another. A column is dealt in rounds, in each of which
every level is used once: as nothing within a round adds to J2, who gets which level is an
assignment problem, and has a best answer. So every beginning of the sequence is balanced, and the
first hundred of a hundred and one are the hundred (of nearly all combinations there are, most).

A column hangs on the columns before it alone. Headlines, edited most, come last: another headline
moves no picture, layout, size or scheme, but the headlines are dealt anew.

Nothing is enumerated: a run costs about as much as the factors have levels, together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from berg.digest import bytes_sha256, digest_of
from berg.lines.posters.ask import PostersAsk
from berg.lines.posters.columns import Columns, LevelRun
from berg.lines.posters.design.likeness import ALIKE, distance

COLUMNS = ("scheme", "size", "layout", "picture", "headline")
"""Factors in the order in which they are chosen: what is edited most comes last."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula; the wide ones in some languages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Factors:
    """What there is to combine: each level by what it contains, in the ask's order."""

    headlines: tuple[str, ...]
    pictures: tuple[str, ...]
    """Digests; empty for posters without pictures."""
    layouts: tuple[str, ...]
    sizes: tuple[str, ...]
    schemes: tuple[str, ...]

    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Levels by column, as in `COLUMNS`; a poster without a picture has the level ``""``."""
        return (self.schemes, self.sizes, self.layouts, self.pictures or ("",), self.headlines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One combination, as indices into the ask's factors."""

    headline: int
    picture: int | None
    layout: int
    size: int
    scheme: int
    id: str
    """Eight hex digits of what the levels contain: no edit elsewhere renames its file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenVariants:
    """Variants in the order in which they were chosen, and replacements for those that fall out."""

    factors: Factors
    wanted: tuple[Variant, ...]
    spares: int
    """Most replacements that are kept ready."""
    seed: int

    def spare(
        self, like: Variant, taken: Collection[Variant], *, fallen: Collection[Variant] = ()
    ) -> Variant | None:
        """The best replacement of one that fell out: all of its levels but one, where that can be.

        Args:
            like: What fell out.
            taken: Every variant tried so far, whether it stands or fell out.
            fallen: Those of them that fell out. What often fell out, levels or pairs of them, is
                avoided then.

        Returns:
            None once `spares` replacements are tried, or no combination is left nearby.
        """
        if len(taken) >= len(self.wanted) + self.spares:
            return None
        columns = Columns(self.factors.columns(), seed=self.seed)
        for variant in taken:
            columns.add(_run(variant))
        ids = {variant.id for variant in taken}
        for run in columns.neighbours(_run(like), fallen=[_run(one) for one in fallen]):
            variant = _variant(run, self.factors)
            if variant.id not in ids:
                return variant
        return None


def factors_of(ask: PostersAsk, headlines: Sequence[str]) -> Factors:
    """What an ask combines in one language, whose headlines may have been written by a model.

    Pictures count by their content, a layout by its name: who edits a template keeps the files.
    """
    return Factors(
        headlines=tuple(headlines),
        pictures=tuple(source.asset.sha256 for source in ask.pictures),
        layouts=tuple(layout.name for layout in ask.layouts),
        sizes=tuple(size.name for size in ask.sizes),
        schemes=ask.schemes,
    )


def choose(factors: Factors, *, count: int, seed: int, spares: int = 0) -> ChosenVariants:
    """Choose variants: balanced, pairs as even as they get, unlike each other, none twice.

    Every level is used as often as every other, give or take one. `count` is capped by how many
    combinations there are. The same arguments give the same variants. A larger `count` only adds
    to them, until about half of all combinations; from there on it may change a few.
    """
    wanted: dict[str, Variant] = {}
    for run in Columns(factors.columns(), seed=seed).runs(count):
        variant = _variant(run, factors)
        wanted.setdefault(variant.id, variant)  # two may share an id, once in billions: one stays
    return ChosenVariants(factors=factors, wanted=tuple(wanted.values()), spares=spares, seed=seed)


def id_of(*, headline: str, picture: str | None, layout: str, size: str, scheme: str) -> str:
    """The id of a variant, of what its levels contain."""
    return digest_of("variant", [headline, picture, layout, size, scheme])[:8]


def headline_id(headline: str) -> str:
    """Eight hex digits of a headline: its name in a table, where the text itself may change."""
    return bytes_sha256(b"headline\0" + headline.encode("utf-8", "surrogatepass"))[:8]


def as_cell(text: str) -> str:
    """A text as a cell of a table that may be opened in a spreadsheet.

    One that begins like a formula gets an apostrophe in front, as OWASP advises on CSV injection:
    quoting alone (RFC 4180) does not keep a spreadsheet from running it. Tables are joined by file
    or `headline_id`, which this leaves as they are.
    """
    return (
        f"'{text}" if text.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\r", "\n") else text
    )


def near_duplicate(a: str, b: str) -> bool:
    """Whether two posters look the same, by their 64-bit perceptual hashes, 16 hex digits each."""
    return distance(a, b) <= ALIKE


def looks_alike(one: Variant, other: Variant, *, hashes: tuple[str, str]) -> bool:
    """Whether of two posters one is enough: of the same words and size, and the same to look at.

    Posters with other words are never alike. A hash of 8 x 8 frequencies sees where a headline
    stands and not what it says, and what it says is what such posters are compared for.
    """
    same = (one.headline, one.size) == (other.headline, other.size)
    return same and near_duplicate(*hashes)


def _run(variant: Variant) -> LevelRun:
    picture = variant.picture or 0
    return (variant.scheme, variant.size, variant.layout, picture, variant.headline)


def _variant(run: LevelRun, factors: Factors) -> Variant:
    scheme, size, layout, picture, headline = run
    return Variant(
        headline=headline,
        picture=picture if factors.pictures else None,
        layout=layout,
        size=size,
        scheme=scheme,
        id=id_of(
            headline=factors.headlines[headline],
            picture=factors.pictures[picture] if factors.pictures else None,
            layout=factors.layouts[layout],
            size=factors.sizes[size],
            scheme=factors.schemes[scheme],
        ),
    )
