"""The short: a narrated film from a script and the user's own footage, one file a language.

What stays small under an edit: a shot hangs on its own text and picture, a dissolve on the two
shots that meet in it; only the timeline, the mix, the subtitles and the join see the whole film.
All languages share the pictures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from berg.lines.short.ask import ShortAsk
from berg.lines.short.matching import matching
from berg.lines.short.pictures import ReadyPictures, motions_of
from berg.lines.short.shots import Shots, last_tail
from berg.lines.short.telling import Telling
from berg.schema.asset import Asset
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.origin import Origin
from berg.schema.promised import Promised
from berg.schema.storyboard import Shot, Storyboard
from berg.steps.audio import mix
from berg.steps.text import write_storyboard
from berg.steps.text.write_storyboard.tempo import ending_seconds
from berg.steps.type import (
    draw_code,
    set_end_card,
    write_subtitles,
)
from berg.steps.video import (
    EndStrip,
    FilmFacts,
    join,
    lay_out,
    render_end,
    render_poster,
)

POSTER_SECONDS = 1
"""How far into the first shot the poster's picture is taken."""


async def short(do: Do, ask: ShortAsk, brief: Brief, storyboard: Storyboard | None = None) -> None:
    """Make the films of one ask. `storyboard` is an edited one, if there is one."""
    board = storyboard
    if board is None:
        matched = matching(do, ask, brief.languages) if ask.match == "meaning" else {}
        written = do(write_storyboard(ask, brief, **matched), name=f"{ask.name}/storyboard")
        board = await do.stage("storyboard", written)
    pictures = ReadyPictures(do, ask, motions_of(board, ask, seed=brief.seed))
    for language in brief.languages:
        LanguageFilm(do, ask, brief, board, language, pictures).make()


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
        shots = Shots(
            do=do,
            ask=ask,
            brief=self.brief,
            board=self.board,
            language=self.language,
            pictures=self.pictures,
            telling=self.telling,
            render=self.render,
        )
        voices = shots.voices()
        captions = shots.captions(voices)
        visuals = shots.visuals(voices)
        title = shots.title(visuals[0], voices[0])
        strips = shots.strips(voices, captions, visuals, title)
        end = self._end()
        timeline = do(
            lay_out(
                frames=[voice.frames for voice in voices],
                fps=ask.fps,
                intro_frames=end.intro_frames,
                target_frames=0 if ask.seconds is None else round(ask.seconds * ask.fps),
                ending_frames=round(ending_seconds(ask) * ask.fps) - last_tail(ask),
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
        # from the first shot alone: an edit further on makes no poster again
        still = render_poster(
            visuals[0],
            title=title,
            label=self.render["label"],
            frame=round(POSTER_SECONDS * ask.fps),
            **self._format,
            mark=self.telling.mark,
        )
        poster = do(still, name=self._name("poster"))
        self._deliver(film.video, "mp4", facts=film.facts, marks=marks)
        if sound is not None and "sound" in ask.also:
            alone, mark = self.telling.alone(sound, sounds)
            self._deliver(alone, "m4a", marks=[mark])
        self._deliver(subtitles.srt, "srt")
        self._deliver(subtitles.vtt, "vtt")
        self._deliver(poster.image, "jpg", marks=[poster.mark], shots=self.board.shots[:1])

    @property
    def _format(self) -> dict[str, Any]:
        return {"width": self.ask.width, "height": self.ask.height, "fps": self.ask.fps}

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"

    def _end(self) -> Handle[EndStrip]:
        line = self.ask.end[self.language] if self.ask.end else None
        code = None
        if self.ask.qr:
            drawn = draw_code(text=self.ask.qr[self.language])
            code = self.do(drawn, name=self._name("end/code")).image
        card = self.do(
            set_end_card(
                brand=self.brief.brand,
                line=line,
                language=self.language,
                **self._format,
                clear=self.telling.clear,
                code=code,
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
