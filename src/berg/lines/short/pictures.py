"""Pictures: the footage of a short made ready, each piece once, whichever shots show it."""

from collections import Counter
from dataclasses import dataclass, field

from berg.digest import digest_of
from berg.errors import LineError
from berg.lines.short.ask import ShortAsk
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.layer import View
from berg.schema.media import Source
from berg.schema.storyboard import Shot, Show, Storyboard
from berg.steps.image import prepare_photo, survey_clip
from berg.steps.video import Visual, look_over


def motions_of(board: Storyboard, ask: ShortAsk, *, seed: int) -> dict[str, int]:
    """A seed for each shot's camera, by id: from its picture, and how often that was seen before.

    Not from the text: an edit of one language's words must not move the pictures of another.
    """
    contents = {source.name: source.asset.sha256 for source in ask.footage}
    seen: Counter[str] = Counter()
    motions = {}
    for shot in board.shots:
        source = shot.show.source
        content = contents.get(source, "")
        motions[shot.id] = int(digest_of("motion", [seed, content, seen[source]])[:8], 16)
        seen[source] += 1
    return motions


@dataclass
class ReadyPictures:
    """The footage made ready, each piece once, whoever shows it."""

    do: Do
    ask: ShortAsk
    motions: dict[str, int]
    ready: dict[tuple[str, str], Visual] = field(default_factory=dict)
    views: dict[str, Handle[View]] = field(default_factory=dict)

    def visual(self, shot: Shot) -> Visual:
        """What a shot without a card shows."""
        show, source = shot.show, self._source(shot.show.source)
        key = (show.source, str(show.start))
        if key not in self.ready:
            self.ready[key] = self._prepare(show, source)
        picture = self.ready[key].picture
        return Visual(kind=show.kind, picture=picture, source=source, seed=self.motions[shot.id])

    def view(self, shot: Shot, visual: Visual) -> Handle[View]:
        """What a shot's picture leaves free for overlays, found once for all languages."""
        if shot.id not in self.views:
            looked = look_over(
                visual, width=self.ask.width, height=self.ask.height, fps=self.ask.fps
            )
            self.views[shot.id] = self.do(looked, name=f"{self.ask.name}/shot/{shot.id}/view").view
        return self.views[shot.id]

    def _prepare(self, show: Show, source: Source) -> Visual:
        size = {"width": self.ask.width, "height": self.ask.height}
        at = "" if show.start is None else f"@{show.start}"
        name = f"{self.ask.name}/picture/{show.source}{at}"
        if show.kind == "photo":
            still = self.do(prepare_photo(source, **size), name=name)
            return Visual(kind="photo", picture=still, source=source, seed=0)
        surveyed = survey_clip(source, **size, fps=self.ask.fps, start=show.start)
        return Visual(kind="clip", picture=self.do(surveyed, name=name), source=source, seed=0)

    def _source(self, name: str) -> Source:
        for source in self.ask.footage:
            if source.name == name:
                return source
        raise LineError(f"the storyboard shows {name!r}, which the brief does not bring")
