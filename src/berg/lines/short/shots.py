"""Shots: what is said, read and seen in one language's film, shot by shot, rendered to strips."""

from dataclasses import dataclass
from typing import Any

from berg.lines.short.ask import MAX_HOOK, ShortAsk
from berg.lines.short.pictures import ReadyPictures
from berg.lines.short.telling import Telling
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.storyboard import Shot, Storyboard
from berg.steps.speech import Voice, synthesize, tail_frames
from berg.steps.type import KEEP_CLEAR, Captions, set_captions, set_card, set_overlays, set_title
from berg.steps.video import Strip, Visual, render_dissolve, render_shot

DISSOLVE_FRAMES = 10
"""Fits into the silence after a voice, so that no caption is ever under a dissolve."""


def last_tail(ask: ShortAsk) -> int:
    """Frames of silence after the film's last word that belong to its shot."""
    return tail_frames(ask.pace, ask.fps, ends_paragraph=False)


@dataclass(frozen=True, kw_only=True)
class Shots:
    """One language's shots, and how all of them are rendered."""

    do: Do
    ask: ShortAsk
    brief: Brief
    board: Storyboard
    language: str
    pictures: ReadyPictures
    telling: Telling
    render: dict[str, Any]
    """What all renderings of the film share."""

    def voices(self) -> list[Handle[Voice]]:
        """Each shot's voice, and the silence after it."""
        return [
            self._voice(shot, tail=tail_frames(self.ask.pace, self.ask.fps, ends_paragraph=ends))
            for shot, ends in zip(self.board.shots, self._ends, strict=True)
        ]

    @property
    def _ends(self) -> list[bool]:
        """Of each shot, whether a paragraph ends with it: what follows comes with a transition."""
        return [*(shot.transition != "cut" for shot in self.board.shots[1:]), False]

    def captions(self, voices: list[Handle[Voice]]) -> list[Handle[Captions]]:
        """Each shot's captions."""
        return [
            self._captions(shot, voice, keep_clear=KEEP_CLEAR if ends else 0)
            for shot, voice, ends in zip(self.board.shots, voices, self._ends, strict=True)
        ]

    def visuals(self, voices: list[Handle[Voice]]) -> list[Visual]:
        """What each shot shows."""
        return [self._visual(s, v) for s, v in zip(self.board.shots, voices, strict=True)]

    def strips(
        self,
        voices: list[Handle[Voice]],
        captions: list[Handle[Captions]],
        visuals: list[Visual],
        title: Handle[Sheet | None] | None,
    ) -> list[Handle[Strip]]:
        """The shots in order, each followed by the dissolve into the next where there is one."""
        shots = self.board.shots
        strips: list[Handle[Strip]] = []
        for index, shot in enumerate(shots):
            last = index + 1 == len(shots)
            dissolves = not last and shots[index + 1].transition == "dissolve"
            strip = render_shot(
                visuals[index],
                title=None if index else title,
                sheet=captions[index].sheet,
                frames=voices[index].frames,
                **self.render,
                overlays=self._overlays(index, visuals[index], voices[index]),
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

    def _voice(self, shot: Shot, *, tail: int) -> Handle[Voice]:
        spoken = synthesize(
            shot.text[self.language],
            language=self.language,
            voice=self.ask.voice[self.language],
            speed=self.board.speed[self.language],
            fps=self.ask.fps,
            tail=tail,
        )
        return self.do(spoken, name=self._name(f"shot/{shot.id}/voice"))

    def _captions(self, shot: Shot, voice: Handle[Voice], *, keep_clear: int) -> Handle[Captions]:
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
            keep_clear=keep_clear,
        )
        return self.do(captions, name=self._name(f"shot/{shot.id}/captions"))

    def _overlays(self, index: int, visual: Visual, voice: Handle[Voice]) -> list[Handle[Sheet]]:
        """What stands over a shot's picture besides captions and the film's title."""
        shot = self.board.shots[index]
        if shot.show.kind == "card" or not shot.overlays.any:
            return []
        overlaid = set_overlays(
            shot.overlays,
            voice.words,
            voice.frames,
            self.pictures.view(shot, visual),
            language=self.language,
            captioned=self.ask.captions != "none",
            title=None if index else self._title_text(visual),
            **self._format,
            brand=self.brief.brand,
            clear=self.telling.clear,
        )
        return [self.do(overlaid, name=self._name(f"shot/{shot.id}/overlays")).sheet]

    def _title_text(self, first: Visual) -> str | None:
        """What the title over the first picture says; a card is type already and has none."""
        text = self.brief.title if self.ask.hook is None else self.ask.hook[self.language]
        return text if text and len(text) <= MAX_HOOK and first.kind != "card" else None

    def title(self, first: Visual, voice: Handle[Voice]) -> Handle[Sheet | None] | None:
        """The film's title over its first picture; a card is type already and has none."""
        text = self._title_text(first)
        if text is None:
            return None
        title = set_title(
            text,
            language=self.language,
            **self._format,
            brand=self.brief.brand,
            frames=voice.frames,
            faces=first.picture.faces if first.kind == "photo" else None,
            clear=self.telling.clear,
        )
        return self.do(title, name=self._name("title")).sheet

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

    @property
    def _format(self) -> dict[str, Any]:
        return {"width": self.ask.width, "height": self.ask.height, "fps": self.ask.fps}

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"
