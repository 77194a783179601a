"""Where lines and pages break: at good places, balanced, by the rules of the script.

Pure: widths are numbers that the caller has measured, in any unit. Japanese and Chinese line-start
and line-end rules (kinsoku) follow W3C JLREQ 3.1.7 and CLREQ 3.1.
Not here: measuring (`setter`), times (`captions`, `cues`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from berg.media.type.text import is_wide, runs_leftwards
from berg.media.type.words import TimedWord

NO_START = frozenset(
    "、。，．！？；：）」』】》〉〕”’…—～·,.!?;:)]}%‰℃»›؟،؛々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
"""Characters that may not begin a line."""
NO_END = frozenset("（「『【《〈〔“‘([{«‹$£€¥￥#№¿¡")
"""Characters that may not end a line."""
_SENTENCE_ENDS = frozenset("。！？.!?…؟")
_CLAUSE_ENDS = frozenset("，、；：,;:—–،؛")
_CLOSERS = "”’」』）)\"'】》"
_LEANING = """
a an the of to in on at by for from with and or but nor as if that than is are was were be my your
our his her its their no not very so we i he she it they you this these those
"""
_CLINGING = frozenset(_LEANING.split())
"""English words that belong to what follows; a line had better not end on them."""

FORBIDDEN = 1000.0
"""Cost of a break where none may be; above every sum of tolerable costs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unbreakable:
    """What is never broken: a word, or a part of one that is too wide for a line."""

    text: str
    space: bool
    """Whether white space follows."""
    width: float
    word: int
    """Index of the word that it belongs to."""


def cost_of_break(before: str, space: bool, after: str) -> float:
    """How bad it is to break between two texts: 0 after a sentence, `FORBIDDEN` inside a word."""
    if after[0] in NO_START or before[-1] in NO_END:
        return FORBIDDEN
    bare = before.rstrip(_CLOSERS) or before
    if bare[-1] in _SENTENCE_ENDS and (space or is_wide(bare[-1])):
        return 0.0
    if bare[-1] in _CLAUSE_ENDS and (space or is_wide(bare[-1])):
        return 0.15
    if not space and not _breaks_freely(before[-1], after[0]):
        return FORBIDDEN
    clings = before.lower().strip("\"'“‘(") in _CLINGING or before in "的了在是和与就也把被从向对"
    return 1.3 if clings else 0.8


def times_of(pieces: Sequence[Unbreakable], words: Sequence[TimedWord]) -> list[tuple[int, int]]:
    """First frame and end of each piece; the parts of a word share its time by their widths."""
    totals: dict[int, float] = {}
    for piece in pieces:
        totals[piece.word] = totals.get(piece.word, 0.0) + piece.width
    gone: dict[int, float] = {}
    times = []
    for piece in pieces:
        word, before = words[piece.word], gone.get(piece.word, 0.0)
        gone[piece.word] = before + piece.width
        rate = (word.end - word.first) / (totals[piece.word] or 1.0)
        times.append(
            (word.first + int(before * rate), word.first + round((before + piece.width) * rate))
        )
    return times


def width_of(pieces: Sequence[Unbreakable], space: float) -> float:
    """Width of pieces on one line; the white space after the last does not count."""
    return sum(p.width for p in pieces) + space * sum(p.space for p in pieces[:-1])


def reach(line: Sequence[Unbreakable], word: int, space: float) -> tuple[float, float]:
    """From where to where on its line a word stands; the whole line if scripts run leftwards."""
    if any(runs_leftwards(piece.text) for piece in line):
        return 0.0, width_of(line, space)
    start = next(place for place, piece in enumerate(line) if piece.word == word)
    end = max(place for place, piece in enumerate(line) if piece.word == word) + 1
    left = width_of(line[:start], space) + space * (line[start - 1].space if start else 0)
    return left, left + width_of(line[start:end], space)


def balanced(
    pieces: Sequence[Unbreakable], *, space: float, widest: float, most: int
) -> list[list[Unbreakable]] | None:
    """The fewest lines (at most `most`) no wider than `widest`, as even as good breaks allow.

    None if there is no such setting.
    """
    total = width_of(pieces, space)
    for count in range(1, min(most, len(pieces)) + 1):
        if total <= widest * count:
            found = _in_lines(tuple(pieces), space, widest, count)
            if found is not None:
                return found
    return None


def paginate(
    pieces: Sequence[Unbreakable],
    *,
    space: float,
    widest: float,
    most: int,
    lasts: Sequence[int],
    shortest: int,
) -> list[list[list[Unbreakable]]]:
    """Pages of at most `most` lines. Breaks at punctuation if it can, leaves no orphan if it can.

    `lasts` gives the frame in which each piece has been said, `shortest` the frames under which a
    page is too short to be read at ease.
    """
    best: list[tuple[float, int, list[list[Unbreakable]]]] = [(0.0, 0, [])]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            page = pieces[start:end]
            lines = balanced(page, space=space, widest=widest, most=most)
            if lines is None and len(page) > 1:
                break
            cost = best[start][0] + _page_cost(pieces, start, end, widest * most)
            since = lasts[start - 1] if start else 0
            hurried = lasts[end - 1] - since < shortest
            options.append((cost + 0.8 * hurried, start, lines or [list(page)]))
        best.append(min(options, key=lambda option: option[:2]))
    pages: list[list[list[Unbreakable]]] = []
    place = len(pieces)
    while place:
        _, start, lines = best[place]
        pages.insert(0, lines)
        place = start
    return pages


def _page_cost(pieces: Sequence[Unbreakable], start: int, end: int, room: float) -> float:
    page = pieces[start:end]
    filled = sum(p.width for p in page) / room
    cost = 1.0 + 0.4 * (1 - min(filled, 1.0)) ** 2
    if len(page) == 1 and len(pieces) > 1 and filled < 0.3:
        cost += 1.2
    if end < len(pieces):
        cost += cost_of_break(page[-1].text, page[-1].space, pieces[end].text)
    return cost


def _in_lines(
    pieces: tuple[Unbreakable, ...], space: float, widest: float, count: int
) -> list[list[Unbreakable]] | None:
    target = width_of(pieces, space) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            width = width_of(pieces[start:], space)
            fits = width <= widest and start < len(pieces)
            return (((width - target) / widest) ** 2 * 4, (len(pieces),)) if fits else None
        found = []
        for end in range(start + 1, len(pieces) - left + 2):
            line = pieces[start:end]
            width = width_of(line, space)
            if width > widest:
                break
            price = cost_of_break(line[-1].text, line[-1].space, pieces[end].text)
            if price >= FORBIDDEN and line[-1].word != pieces[end].word:
                continue
            rest = best(end, left - 1)
            if rest is not None:
                even = ((width - target) / widest) ** 2 * 4
                found.append((even + 0.25 * min(price, 2.0) + rest[0], (end, *rest[1])))
        return min(found, default=None)

    answer = best(0, count)
    if answer is None:
        return None
    starts = (0, *answer[1][:-1])
    return [list(pieces[a:b]) for a, b in zip(starts, answer[1], strict=True)]


def _breaks_freely(before: str, after: str) -> bool:
    return is_wide(before) or is_wide(after) or before in "-‐–—/"
