"""What stands over a shot's picture besides captions: name strap, call-out, list, chart.

Each stands on plates in the brand's own colours, so that it reads over any picture, and in the
calmest place that is no face (`place`). Not here: lists and charts themselves (`figures`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from berg.language.chinese.segment import segment
from berg.media.type.arrival import KEEP_CLEAR
from berg.media.type.breaks import width_of
from berg.media.type.colour import chroma, contrast, pick
from berg.media.type.pieces import settable_words
from berg.media.type.place import faces_of, place
from berg.media.type.safe import Box, cleared, safe_box
from berg.media.type.shapes import rect
from berg.media.type.sheet import Cut, Shadow
from berg.media.type.stage import CardStage, Fitted, fit, line_item
from berg.media.type.text import is_wide
from berg.media.type.words import TimedWord
from berg.schema.layer import View

STRAP_MS = 4500
"""Milliseconds for which a strap stands."""
_SEEN = 3.0
"""Least contrast of a shape to its plate: WCAG 2.2, 1.4.11."""
SIZES = (
    *((size, False) for size in (1000, 850, 720, 600, 500)),
    *((size, True) for size in (720, 600, 500)),
)
"""Sizes that are tried, thousandths, until there is a place; at last, close to a face."""


@dataclass(frozen=True, kw_only=True)
class OverlayStage(CardStage):
    """A shot under its overlays. `words` are the voice's, `scheme` is not used."""

    palette: tuple[str, ...]
    frames_all: int
    """The shot's."""
    view: View
    begin: int = 0
    """The first frame for overlays: a title may stand before."""
    captioned: bool
    """Whether captions stand at the foot."""
    taken: list[Box] = field(default_factory=list)
    """Places of overlays that have theirs."""

    @property
    def plate(self) -> str:
        """The ground of overlays: the brand's first colour."""
        return self.palette[0] if self.palette else "#16202A"

    @property
    def ink(self) -> str:
        """Type on the plate."""
        return pick(self.palette[1:], self.plate)

    @property
    def accent(self) -> str:
        """The liveliest colour that is seen on the plate."""
        seen = [c for c in self.palette[1:] if contrast(c, self.plate) >= _SEEN]
        return max(seen, key=chroma, default=self.ink)

    @property
    def field(self) -> Box:
        """Where overlays may stand: the safe box, above captions."""
        safe = cleared(safe_box(self.width, self.height), self.clear)
        upright = self.width * 4 < self.height * 3
        foot = self.share(225 if upright else 200) if self.captioned else 0
        air = 0 if upright else self.share(12)
        return Box(
            left=safe.left + air, top=safe.top, width=safe.width - 2 * air,
            height=safe.height - foot,
        )  # fmt: skip

    @property
    def end(self) -> int:
        """The frame in which overlays have gone: a dissolve may follow."""
        return max(1, self.frames_all - KEEP_CLEAR)

    def until(self, first: int, milliseconds: int) -> int:
        """The frame in which what begins in `first` has gone."""
        return min(self.end, first + self.frames(milliseconds))

    def put(
        self,
        size: tuple[float, float],
        wish: tuple[float, float],
        *,
        calmly: float = 1.0,
        closely: bool = False,
    ) -> Box | None:
        """A free place, which is then taken. `calmly`, `closely`: see `place`."""
        faces = faces_of(self.view, width=self.width, height=self.height, closely=closely)
        found = place(
            (round(size[0]), round(size[1])), self.field, view=self.view,
            picture=(self.width, self.height), taken=(*faces, *self.taken), wish=wish,
            calmly=calmly,
        )  # fmt: skip
        if found is not None:
            air = self.share(16)
            self.taken.append(
                Box(
                    left=found.left - air, top=found.top - air, width=found.width + 2 * air,
                    height=found.height + 2 * air,
                )
            )  # fmt: skip
        return found

    def shadow(self) -> Shadow:
        """The soft shadow that lifts a plate off its picture."""
        return Shadow(blur=self.share(14), drop=self.share(6), per_mille=340)

    def set(self, text: str, box: Box, largest: int, weight: int = 800) -> Fitted:
        """A text as large as fits."""
        words = as_words(text, self)
        return fit(replace(self, words=words), words, box, largest=largest, weight=weight)


def as_words(text: str, stage: OverlayStage) -> tuple[TimedWord, ...]:
    """A text's words, none spoken; Han is parted into its words, where lines may break."""
    words = []
    for part in text.split():
        units = list(segment(part)) if any(map(is_wide, part)) else [part]
        for unit in units:
            words.append(TimedWord(text=unit, space=False, first=0, end=1))
        words[-1] = replace(words[-1], space=True)
    return settable_words(tuple(words), stage.setter)


def widest(fitted: Fitted) -> float:
    """Width of the longest line, pixels."""
    return max(width_of(line, fitted.space) for line in fitted.lines)


def strap(stage: OverlayStage, who: str, role: str | None) -> list[Cut]:
    """A name and what its bearer does, at the foot of the picture, left."""
    for per_mille, closely in SIZES:
        pad, bar = stage.share(26 * per_mille / 1000), stage.share(12 * per_mille / 1000)
        room = stage.field
        most = round(room.width * (0.5 if stage.wide else 0.86)) - 2 * pad - bar
        box = replace(room, width=most, height=stage.share(120))
        name = stage.set(who, box, 58 * per_mille // 1000, 800)
        below = stage.set(role, box, 38 * per_mille // 1000, 500) if role else None
        gap = stage.share(16 * per_mille / 1000) if below else 0
        texts = [name, below] if below else [name]
        tall = sum(text.height for text in texts) + gap + 2 * pad
        if below:
            gap += round(below.face.size * 0.22)
            tall += round(below.face.size * 0.22)
        wide = max(map(widest, texts)) + 2 * pad + bar
        found = stage.put((wide, tall), (0.0, 1.0), calmly=0.2, closely=closely)
        if found is not None:
            return _strap(stage, texts, found, pad, bar, gap)
    return []


def _strap(
    stage: OverlayStage, texts: Sequence[Fitted], box: Box, pad: int, bar: int, gap: int
) -> list[Cut]:
    first = max(stage.begin, min(stage.frames(350), max(0, stage.end // 4)))
    end = stage.until(first, STRAP_MS)
    if end <= first:
        return []
    fade, over = stage.frames(200), stage.frames(320)
    plate = rect(box.left, box.top, box.width, box.height, stage.plate)
    stripe = rect(box.left, box.top, bar, box.height, stage.accent)
    whole = around(box.left, box.top, box.width, box.height)
    cuts = [
        Cut(
            box=whole, items=[plate], first=first, end=end, fade_in=over, fade_out=fade,
            wipe="right",
        ),
        Cut(
            box=around(box.left, box.top, bar, box.height), items=[stripe], first=first, end=end,
            fade_in=over, fade_out=fade, wipe="up",
        ),
    ]  # fmt: skip
    y: float = box.top + pad
    for row, text in enumerate(texts):
        items = [
            line_item(
                stage, text.face, line, x=box.left + bar + pad,
                y=y + text.rise + index * text.leading, fill=stage.ink,
            )
            for index, line in enumerate(text.lines)
        ]  # fmt: skip
        y += text.height + gap
        at = min(first + stage.frames(140 + 90 * row), end - 1)
        cuts.append(
            Cut(
                box=whole, items=items, first=at, end=end, fade_in=over, fade_out=fade,
                rise=stage.share(10),
            )
        )  # fmt: skip
    return cuts


def callout(stage: OverlayStage, text: str) -> list[Cut]:
    """A number or a few words, set large on the accent, when the voice comes to it."""
    ground = max(stage.palette, key=chroma, default=stage.plate)
    ink = pick([c for c in stage.palette if c != ground], ground)
    for per_mille, closely in SIZES:
        pad = stage.share(38 * per_mille / 1000)
        room = stage.field
        box = replace(
            room, width=round(room.width * (0.5 if stage.wide else 0.8)) - 2 * pad,
            height=stage.share(300),
        )  # fmt: skip
        set_text = stage.set(text, box, 150 * per_mille // 1000)
        size = (widest(set_text) + 2 * pad, set_text.height + 1.7 * pad)
        found = stage.put(size, (0.5, 0.35), closely=closely)
        if found is None:
            continue
        first = said_from(stage, text)
        if first is None:
            first = min(max(stage.begin, stage.end // 3), stage.end - 1)
        items = [rect(found.left, found.top, found.width, found.height, ground, stage.share(14))]
        middle = found.left + found.width / 2
        base = found.top + pad * 0.85 + set_text.rise
        for row, line in enumerate(set_text.lines):
            y = base + row * set_text.leading
            items.append(
                line_item(stage, set_text.face, line, x=middle, y=y, fill=ink, align="center")
            )
        return [
            Cut(
                box=around(found.left, found.top, found.width, found.height, stage.share(60)),
                items=items, first=first, end=max(stage.end, first + 1),
                fade_in=stage.frames(230), fade_out=stage.frames(200), rise=stage.share(40),
                shadow=stage.shadow(),
            )
        ]  # fmt: skip
    return []


def said_from(stage: OverlayStage, text: str) -> int | None:
    """The frame, a little before the voice comes to a text; None where it doesn't."""
    wanted = _letters(text)
    for word in stage.words:
        letters = _letters(word.text)
        if letters and letters[:3] == wanted[: len(letters)][:3]:
            return max(stage.begin, min(word.first - 3, stage.end - 1))
    return None


def around(left: float, top: float, width: float, height: float, air: int = 0) -> Box:
    """The whole pixels that hold a rectangle, with air around them."""
    x, y = int(left) - air, int(top) - air
    return Box(left=x, top=y, width=int(width) + 2 + 2 * air, height=int(height) + 2 + 2 * air)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
