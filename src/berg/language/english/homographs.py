"""Words said in two ways: which one is meant, by the words beside it.

Not a tagger: a handful of cues that settle most cases (the record, to record; I read it
yesterday; a live show, people live here). Where no cue speaks, the lexicon's default stands.
"""

from collections.abc import Sequence

WordRole = str
"""A key of the lexicon: DEFAULT, NOUN, VERB, ADJ, ADV, VBD, VBN, DT."""


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_MODALS = _words(
    "to will would can could should must may might shall do does did don't doesn't didn't won't "
    "wouldn't can't cannot couldn't shouldn't mustn't let lets let's please never always often "
    "usually rarely sometimes not help helps helped i'll you'll we'll they'll he'll she'll it'll "
    "i'd you'd we'd they'd gonna wanna"
)
_SUBJECTS = _words("i you we they who people families")
_SINGULAR_SUBJECTS = _words("he she it who which everyone someone nobody everybody")
_NOMINAL = _words(
    "a an the this that these those my your our his her its their each every some any no of in on "
    "for with from by at into onto about without under over per another one two three four five "
    "six ten first second third new old great good best last next big small long short daily whole "
    "fresh local organic hot cold public live final annual full free"
)
_BE = _words("is are was were be been being am it's that's they're we're you're i'm")
_HAVE = _words("have has had i've you've we've they've having haven't hasn't hadn't")
_OPENERS = _words(
    "a an the this that these those my your our his her its their it them us me him all"
)
_ADVERBS = _words("never always often usually rarely sometimes not")
_BETWEEN = _ADVERBS | _words(
    "i you we they he she it ever just already all both once only also recently even really "
    "actually people everyone anyone"
)
_PLACES = _words("in on at by near with without here there under over among for from")
_PAST = _words("yesterday ago last earlier once was were had did before already")
_DEFAULT_AS_NOUN = _words("minute minutes arithmetic arsenic bass")
_BASS_IS_SOUND = _words("guitar line lines player drum note notes clef solo boost speaker")


def role(word: str, words: Sequence[str], at: int) -> WordRole:
    """The role of `word`, at index `at` of its phrase's lower-case words."""
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in ("read", "reread"):
        return _tense(words, at)
    if word == "used":
        return (
            "VBD"
            if after == "to" and before not in {"is", "are", "was", "be", "were"}
            else "DEFAULT"
        )
    if word == "wound":
        up = after in {"up", "down", "around", "through", "its", "back"}
        return "VBD" if up or before in _SUBJECTS | _HAVE else "DEFAULT"
    if word == "bass":
        return "ADJ" if after in _BASS_IS_SOUND or before in {"double", "the"} else "DEFAULT"
    if word == "that":
        return "DEFAULT"
    return _part_of_speech(word, before, after)


def _part_of_speech(word: str, before: str, after: str) -> WordRole:
    if before in _MODALS or before in _SUBJECTS:
        return "VERB"
    if before in _SINGULAR_SUBJECTS and word.endswith("s"):
        return "VERB"
    if before in _BE:
        return "ADJ"
    if before in _NOMINAL or before.endswith("'s"):
        return "DEFAULT" if word in _DEFAULT_AS_NOUN else "NOUN"
    if not before and after in _OPENERS:
        return "VERB"
    if before.endswith("s") and after in _OPENERS | _PLACES:
        return "VERB"
    return "DEFAULT"


def _tense(words: Sequence[str], at: int) -> WordRole:
    """have you ever read: the helper may stand some words before, with its subject between."""
    back = at - 1
    while back >= 0 and at - back < 6 and words[back] in _BETWEEN:
        back -= 1
    helper = words[back] if back >= 0 else ""
    if helper in _HAVE | _BE and not (helper in _BE and at - back > 1):
        return "VBD"
    if helper in _MODALS - _ADVERBS:
        return "DEFAULT"
    before = words[at - 1] if at else ""
    past = before in {"he", "she"} or not _PAST.isdisjoint(words)
    return "VBD" if past else "DEFAULT"


def choose(entry: dict[str, str | None], wanted: WordRole) -> str | None:
    """The entry's phonemes for a role; a noun's place may hold an adjective; else its default."""
    for key in (wanted, "ADJ" if wanted == "NOUN" else wanted, "DEFAULT"):
        if key in entry:
            return entry[key]
    return None
