"""What a text is about, as bare words: for matching pictures, and for seeds that outlive edits.

Chinese is taken in pairs of characters, which needs no dictionary and matches nearly as well.
"""

import re
from itertools import pairwise

from berg.digest import digest_of
from berg.language.bag import bag
from berg.language.sentences import CJK

STOP = bag(
    """
    a an and are as at be been but by can could did do does for from had has have he her here
    him his how i if in into is it its just like may me more most my no nor not now of on one
    only or our out over own she should so some such than that the their them then there these
    they this those through to too under until up us very was we were what when where which
    while who why will with would you your
    """
)
"""English words that say nothing about a picture."""
NAMING = bag(
    """
    img dsc dscf dscn pxl mvi photo photos pic pics picture pictures image images clip clips
    video videos vid mov footage shot shots scene final copy edit edited new untitled screenshot
    jpg jpeg png webp mp4 portrait landscape hdr small large
    """
)
"""Words of file names that say nothing about what is shown."""
_STOP_CHARACTERS = frozenset(
    "的了是在和与也都就而及着或把被让我你他她它们这那有个吗呢吧啊之为以于从到"
)

_LATIN = re.compile(rf"[^\W\d_{CJK}]+(?:['’][^\W\d_{CJK}]+)*")
_RUN = re.compile(rf"[{CJK}]+")


def content_words(text: str) -> frozenset[str]:
    """Stems of what a text speaks of; pairs of Chinese characters."""
    latin = (word for word in _latin(text) if word not in STOP)
    return frozenset(map(stem, latin)) | frozenset(_pairs(text))


def name_words(file_name: str) -> frozenset[str]:
    """Stems of what a file's name (its folders included) speaks of."""
    bare = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", file_name)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    latin = (w for w in _latin(spaced) if w not in STOP | NAMING and len(w) > 2)
    return frozenset(map(stem, latin)) | frozenset(_pairs(bare))


def name_phrase(file_name: str) -> str:
    """A file's name as words in their order, without those that say nothing of what is shown."""
    bare = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", file_name.rsplit("/", 1)[-1])
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    parts = re.findall(rf"[^\W\d_{CJK}]+|[{CJK}]+", spaced)
    return " ".join(part for part in parts if part.casefold() not in NAMING)


def lasting_hash(text: str) -> int:
    """32 bits that stay the same under most edits of one word: the least hash of a telling word."""
    telling = [w for w in _latin(text) if len(w) >= 4 and w not in STOP]
    words = [*telling, *_pairs(text)] or _latin(text) or [text]
    return min(map(hash32, words))


def hash32(*parts: str | int) -> int:
    """32 bits of a digest."""
    return int(digest_of("hash32", list(parts))[:8], 16)


def stem(word: str) -> str:
    """An English word without its commonest endings: `roasted`, `roasting`, `roasts` → `roast`."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _latin(text: str) -> list[str]:
    words = (w.casefold().replace("’", "'") for w in _LATIN.findall(text))
    return [re.sub(r"'(s|re|ve|ll|d|m|t)$", "", word) for word in words]


def _pairs(text: str) -> list[str]:
    found = []
    for run in _RUN.findall(text):
        pairs = [a + b for a, b in pairwise(run)] or [run]
        found += [pair for pair in pairs if not _STOP_CHARACTERS.intersection(pair)]
    return found
