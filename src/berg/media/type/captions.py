"""Captions burnt into a shot: pages of at most two lines, and the spoken word shown among them.

Two looks. `outline`: heavy light type with a dark edge and a soft shadow. `plate`: type on a dark
translucent plate, the spoken word on a pill of the brand's accent. Both carry their own contrast,
so that no picture can make them hard to read.
Not here: subtitle files (`cues`, `subtitles`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from berg.media.type.arrival import KEEP_CLEAR
from berg.media.type.breaks import Unbreakable, paginate, reach, times_of, width_of
from berg.media.type.colour import DARK, LIGHT, pick, rgb, spoken_colours
from berg.media.type.pieces import measured, settable_words
from berg.media.type.safe import Box, centred_box, cleared
from berg.media.type.setter import Setter, Typeface, span, text_item
from berg.media.type.sheet import Cut, Shadow, make_sheet
from berg.media.type.text import is_wide
from berg.media.type.words import TimedWord
from berg.schema.choices import CaptionLook
from berg.schema.layer import ALL_FREE, Clear, Layer

LINGER = 8
"""Frames for which a page stays after its last word, if there is room."""
_FULL_STOPS = "、。，．！？；：…"
_STOPS = _FULL_STOPS + ",.!?;:"
"""Punctuation that keeps the plain colour; a pill holds the narrow kind too."""
_PLATE_PER_MILLE = 780
"""Density of the plate: white type on it keeps 4.5 : 1 even over a white picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaptionStyle:
    """All that a shot's captions look like."""

    mode: Literal["sentence", "word"]
    look: CaptionLook
    language: str
    family: str
    palette: tuple[str, ...]
    width: int
    """Width of the picture, pixels."""
    height: int
    fps: Fraction
    clear: Clear = ALL_FREE
    keep_clear: int = KEEP_CLEAR
    """Frames at the shot's end without captions."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Lines seen together."""

    lines: list[list[Unbreakable]]
    first: int
    said: int
    """Frame in which its last word has been said."""
    end: int


def set_pages(
    words: Sequence[TimedWord], *, style: CaptionStyle, frames: int, setter: Setter
) -> tuple[bytes, tuple[Layer, ...]] | None:
    """The sheet of a shot of `frames` frames; None if there is nothing to say in it."""
    seen = settable_words(words, setter)
    if not seen:
        return None
    art = _Art(style, setter)
    pieces, space = measured(
        seen, art.face, setter=setter, language=style.language, widest=art.room.width
    )
    pages = _pages(pieces, seen, space=space, widest=art.room.width, style=style, frames=frames)
    cuts = [cut for index, page in enumerate(pages) for cut in art.cuts(page, seen, space, index)]
    if not cuts:
        return None
    return make_sheet(
        cuts, setter=setter, language=style.language, width=style.width, height=style.height
    )


def _pages(
    pieces: Sequence[Unbreakable],
    words: Sequence[TimedWord],
    *,
    space: float,
    widest: float,
    style: CaptionStyle,
    frames: int,
) -> list[Page]:
    times = times_of(pieces, words)
    set_lines = paginate(
        pieces,
        space=space,
        widest=widest,
        most=2,
        lasts=[end for _, end in times],
        shortest=round(style.fps * 7 / 10),
    )
    pages: list[Page] = []
    limit, place = frames - style.keep_clear, 0
    for lines in set_lines:
        first = times[place][0]
        place += sum(map(len, lines))
        said = times[place - 1][1]
        following = times[place][0] if place < len(times) else limit
        end = min(following, limit, max(said, first + 1) + LINGER)
        if end > first:
            pages.append(Page(lines=lines, first=first, said=said, end=end))
    return pages


class _Art:
    """Sizes, colours and drawing of one style."""

    def __init__(self, style: CaptionStyle, setter: Setter) -> None:
        self.style = style
        short = min(style.width, style.height)
        upright = style.width * 4 < style.height * 3
        per_mille = 70 if upright else 60
        self.face = Typeface(family=setter.family(style.family), size=short * per_mille / 1000)
        self.room = self._room(cleared(centred_box(style.width, style.height), style.clear))
        dark = min((mixed for mixed in style.palette), key=lambda c: sum(rgb(c)), default=DARK)
        self.edge = dark if sum(rgb(dark)) < 90 else DARK
        self.plain, self.spoken = spoken_colours(style.palette, self.edge)
        self.pill = self.spoken
        self.on_pill = pick((self.edge, LIGHT), self.pill)

    def _room(self, box: Box) -> Box:
        pad = round(self.face.size * 0.45)
        most = round(self.face.size * 22)
        width = min(box.width - 2 * pad, most)
        return Box(left=box.middle - width // 2, top=box.top, width=width, height=box.height - pad)

    def cuts(self, page: Page, words: Sequence[TimedWord], space: float, index: int) -> list[Cut]:
        """The page itself, then one piece for each spoken word."""
        size = self.face.size
        leading = size * (1.36 if self._squares(page) else 1.24)
        bottom = self.room.bottom - size * 0.34
        baselines = [bottom - leading * (len(page.lines) - 1 - i) for i in range(len(page.lines))]
        widest = max(width_of(line, space) for line in page.lines)
        middle = self.room.middle
        arrive = max(1, round(self.style.fps / 10)) if index == 0 else 0
        common: dict[str, Any] = {"fade_in": arrive, "rise": round(size * 0.12) if arrive else 0}
        base = Cut(
            box=self._around(baselines, middle - widest / 2, middle + widest / 2),
            items=[*self._plate(baselines, widest), *self._lines(page, baselines)],
            first=page.first,
            end=page.end,
            # by twos: it must not hang on the fraction of a frame at which the voice ends
            fade_out=min(4, max(0, page.end - page.said) // 2 * 2),
            shadow=self._shadow(),
            **common,
        )
        if self.style.mode == "sentence":
            return [base]
        return [base, *self._spoken(page, words, baselines, space, common)]

    def _spoken(
        self,
        page: Page,
        words: Sequence[TimedWord],
        baselines: Sequence[float],
        space: float,
        common: dict[str, Any],
    ) -> list[Cut]:
        order = sorted({piece.word for line in page.lines for piece in line})
        cuts = []
        for place, word in enumerate(order):
            first = max(page.first, words[word].first)
            until = words[order[place + 1]].first if place + 1 < len(order) else page.end
            end = min(page.end, until)
            if place + 1 == len(order):
                end = min(end, max(page.said, first + 1))
            if end <= first:
                continue
            held = [
                (line, baseline)
                for line, baseline in zip(page.lines, baselines, strict=True)
                if any(piece.word == word for piece in line)
            ]
            spread = [self._spread(line, word, space) for line, _ in held]
            cuts.append(
                Cut(
                    box=self._around(
                        [y for _, y in held], min(spread)[0], max(s[1] for s in spread)
                    ),
                    items=[self._line(line, baseline, only=word) for line, baseline in held],
                    first=first,
                    end=end,
                    **(common if place == 0 else {}),
                )
            )
        return cuts

    def _lines(self, page: Page, baselines: Sequence[float]) -> list[dict[str, Any]]:
        return [self._line(line, y) for line, y in zip(page.lines, baselines, strict=True)]

    def _line(
        self, line: Sequence[Unbreakable], baseline: float, only: int | None = None
    ) -> dict[str, Any]:
        outline = self.style.look == "outline"
        spans = []
        for place, piece in enumerate(line):
            core = piece.text.rstrip(_FULL_STOPS if not outline else _STOPS) or piece.text
            if only is None or piece.word != only:
                spans.append(span(piece.text, self.plain if only is None else None))
            elif outline:
                spans.append(span(core, self.spoken))
            else:
                reach = 0.04 if is_wide(core[0]) or is_wide(core[-1]) else 0.13
                spans.append(
                    span(core, self.on_pill, pill=self.pill, reach=reach, above=0.93, below=0.26)
                )
            if only is not None and piece.word == only and core != piece.text:
                spans.append(span(piece.text[len(core) :], None))
            if piece.space and place + 1 < len(line):
                spans.append(span(" ", None))
        return text_item(
            self.face, spans, x=self.room.middle, y=baseline, language=self.style.language,
            align="center",
            stroke={"width": self.face.size * 0.17, "fill": self.edge} if outline else None,
        )  # fmt: skip

    def _plate(self, baselines: Sequence[float], widest: float) -> list[dict[str, Any]]:
        if self.style.look != "plate":
            return []
        size = self.face.size
        top = baselines[0] - size * 1.18
        alpha = f"{255 * _PLATE_PER_MILLE // 1000:02X}"
        width = widest + size * 0.9
        return [
            {
                "kind": "rect",
                "x": self.room.middle - width / 2,
                "y": top,
                "width": width,
                "height": baselines[-1] + size * 0.52 - top,
                "radius": size * 0.36,
                "fill": self.edge + alpha,
            }
        ]

    def _spread(self, line: Sequence[Unbreakable], word: int, space: float) -> tuple[float, float]:
        start = self.room.middle - width_of(line, space) / 2
        left, right = reach(line, word, space)
        return start + left, start + right

    def _around(self, baselines: Sequence[float], start: float, end: float) -> Box:
        size = self.face.size
        left, top = round(start - size * 0.7), round(baselines[0] - size * 1.4)
        height = round(baselines[-1] + size * 0.75) - top
        return Box(left=left, top=top, width=round(end + size * 0.7) - left, height=height)

    def _shadow(self) -> Shadow | None:
        size = self.face.size
        if self.style.look == "plate":
            return None
        return Shadow(blur=size * 0.1, drop=round(size * 0.05), per_mille=620)

    def _squares(self, page: Page) -> bool:
        return any(is_wide(char) for line in page.lines for p in line for char in p.text)
