"""How long a text takes to say, reckoned from the text alone: light, pure, exact arithmetic.

Used by predictions and by the storyboard. The normaliser tells what is said, a straight line over
a few counts tells how long; the line was fitted to Kokoro's own durations of 46 sentences in each
language (docs/decisions/0004-speech.md has the errors). Not here: lexicons, models, sound.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from berg.language.chinese.normalise import normalise as normalise_zh
from berg.language.english.normalise import normalise as normalise_en
from berg.language.wording import Token, Wording
from berg.runtimes.kokoro.voices import NO_VOICE, british

LEAST_SECONDS = Fraction(6, 5)
"""A silent caption stays at least so long, however short."""
READING = {"en": Fraction(13, 5), "zh": Fraction(9, 2)}
"""Reading speed: English words or Chinese characters per second."""
NOTHING_SAID = Fraction(1, 2)
"""Seconds of silence that stand for a text in which there is nothing to say."""

_VOICE_PER_MILLE = {
    "af_alloy": 1135, "af_aoede": 999, "af_bella": 1026, "af_heart": 1011, "af_jessica": 962,
    "af_kore": 1029, "af_nicole": 1530, "af_nova": 1099, "af_river": 988, "af_sarah": 1073,
    "af_sky": 1026, "am_adam": 1024, "am_echo": 1121, "am_eric": 971, "am_fenrir": 984,
    "am_liam": 993, "am_michael": 1132, "am_onyx": 1102, "am_puck": 963, "am_santa": 1096,
    "bf_alice": 1067, "bf_emma": 1049, "bf_isabella": 1037, "bf_lily": 1075, "bm_daniel": 1040,
    "bm_fable": 1093, "bm_george": 1206, "bm_lewis": 1117,
    "zf_xiaobei": 1211, "zf_xiaoni": 1065, "zf_xiaoxiao": 1007, "zf_xiaoyi": 1011,
    "zm_yunjian": 1039, "zm_yunxi": 988, "zm_yunxia": 1085, "zm_yunyang": 937,
}  # fmt: skip
"""How slowly each voice speaks, measured on 12 sentences or more."""
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "is", "it", "its", "and", "or", "as", "at", "by"),
        *("for", "on", "be", "we", "i", "you", "he", "she", "they", "that", "this", "was", "are"),
        *("our", "your", "us", "with", "from", "than", "so", "if"),
    )
)
_MILLISECONDS = {
    "en": {
        "start": 165, "syllable": 72, "consonant": 41, "word": 89, "small": 144, "pause": 64,
        "stop": 258,
    },
    "zh": {"start": 285, "han": 167, "syllable": 200, "pause": 104, "stop": 120},
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]")
_VOWELS = re.compile(r"[aeiouyà-ü]+")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]")


def seconds_to_say(text: str, *, language: str, voice: str, speed: Fraction) -> Fraction:
    """Seconds from the first sound to the last; with voice `none`, seconds to read it.

    Off by 6 % on the mean English sentence and 4 % on the mean Chinese one, by 2 % on a script.
    """
    if voice == NO_VOICE:
        return max(LEAST_SECONDS, _reading_load(text, language) / READING[language]) / speed
    said = _normalise(text, language, british(voice)).tokens
    counts = dict(_counts(said, language))
    if not counts:
        return NOTHING_SAID
    rates = _MILLISECONDS[language]
    total = rates["start"] + sum(rates[name] * count for name, count in counts.items())
    return Fraction(total * _VOICE_PER_MILLE.get(voice, 1050), 1_000_000) / speed


def spread_words(
    text: str,
    *,
    language: str,
    samples: int,
    segment: Callable[[str], Iterable[str]] | None = None,
) -> Iterator[tuple[str, bool, int, int]]:
    """Words with even times: text, whether a space follows, first sample, sample after the last.

    `segment` cuts runs of Chinese characters into words; without it they are cut into pairs.
    """
    if language == "zh":
        written = normalise_zh(text, segment or _pairs).written
    else:
        written = normalise_en(text).written
    loads = [_length(word.text) for word in written]
    total, done = sum(loads), 0
    for word, load in zip(written, loads, strict=True):
        start, done = samples * done // total, done + load
        yield word.text, word.space, start, samples * done // total


@lru_cache(maxsize=512)
def _normalise(text: str, language: str, in_britain: bool) -> Wording:
    return normalise_zh(text) if language == "zh" else normalise_en(text, british=in_britain)


def _counts(tokens: tuple[Token, ...], language: str) -> Iterator[tuple[str, int]]:
    """How much of what there is to say; pauses after the last word don't count."""
    last = max((i for i, t in enumerate(tokens) if t.kind != "punctuation"), default=-1)
    found: dict[str, int] = {}
    for token in tokens[: last + 1]:
        for name, count in _load(token, language):
            found[name] = found.get(name, 0) + count
    yield from found.items()


def _load(token: Token, language: str) -> Iterator[tuple[str, int]]:
    if token.kind == "punctuation":
        if token.text in ".!?…":
            yield "stop", 1
        elif token.text in ",;:—":
            yield "pause", 1
        return
    word = token.text.lower()
    syllables = len(word) if token.kind == "letters" else _syllables(word)
    if language == "zh":
        han = len(_HAN.findall(word))
        yield ("han", han) if han else ("syllable", syllables)
    elif word in _SMALL_WORDS:
        yield "small", 1
    else:
        spelled = token.kind == "letters"
        yield "word", 1
        yield "syllable", syllables
        yield "consonant", len(word) if spelled else len(_CONSONANTS.findall(word))


def _syllables(word: str) -> int:
    """Syllables of an English word by its letters; of anything else, its characters."""
    han = len(_HAN.findall(word))
    count = len(_VOWELS.findall(word))
    silent_e = word.endswith("e") and not word.endswith("le")
    silent_ed = word.endswith("ed") and len(word) > 3 and word[-3] not in "td"
    count -= (silent_e or silent_ed) and count > 1
    return max(1, count) + han


def _reading_load(text: str, language: str) -> int:
    if language == "zh":
        return len(_HAN.findall(text)) + len(re.findall(r"[A-Za-z0-9.,%]+", text))
    return len(text.split())


def _length(word: str) -> int:
    """A word's share of the time: its letters and digits, and one for the gap."""
    return sum(c.isalnum() for c in word) + 1


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(0, len(run), 2)]
