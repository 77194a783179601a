"""How a language model is asked for headlines: by example, line by line, under a grammar.

A small model does not follow instructions; it goes on with what it sees. So the prompt is two
brands with their headlines, then this brand. Each line's opening is chosen here, from the brief's
own words, and written into the grammar: that keeps lines apart, and on the subject. The grammar
has no digit, quote, emoji or capital inside a sentence. Nothing here believes the answer.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from berg.digest import digest_of
from berg.language.bag import bag
from berg.language.plain import WORDS
from berg.language.words import STOP
from berg.steps.text.generate.declare import LINES, WriteHeadlines

SHOWN = 1200
"""Characters of the brief's texts that a prompt shows."""
FAVOURED = 120
"""Words of the brief that are favoured."""
OWN, PLAIN = 1.5, 1.0
"""How much the brief's words and plain words are favoured, as logits."""
MORE = {
    "en": ("The", "Your", "From", "Every", "Where", "When the", "Let the", "Here's to", "Feel the"),
    "zh": ("让", "从", "和", "每", "在", "带", "给", "把", "遇见", "听", "慢", "一"),
}
"""Openings beside the brief's own words."""
SHOWS = {
    "en": """Headlines for Halden Bikes. City bicycles. Our frames are built and welded by hand.
- Built by hand. Ridden every day.
- The city is closer than you think.
- Leave the car at home.
- Roll out, slow down.

Headlines for Mira Bakery. Sourdough from an old stone oven. We knead at night and open at six.
- Bread that takes its time.
- We knead while you sleep.
- Old oven, fresh bread.
- Good morning, good crust.

""",
    "zh": """山行自行车的海报标题。城市自行车，手工焊接车架，每个零件都能维修。
- 手工打造，天天骑行
- 城市比你想的更近
- 把车留在家里
- 骑出去，慢下来

米拉面包房的海报标题。老石窑里的酸面包，夜里揉面，清晨开门。
- 慢慢来的面包
- 你睡觉，我们揉面
- 老窑新面包
- 早安，好面包

""",
}
WEAK = bag(
    "and as at be been but by did for had has in is it not of on or so than that to was are with"
)
"""Words that open no headline."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HAN = re.compile(r"[一-鿿]{2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One attempt."""

    prompt: str
    grammar: str
    openings: tuple[str, ...]
    """The openings of its lines, in order."""
    seed: int
    favour: tuple[tuple[str, float], ...]


def own_texts(call: WriteHeadlines) -> tuple[str, ...]:
    """The brief's texts, from which everything must come."""
    texts = (call.title, call.body, call.cta, *call.facts, *call.examples)
    return tuple(text for text in (call.brand, *texts) if text)


def question(call: WriteHeadlines, *, seed: int, attempt: int) -> Question:
    """The `attempt`th question; the same for the same parameters and seed."""
    drawn = int(digest_of("text.generate attempt", [seed, attempt])[:8], 16)
    openings = _openings(call, random.Random(drawn))
    return Question(
        prompt=_prompt(call),
        grammar=_grammar(openings, call),
        openings=openings,
        seed=drawn,
        favour=_favour(call),
    )


def _prompt(call: WriteHeadlines) -> str:
    zh = call.language == "zh"
    tone = ("、" if zh else ", ").join(call.tone)
    texts = (" " if not zh else "").join(_line(t) for t in (call.title, call.body, call.cta))
    more = " ".join(_line(text) for text in call.facts)
    about = f"{texts} {more}".strip()[:SHOWN]
    if zh:
        head = f"{_line(call.brand)}的海报标题{f'（{tone}）' if tone else ''}。{about}\n"
    else:
        head = f"Headlines for {call.brand}{f' ({tone})' if tone else ''}. {about}\n"
    return SHOWS[call.language] + head + "".join(f"- {_line(e)}\n" for e in call.examples[:8])


def _line(text: str) -> str:
    """A text as one line of a prompt."""
    return " ".join(text.split())


def _openings(call: WriteHeadlines, draw: random.Random) -> tuple[str, ...]:
    """Two of three from the brief."""
    own = _own_openings(call) or list(MORE[call.language])
    few = LINES // 3
    chosen = draw.sample(MORE[call.language], few)
    rest = LINES - few
    chosen += draw.sample(own, rest) if len(own) >= rest else draw.choices(own, k=rest)
    draw.shuffle(chosen)
    return tuple(chosen)


def _own_openings(call: WriteHeadlines) -> list[str]:
    text = " ".join((call.title, call.body, *call.facts))[:SHOWN]
    if call.language == "zh":
        return [run[:2] for run in _HAN.findall(text)][:FAVOURED]
    return [pair[0].upper() + pair[1:] for pair in _pairs(text)][:FAVOURED]


def _pairs(text: str) -> list[str]:
    """Two words as they follow each other in the brief, none of which is left hanging."""
    parts = (_WORDS.findall(part) for part in re.split(r"[^\w'’ ]", text))
    pairs = (
        f"{a} {b}"
        for words in parts
        for a, b in pairwise(words)
        if a.casefold() not in WEAK and not {a.casefold(), b.casefold()} <= STOP
    )
    return [*dict.fromkeys(pairs)]


def _telling(text: str) -> list[str]:
    words = dict.fromkeys(_WORDS.findall(text))
    return [w for w in words if w.casefold() not in STOP and len(w) > 2][:FAVOURED]


def _grammar(openings: Sequence[str], call: WriteHeadlines) -> str:
    """GBNF: a list whose lines begin as chosen, each of whole words."""
    lines = " ".join(f'"- {_safe(opening)}" rest "\\n"' for opening in openings)
    if call.language == "zh":
        return f'root ::= {lines}\nrest ::= [一-鿿]{{1,12}} ("，" [一-鿿]{{2,8}})? "。"?\n'
    return (
        f"root ::= {lines}\n"
        'rest ::= " " word (gap word){1,5} "." (" " [A-Z] [a-z]{0,10} (" " word){0,3} ".")?\n'
        'word ::= [a-z] [a-z]{0,13} ("\'" ("s" | "re" | "ll"))?\n'
        'gap ::= " " | ", "\n'
    )


def _safe(opening: str) -> str:
    """An opening inside a GBNF string: letters, apostrophes and spaces; nothing that ends it."""
    return re.sub(r"[^\w' ]", "", opening.replace("’", "'"))


def _favour(call: WriteHeadlines) -> tuple[tuple[str, float], ...]:
    """English words that are favoured at the head of a word; the model's vocabulary takes care of
    Chinese."""
    if call.language == "zh":
        return ()
    own = [word.lower() for word in _telling(" ".join(own_texts(call)))]
    plain = sorted(WORDS - STOP - set(own))
    return tuple([(f" {w}", OWN) for w in dict.fromkeys(own)] + [(f" {w}", PLAIN) for w in plain])
