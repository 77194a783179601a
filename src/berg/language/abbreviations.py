"""English words that end in a stop without ending a sentence. Lower case, without the last stop."""

from berg.language.bag import bag

ALWAYS_GO_ON = bag(
    """
    mr mrs ms mx dr prof rev hon gen col maj capt lt sgt cmdr gov sen rep pres st mt ft messrs
    e.g eg i.e ie cf vs v viz al approx ca c.f esp incl resp ph
    """
)
"""Titles and words that always lead on to another."""

BEFORE_NUMBER = bag(
    """
    no nos fig figs vol vols ch sec art p pp pt eq ex nr op ver v jan feb mar apr jun jul aug
    sep sept oct nov dec tel ext
    """
)
"""Abbreviations only when a number follows: `No. 5`, but also `No. We roast.`"""

TIMES = frozenset(("a.m", "p.m", "am", "pm"))
"""End a sentence unless a day or a number follows."""

DAYS = bag(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun EST EDT
    CST CDT MST MDT PST PDT GMT UTC CET CEST ET PT
    """
)
"""What may follow a time of day in the same sentence."""

MAY_END = bag(
    """
    inc ltd co corp llc bros jr sr esq etc ave rd blvd dept est assn univ mfg ph.d m.d b.a m.a
    oz lb lbs ft in hr hrs min sec
    """
)
"""End a sentence only if a word follows that begins one: `Acme Inc. The …`, `Acme Inc. Press`."""

STARTERS = bag(
    """
    The A An It Its It's We We're Our He She They Their This That These Those There Here But And
    Or So Yet In On At For From With Without By To As If When While After Before Since Then Now
    Today Tomorrow Yesterday You Your My I I'm What Who Why How Where Every Each All Some Most
    Many No Not Nothing Only Just Come Order Visit Call Find Taste Try See Let Let's Meanwhile
    However Still Even Once
    """
)
"""Words with which sentences like to begin."""
