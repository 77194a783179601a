"""The short: a narrated film from a script and the user's own footage, one file a language.

What stays small under an edit: a shot hangs on its own text and picture, a dissolve on the two
shots that meet in it; only the timeline, the mix, the subtitles and the join see the whole film.
All languages share the pictures.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.digest import digest_of
from berg.errors import LineError
from berg.lines.short.ask import ShortAsk
from berg.lines.short.telling import Telling
from berg.schema.asset import Asset
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.origin import Origin
from berg.schema.promised import Promised
from berg.schema.storyboard import Shot, Show, Storyboard
from berg.steps.audio import mix
from berg.steps.image import poster_frame, prepare_photo, survey_clip
from berg.steps.speech import Voice, synthesize
from berg.steps.text import write_storyboard
from berg.steps.type import (
    Captions,
    set_captions,
    set_card,
    set_end_card,
    write_subtitles,
)
from berg.steps.video import (
    EndStrip,
    FilmFacts,
    Strip,
    Visual,
    join,
    lay_out,
    render_dissolve,
    render_end,
    render_shot,
)

DISSOLVE_FRAMES = 10
"""Fits into the silence after a voice, so that no caption is ever under a dissolve."""
POSTER_SECONDS = 1
"""How far into the first shot the poster frame is taken: the picture, settled."""


async def short(do: Do, ask: ShortAsk, brief: Brief, storyboard: Storyboard | None = None) -> None:
    """Make the films of one ask. `storyboard` is an edited one, if there is one."""
    board = storyboard
    if board is None:
        written = do(write_storyboard(ask, brief), name=f"{ask.name}/storyboard")
        board = await do.stage("storyboard", written)
    pictures = ReadyPictures(do, ask, motions_of(board, ask, seed=brief.seed))
    for language in brief.languages:
        LanguageFilm(do, ask, brief, board, language, pictures).make()


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

    def visual(self, shot: Shot) -> Visual:
        """What a shot without a card shows."""
        show, source = shot.show, self._source(shot.show.source)
        key = (show.source, str(show.start))
        if key not in self.ready:
            self.ready[key] = self._prepare(show, source)
        picture = self.ready[key].picture
        return Visual(kind=show.kind, picture=picture, source=source, seed=self.motions[shot.id])

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


@dataclass
class LanguageFilm:
    """One language's film."""

    do: Do
    ask: ShortAsk
    brief: Brief
    board: Storyboard
    language: str
    pictures: ReadyPictures
    render: dict[str, Any] = field(default_factory=dict)
    """What all renderings of the film share."""

    def __post_init__(self) -> None:
        shown = frozenset(shot.show.source for shot in self.board.shots)
        self.telling = Telling(self.do, self.ask, self.brief, self.language, shown)

    def make(self) -> None:
        """Voices, captions, shots, sound, and the film they join into."""
        ask, do = self.ask, self.do
        self.render = {
            **self._format,
            "encoder": ask.encoder,
            "label": self.telling.label(),
            "mark": self.telling.mark,
        }
        voices = [self._voice(shot) for shot in self.board.shots]
        captions = [self._captions(s, v) for s, v in zip(self.board.shots, voices, strict=True)]
        strips = self._strips(voices, captions)
        end = self._end()
        timeline = do(
            lay_out(
                frames=[voice.frames for voice in voices],
                fps=ask.fps,
                intro_frames=end.intro_frames,
                target_frames=round(ask.seconds * ask.fps),
            ),
            name=self._name("timeline"),
        )
        sound, sounds = None, dict[str, Any]()
        if ask.music is not None or self.telling.narrated:
            heard = [voice.audio for voice in voices]
            sounds = {"music": ask.music, "timeline": timeline, "voices": heard}
            sound = do(mix(**sounds, mark=self.telling.mark), name=self._name("sound"))
        film = do(
            join(
                strips=strips,
                end=end,
                timeline=timeline,
                sound=None if sound is None else sound.audio,
                **self._format,
            ),
            name=self._name("film"),
        )
        marks = [*(strip.mark for strip in strips), end.mark]
        if sound is not None:
            marks.append(sound.mark)
        cues = [caption.cues for caption in captions]
        subtitles = do(
            write_subtitles(timeline=timeline, cues=cues, label=self.telling.text),
            name=self._name("subtitles"),
        )
        # from the strip, not the film: an edit further on takes no poster again
        frame = round(POSTER_SECONDS * ask.fps)
        still = poster_frame(film=strips[0].video, frame=frame, mark=self.telling.mark)
        poster = do(still, name=self._name("poster"))
        self._deliver(film.video, "mp4", facts=film.facts, marks=marks)
        if sound is not None and "sound" in ask.also:
            alone, mark = self.telling.alone(sound, sounds)
            self._deliver(alone, "m4a", marks=[mark])
        self._deliver(subtitles.srt, "srt")
        self._deliver(subtitles.vtt, "vtt")
        both = [strips[0].mark, poster.mark]
        self._deliver(poster.image, "jpg", marks=both, shots=self.board.shots[:1])

    @property
    def _format(self) -> dict[str, Any]:
        return {"width": self.ask.width, "height": self.ask.height, "fps": self.ask.fps}

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"

    def _voice(self, shot: Shot) -> Handle[Voice]:
        spoken = synthesize(
            shot.text[self.language],
            language=self.language,
            voice=self.ask.voice[self.language],
            speed=self.board.speed[self.language],
            fps=self.ask.fps,
        )
        return self.do(spoken, name=self._name(f"shot/{shot.id}/voice"))

    def _captions(self, shot: Shot, voice: Handle[Voice]) -> Handle[Captions]:
        captions = set_captions(
            voice.words,
            voice.frames,
            language=self.language,
            mode=self.ask.captions,
            drawn=self.ask.captions != "none" and shot.show.kind != "card",
            look=self.ask.look,
            **self._format,
            brand=self.brief.brand,
            clear=self.telling.clear,
        )
        return self.do(captions, name=self._name(f"shot/{shot.id}/captions"))

    def _visual(self, shot: Shot, voice: Handle[Voice]) -> Visual:
        if shot.show.kind != "card":
            return self.pictures.visual(shot)
        card = set_card(
            voice.words,
            voice.frames,
            language=self.language,
            seed=shot.seed,
            **self._format,
            brand=self.brief.brand,
            clear=self.telling.clear,
        )
        handle = self.do(card, name=self._name(f"shot/{shot.id}/card"))
        return Visual(kind="card", picture=handle, source=None, seed=shot.seed)

    def _strips(
        self, voices: list[Handle[Voice]], captions: list[Handle[Captions]]
    ) -> list[Handle[Strip]]:
        """The shots in order, each followed by the dissolve into the next where there is one."""
        shots = self.board.shots
        visuals = [self._visual(s, v) for s, v in zip(shots, voices, strict=True)]
        strips: list[Handle[Strip]] = []
        for index, shot in enumerate(shots):
            last = index + 1 == len(shots)
            dissolves = not last and shots[index + 1].transition == "dissolve"
            strip = render_shot(
                visuals[index],
                sheet=captions[index].sheet,
                frames=voices[index].frames,
                **self.render,
                trim_end=DISSOLVE_FRAMES if dissolves else 0,
            )
            strips.append(self.do(strip, name=self._name(f"shot/{shot.id}/film")))
            if dissolves:
                blend = render_dissolve(
                    visuals[index],
                    visuals[index + 1],
                    a_frames=voices[index].frames,
                    count=DISSOLVE_FRAMES,
                    **self.render,
                )
                strips.append(self.do(blend, name=self._name(f"shot/{shot.id}/dissolve")))
        return strips

    def _end(self) -> Handle[EndStrip]:
        line = self.ask.end[self.language] if self.ask.end else None
        card = self.do(
            set_end_card(
                brand=self.brief.brand,
                line=line,
                language=self.language,
                **self._format,
                clear=self.telling.clear,
            ),
            name=self._name("end/card"),
        )
        return self.do(render_end(card=card, **self.render), name=self._name("end/film"))

    def _deliver(
        self,
        asset: Handle[Asset],
        suffix: str,
        *,
        facts: Handle[FilmFacts] | None = None,
        marks: Sequence[Handle[str | None]] = (),
        shots: Sequence[Shot] | None = None,
    ) -> None:
        """Promise a file; `shots` are those that it tells of, where it isn't all of them."""
        told = self.board.shots if shots is None else shots
        origin = Origin(
            title=self.brief.title,
            generated=self.telling.generated,
            label=self.telling.heard_text if suffix == "m4a" else self.telling.text,
            texts={"script": "\n".join(s.text[self.language] for s in told)},
        )
        self.do.deliver(
            Promised(
                asset=asset,
                name=self.ask.name,
                language=self.language,
                path=f"{self.ask.name}.{self.language}.{suffix}",
                facts=facts,
                marks=tuple(marks),
                origin=origin,
            )
        )
