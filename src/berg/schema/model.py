"""Model: weights (and fonts, lexicons, example pictures) by digest, with licence and sources."""

from typing import Literal

from berg.schema._base import Frozen


class WeightsEntry(Frozen):
    """One file of the catalogue."""

    name: str
    kind: Literal["model", "voice", "font", "lexicon", "picture"]
    sha256: str
    size: int
    """Bytes."""
    file: str
    """File name under which it is kept."""
    licence: str
    """SPDX expression."""
    credit: str = ""
    """Who made it; shown by `berg models`."""
    family: str = ""
    """A font's family, as briefs write it in `brand.font`; the entry's name is that in small
    letters, with hyphens. Empty: it is not to be chosen."""
    capabilities: tuple[str, ...] = ()
    sources: tuple[str | tuple[str, ...], ...]
    """Tried in order; a tuple of sources is concatenated."""
    example: bool = False
    """Whether the default install pulls it."""
