"""How exactly English is read, by public cases: `python -m bench.reading FOLDER`.

FOLDER holds files of lines `written~spoken`, or with several answers, one class a file, as in
NVIDIA's NeMo text processing; they aren't ours and aren't kept here. Case, punctuation, hyphens,
spaces between spelled letters, and what docs/reading.md names as said either way don't count.
"""

import re
import sys
from pathlib import Path

from berg.language.english.normalise import normalise

_EITHER = (
    (r"\b(?:and|ampersand)\b", ""),
    (r"\bthe (\w+(?: \w+)?) of (january|february|march|april|may|june|july|"
     r"august|september|october|november|december)\b", r"\2 \1"), (r"\bquarter", "fourth"),
    (r"^plus (?=one )", ""), (r"\b(?:misses|missus)\b", "mrs"), (r"\boh\b", "zero"),
    (r"metre", "meter"), (r"litre", "liter"),
    (r"((?:dollar|pound|euro)s? [a-z -]+?) (?:cents?|pence|penny)\b", r"\1"),
    (r"\bhash(?:tag)?\b", "hash"), (r"\bmiz\b", "ms"),
)  # fmt: skip


def _canonical(said: str) -> str:
    said = re.sub(r"(?<=\w)\s?(?: -|–) (?=\w)", " to ", said.lower())
    said = re.sub(r"\bhttps?colonslashslash", "", said.replace("’", "'").replace("-", " "))
    said = re.sub(r"\b(?:https?|file) colon slash slash ", "", said)
    for either, one in _EITHER:
        said = re.sub(either, one, said)
    return re.sub(r"[^\w]", "", said)


def main(folder: Path, *, show: bool) -> int:
    """Prints how many of each class are exact; with `show`, what isn't."""
    right = total = 0
    for path in sorted(folder.glob("*.txt")):
        good = count = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            written, *answers = line.split("~")
            if not written.strip() or not answers or not answers[0].strip():
                continue
            said = normalise(written).spoken
            same = _canonical(said) in {_canonical(answer) for answer in answers}
            good, count = good + same, count + 1
            if show and not same:
                print(f"  {written} | {said} | {answers[0]}")
        print(f"{path.stem:<24} {good:>4} of {count:>4}  {100 * good / max(1, count):5.1f} %")
        right, total = right + good, total + count
    print(f"{'all':<24} {right:>4} of {total:>4}  {100 * right / max(1, total):5.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), show="--show" in sys.argv))
