"""Capitals that stand for a word, told from capitals that are letters, where all are capitals.

Alone, three or four capitals that no lexicon has are initials (FBI); beside shouted words they may
be a name (MARY JANE KIM). A table of initialisms that look like words settles the rest.
"""

import re

_INITIALISMS = frozenset(
    """
    cia ceo cio coo cfo cto diy led lan mit vip rip suv usa ufo hiv aids gif ira uae una uni
    eta faq eu uk un usb url ai api app aka abc bbc asap id ip io iot isa oem oh ada adhd asa
    aa aaa gop nasa nato imo iou iq isp ivf nyu sos tba ucla usc usda usps uva vat pos poc cad
    cam dui dna rna ok pa pe pr ra ta ua va wi yo ymca esa eda epa eea ebay etf eur gbp usd
    """.split()  # noqa: SIM905
)
_ONSET = (
    r"(?:[bcdfghjklmnpqrstvwxyz]|[bcfgkps]l|[bcdfgkptw]r|ch|kn|ph|s[chkmnpqtw]|sh|th|tw|wh|str|spr|"
    r"scr|thr|shr|sch|chr|kw|qu)?"
)
_CODA = (
    r"(?:[bcdfghklmnprstvwxyz]|ck|ct|ft|gh|ght|l[dfklmpt]|ll|m[bp]|nn|n[cdgkst]|nch|ngs|pt|r[bcdfgk]|"
    r"r[lmnpstv]|rch|rth|s[hkpt]|ss|tch|th|ts|tt|wn|wl|x|zz|dd|ff|gg)?"
)
_SYLLABLE = re.compile(rf"{_ONSET}[aeiouy]{{1,3}}{_CODA}")


def wordlike(word: str) -> bool:
    """Whether capitals could be a word's: they can be said, and are no well-known initialism."""
    small = word.lower()
    return (
        small not in _INITIALISMS and re.fullmatch(rf"(?:{_SYLLABLE.pattern})+", small) is not None
    )
