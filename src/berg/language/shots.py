"""A script in several languages as shots: the same number in all, one sentence or so each.

Not here: what is shown, voices, tempo (`berg.steps.text`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from berg.digest import digest_of
from berg.language.sentences import CJK, clauses, ends_sentence, join, paragraphs, sentences

MAX_SHOTS = 400
"""Shots of one short."""
LONGEST = Fraction(9)
"""Seconds beyond which a sentence is cut at its commas, if it has any."""
MAX_PIECES = 12
"""Most pieces of one sentence."""
SHORTEST = Fraction(6, 5)
"""Seconds below which a sentence joins its neighbour."""

Texts = dict[str, str]
"""What is said in one shot, by language."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One shot's texts."""

    text: Texts
    opens: bool
    """Whether it opens a paragraph."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """Scripts that fall into different numbers of sentences."""

    counts: dict[str, int]
    """Sentences by language, in the whole script."""
    differ: Texts
    """By language, the sentence at which they seem to begin to differ; empty when it has none."""

    def explain(self, quote: Callable[[str], str]) -> str:
        """A message with the numbers, the place, and what to do."""
        counts = ", ".join(f"{count} in {language}" for language, count in self.counts.items())
        near = ", ".join(
            f"{language}: {quote(text[:60]) if text else 'nothing more'}"
            for language, text in self.differ.items()
        )
        return (
            f"the languages fall into different numbers of sentences: {counts}; they seem to part "
            f"at {near}; write one sentence per line in every language to control the shots"
        )


def shots_of(script: Mapping[str, str]) -> list[Draft] | Uneven:
    """The shots of a script by language. The first language says where paragraphs open.

    A paragraph written on several lines, as many in every language, each ending a sentence in at
    least one of them, is cut by its lines. Any other is cut by sentences; a long one is cut at
    commas and a very short one joined to its neighbour where all languages allow it.
    """
    parts = {language: paragraphs(text) for language, text in script.items()}
    if len({len(found) for found in parts.values()}) > 1:
        return _flat(parts)
    drafts: list[Draft] = []
    for index in range(len(next(iter(parts.values())))):
        lines = {language: found[index] for language, found in parts.items()}
        rows = _paragraph(lines)
        if rows is None:
            return _flat(parts)
        drafts += [Draft(text=row, opens=i == 0) for i, row in enumerate(rows)]
    return drafts


def _flat(parts: Mapping[str, list[list[str]]]) -> list[Draft] | Uneven:
    """Shots when the languages' paragraphs don't match: sentence by sentence through the whole."""
    first, *_ = parts
    by_lines = _lines_decide({language: list(chain(*found)) for language, found in parts.items()})
    by_paragraph = {
        language: found if by_lines else [sentences(lines) for lines in found]
        for language, found in parts.items()
    }
    flat = {language: list(chain(*found)) for language, found in by_paragraph.items()}
    if len({len(found) for found in flat.values()}) > 1:
        return _uneven(by_paragraph)
    opening, count = set(), 0
    for paragraph in by_paragraph[first]:
        opening.add(count)
        count += len(paragraph)
    rows = _rows(flat)
    starts = [i for i in range(len(rows)) if i in opening]
    drafts: list[Draft] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        fitted = rows[start:end] if by_lines else _fit(rows[start:end])
        drafts += [Draft(text=row, opens=i == 0) for i, row in enumerate(fitted)]
    return drafts


def _paragraph(lines: Mapping[str, list[str]]) -> list[Texts] | None:
    """The shots of one paragraph; None if the languages don't match."""
    if _lines_decide(lines):
        return _rows(lines)
    found = {language: sentences(texts) for language, texts in lines.items()}
    if len({len(texts) for texts in found.values()}) > 1:
        return None
    return _fit(_rows(found))


def _lines_decide(lines: Mapping[str, list[str]]) -> bool:
    count = {len(texts) for texts in lines.values()}
    if len(count) > 1 or count == {1}:
        return False
    return any(all(map(ends_sentence, texts)) for texts in lines.values())


def _rows(found: Mapping[str, Sequence[str]]) -> list[Texts]:
    languages = list(found)
    columns = zip(*found.values(), strict=True)
    return [dict(zip(languages, texts, strict=True)) for texts in columns]


def _fit(rows: Sequence[Texts]) -> list[Texts]:
    """Long sentences cut, very short ones joined, the same in all languages."""
    cut = [piece for row in rows for piece in _cut(row)]
    joined: list[Texts] = []
    for row in cut:
        if joined and (_short(joined[-1]) or (_short(row) and row is cut[-1])):
            both = {k: join(joined[-1][k], text) for k, text in row.items()}
            if _longest(both) <= LONGEST:
                joined[-1] = both
                continue
        joined.append(row)
    return joined


def _cut(row: Texts) -> Iterator[Texts]:
    wanted = min(MAX_PIECES, -int(-_longest(row) // LONGEST))
    for count in range(wanted, 1, -1):
        pieces = {language: clauses(text, count) for language, text in row.items()}
        found = {language: texts for language, texts in pieces.items() if texts}
        if len(found) == len(row) and not any(map(_short, _rows(found))):
            yield from _rows(found)
            return
    yield row


def _short(row: Texts) -> bool:
    return all(rough_seconds(text) < SHORTEST for text in row.values())


def _longest(row: Texts) -> Fraction:
    return max(rough_seconds(text) for text in row.values())


def rough_seconds(text: str) -> Fraction:
    """Seconds to say a text, roughly: only to decide what makes one shot, whoever speaks it."""
    wide = len(re.findall(rf"[{CJK}]", text))
    return Fraction(wide, 4) + Fraction(len(text) - wide, 15)


def _uneven(by_paragraph: Mapping[str, list[list[str]]]) -> Uneven:
    counts = {language: sum(map(len, found)) for language, found in by_paragraph.items()}
    flat: dict[str, list[str]] = {k: list(chain(*found)) for k, found in by_paragraph.items()}
    if len({len(found) for found in by_paragraph.values()}) == 1:
        for index in range(len(next(iter(by_paragraph.values())))):
            here = {language: found[index] for language, found in by_paragraph.items()}
            if len({len(texts) for texts in here.values()}) > 1:
                flat = here
                break
    at = _parting(list(flat.values()))
    differ = {k: texts[at] if at < len(texts) else "" for k, texts in flat.items()}
    return Uneven(counts=counts, differ=differ)


def _parting(columns: Sequence[Sequence[str]]) -> int:
    """The first index at which sentences have very different shares of their texts."""
    shares = [[Fraction(len(t), max(1, sum(map(len, c)))) for t in c] for c in columns]
    shortest = min(map(len, columns))
    for index in range(shortest):
        here = [share[index] for share in shares]
        if max(here) > Fraction(8, 5) * min(here):
            return index
    return shortest


def shot_id(text: str, occurrence: int) -> str:
    """Eight hex digits that stay a shot's name wherever it stands: text and which repeat."""
    return digest_of("shot", [" ".join(text.split()), occurrence])[:8]
