"""Which of a model's lines are headlines: within length, whole, on the subject, claiming nothing
new, unlike each other. Pure.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from berg.language.bag import bag
from berg.language.claims import said_in, unfounded, words_of
from berg.language.words import STOP, content_words, stem
from berg.steps.text.generate.declare import WriteHeadlines
from berg.steps.text.generate.prompt import own_texts

ALIKE = 0.5
"""Share of common stems (or pairs of characters) from which two headlines count as one."""
PROMPT = re.compile(
    r"headline|brand:|about:|^sure\b|here (are|is)|as an ai|assistant|标题|海报|以下是|当然", re.I
)
OPEN_END = bag(
    """
    a after an and are around as at be because before between but by every for from her his if in
    into is it's its just like more my of on or our so some than that the their this through to
    toward towards under until very was we were when where whether which while who whose with
    within you'll your beside beyond near upon we're they're
    """
)
"""Words that leave a sentence open when they end it."""
_BEFORE = "before|after|from|for|with|by|at|in|into|of|on"
STRANGE_PAIRS = re.compile(
    r"\b(a|an|the|your|our|every) (a|an|the|your|our|every|and|of|to|is|are|in|on|at|for|from|by)\b"
    r"|\b(a|an|the|your|our) (you|we|it|that|comes?|brings?|wakes?)\b"
    rf"|\b({_BEFORE}) (is|are|to|and|{_BEFORE})\b"
    r"|\b(and|or|but) (and|or|but|of)\b|\bto (to|of|in|and|is|are|from)\b",
    re.I,
)
"""Small words that don't follow each other."""
WORD_FOR = {"en": "[A-Za-zÀ-ž0-9'’.,!?;:&%$€£ -]+", "zh": r"[\w，。！？、；：·… ¥￥%-]+"}
HAN = re.compile("[一-鿿]")


@dataclass(kw_only=True)
class ChosenHeadlines:
    """Headlines found so far, and why the others were refused."""

    call: WriteHeadlines
    rejected: Counter[str] = field(default_factory=Counter)
    found: dict[str, float] = field(default_factory=dict)
    """Each with how likely the model held it to be: natural logarithm a token."""

    def __post_init__(self) -> None:
        texts = own_texts(self.call)
        self._said = said_in(texts)
        self._own = frozenset[str]().union(*map(content_words, texts))
        self._sentences = {
            fold(part) for text in texts for part in re.split(r"[.!?。！？\n]", text)
        }
        self._sentences |= {fold(text) for text in texts}

    def consider(self, text: str, *, likely: float) -> None:
        """Keep a line, or count why not."""
        text = tidy(text, self.call.language)
        text = re.sub(
            rf"(?<!\w){re.escape(self.call.brand)}(?!\w)",
            lambda _: self.call.brand,
            text,
            flags=re.I,
        )
        reason = self._flaw(text)
        if reason:
            self.rejected[reason] += 1
        else:
            self.found[text] = likely

    def best(self, count: int) -> tuple[str, ...]:
        """The likeliest, in the order in which they were found."""
        kept = sorted(self.found, key=lambda text: (-self.found[text], text))[:count]
        return tuple(text for text in self.found if text in kept)

    def _flaw(self, text: str) -> str | None:
        call = self.call
        if len(text) > call.most:
            return "too long"
        if len(text) < call.least:
            return "too short"
        if PROMPT.search(text) and not PROMPT.search(self._said.text):
            return "prompt"
        if not in_script(text, call.language):
            return "script"
        if not whole(text):
            return "unfinished"
        claim = unfounded(text, self._said, language=call.language)
        if claim:
            return claim
        if fold(text) in self._sentences:
            return "copied"
        if not self._own & content_words(text):
            return "off the subject"
        return "repeated" if any(alike(text, other) for other in self.found) else None


def tidy(text: str, language: str) -> str:
    """A line as a headline: no list mark, single spaces, no full stop after a single sentence."""
    text = " ".join(text.strip().lstrip("-*•").split())
    stops = "。" if language == "zh" else "."
    if text.endswith(stops) and not re.search(r"[.!?。！？]\s*\S", text):
        text = text[:-1]
    return text


def in_script(text: str, language: str) -> bool:
    """Whether a text is written as its language is: no markup, quotes, emoji, other script."""
    if not re.fullmatch(WORD_FOR[language], text):
        return False
    return language != "zh" or 2 * len(HAN.findall(text)) >= len(text)


def whole(text: str) -> bool:
    """Whether a line does not break off, stammer, or string small words together."""
    sentences = [words_of(part) for part in re.split(r"[.!?]", text)]
    spoken = [words for words in sentences if words]
    every = [word for words in spoken for word in words]
    folded = text.casefold()
    if HAN.search(text):
        return not re.search(r"(.{2,})\1|(.)\2\2|[的了和与在把被从向，]$", text)
    if any(words[-1] in OPEN_END for words in spoken) or STRANGE_PAIRS.search(folded):
        return False
    telling = [word for word in every if word not in STOP]
    return len(every) >= 2 and bool(telling) and len(set(telling)) == len(telling)


def alike(one: str, other: str) -> bool:
    """Whether two headlines say nearly the same: most of their words, or of their characters."""
    a, b = _parts(one), _parts(other)
    return fold(one) == fold(other) or len(a & b) >= ALIKE * max(1, len(a | b))


def _parts(text: str) -> frozenset[str]:
    if HAN.search(text):
        return content_words(text)
    stems = {stem(word) for word in words_of(text)}
    return frozenset(stems - {stem(word) for word in STOP}) or frozenset(stems)


def fold(text: str) -> str:
    """A text's letters and digits, folded."""
    return "".join(c for c in text.casefold() if c.isalnum())
