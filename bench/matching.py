"""How often the first choice is the right picture, and how many pictures an edit moves.

68 sentences over the ten films of examples/gallery, in English and Chinese, each with the one
picture of its film that was judged right from picture and sentence alone (matching.tsv). From the
root, with multilingual-e5-small pulled: python -m bench.matching
"""

import csv
import random
from collections import Counter
from pathlib import Path

import yaml

from berg.home import default_home
from berg.runtimes.e5 import MODEL
from berg.runtimes.e5.packed import Floats
from berg.runtimes.e5.session import E5
from berg.schema.context import Context
from berg.steps.text.liken_pictures.declare import LikenPictures, shown_by
from berg.steps.text.liken_pictures.run import liken_pictures
from berg.steps.text.write_storyboard.board import seeds_of
from berg.steps.text.write_storyboard.pictures import Candidate, Wish, choose
from berg.weights import Weights

GALLERY = Path("examples/gallery")
DRAWS = 20
"""Seeds per sentence: what chance decides counts by its share."""
EDITS = 10
"""One-word edits per film and shot."""


class _Remembering(E5):
    """Reads each text once."""

    def _vector(self, text: str) -> Floats:
        kept: dict[str, Floats] = self.__dict__.setdefault("kept", {})
        if text not in kept:
            kept[text] = super()._vector(text)
        return kept[text]


class _Quiet:
    """A context with a session."""

    def __init__(self, session: E5) -> None:
        self.session = session

    def progress(self, done: float) -> None:
        """Nobody watches."""


def pictures(theme: str, *, captions: bool) -> list[Candidate]:
    """A film's pictures, with their captions or without."""
    footage = yaml.safe_load((GALLERY / theme / "footage.yaml").read_text("utf-8"))
    return [
        Candidate(name=name, words=item["words"] if captions else "", content=name)
        for name, item in footage.items()
    ]


def likes(session: E5, texts: list[str], brought: list[Candidate]) -> list[dict[str, int]]:
    """What each picture is worth to each text by meaning."""
    told = LikenPictures(
        shots=tuple((text,) for text in texts),
        pictures=tuple(shown_by(p.name, p.words) for p in brought),
    )
    context: Context = _Quiet(session)  # type: ignore[assignment]
    rows = liken_pictures(told, context).worth
    return [dict(zip([p.name for p in brought], row, strict=True)) for row in rows]


def accuracy(session: E5, *, captions: bool, meaning: bool) -> dict[str, str]:
    """Right first choices by language."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    with Path("bench/matching.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            brought = pictures(row["theme"], captions=captions)
            text = row["sentence"]
            liked = likes(session, [text], brought)[0] if meaning else {}
            language = "en" if text.isascii() else "zh"
            count[language] += DRAWS
            for seed in range(DRAWS):
                wish = Wish(seed=seed * 7919 + len(text), texts=(text,), likes=liked)
                right[language] += choose([wish], brought) == [row["picture"]]
    shown = {k: f"{right[k] / DRAWS:.1f} of {count[k] // DRAWS}" for k in sorted(count)}
    return shown | {"all": f"{right.total() / count.total():.0%}"}


def moved(session: E5, *, meaning: bool) -> str:
    """How often a one-word edit moves another shot's picture."""
    edits = others = 0
    for theme in sorted(p.parent.name for p in GALLERY.glob("*/footage.yaml")):
        brief = yaml.safe_load((GALLERY / theme / "brief.yaml").read_text("utf-8"))
        script = brief["make"][0]["short"]["script"]
        if not isinstance(script, str) or brief["languages"] != ["en"]:
            continue
        texts = [line for line in script.splitlines() if line.strip()]
        brought = pictures(theme, captions=True)
        for at in range(len(texts)):
            for trial in range(EDITS):
                draw = random.Random(f"{theme} {at} {trial}")
                words = texts[at].split()
                words[draw.randrange(len(words))] = draw.choice(" ".join(texts).split())
                edited = [*texts[:at], " ".join(words), *texts[at + 1 :]]
                before, after = (_shown(session, t, brought, meaning) for t in (texts, edited))
                edits += 1
                others += any(before[k] != after[k] for k in range(len(texts)) if k != at)
    return f"{others} of {edits} ({others / edits:.0%})"


def _shown(
    session: E5, texts: list[str], brought: list[Candidate], meaning: bool
) -> list[str | None]:
    liked = likes(session, texts, brought) if meaning else [{} for _ in texts]
    wishes = [
        Wish(seed=seed, texts=(text,), likes=row)
        for seed, text, row in zip(seeds_of(texts, seed=7), texts, liked, strict=True)
    ]
    return choose(wishes, brought)


def main() -> None:
    """Print the figures."""
    session = _Remembering.open({MODEL: Weights(default_home()).path(MODEL)})
    for captions in (True, False):
        for meaning in (False, True):
            told = "names and captions" if captions else "names"
            print(
                told,
                "by meaning" if meaning else "by words",
                accuracy(session, captions=captions, meaning=meaning),
            )
    for meaning in (False, True):
        way = "by meaning" if meaning else "by words"
        print("an edit moves another shot's picture", way, moved(session, meaning=meaning))


if __name__ == "__main__":
    main()
