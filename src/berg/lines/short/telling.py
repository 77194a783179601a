"""Telling: what a short says of itself, to be seen and to be heard; and the mark that it carries.

One label serves a whole film, so that no shot hangs on it alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from berg.lines.short.ask import ShortAsk
from berg.schema.asset import Asset
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.steps.audio import Announcement, Mix, announce, mix
from berg.steps.speech import Voice, synthesize
from berg.steps.type import clear_of, set_label


@dataclass(frozen=True)
class Telling:
    """How one language's film is labelled and marked."""

    do: Do
    ask: ShortAsk
    brief: Brief
    language: str
    shown: frozenset[str]
    """Names of the sources that are seen in it."""

    @property
    def mark(self) -> str | None:
        """Id of the key that its pictures and sound are watermarked with."""
        return self.brief.marks.key if self.brief.marks.watermark else None

    @property
    def narrated(self) -> bool:
        """Whether a voice is heard."""
        return self.ask.voice[self.language] != "none"

    @property
    def generated(self) -> tuple[str, ...]:
        """What a model made, by berg's hand or before."""
        labelled = any(s.aigc is not None for s in self.ask.footage if s.name in self.shown)
        return ("voice",) * self.narrated + ("picture",) * labelled

    @property
    def text(self) -> str | None:
        """What its visible label says; None where there is none."""
        profile = self.brief.marks.profile
        if not profile.visible or not self.generated:
            return None
        voice_alone = self.generated == ("voice",) and profile.voice_texts
        return (profile.voice_texts if voice_alone else profile.texts)[self.language]

    @property
    def heard_text(self) -> str | None:
        """What the label of its sound alone says, in the order in which it is heard."""
        said = {
            "rhythm": "the rhythm short-long-short-short",
            "spoken": self.brief.marks.profile.spoken.get(self.language, ""),
        }
        return "; ".join(said[kind] for kind in reversed(self._heard_labels())) or None

    @property
    def clear(self) -> Clear:
        """Where type makes room for the label."""
        if self.text is None:
            return ALL_FREE
        profile, ask = self.brief.marks.profile, self.ask
        return clear_of(
            place=profile.place,
            height_thousandths=profile.height,
            width=ask.width,
            height=ask.height,
        )

    def label(self) -> Handle[Sheet] | None:
        """The visible label, set once; every shot shows it."""
        text, profile = self.text, self.brief.marks.profile
        if text is None:
            return None
        label = set_label(
            text,
            language=self.language,
            place=profile.place,
            height_thousandths=profile.height,
            width=self.ask.width,
            height=self.ask.height,
            brand=self.brief.brand,
        )
        return self.do(label, name=self._name("label")).sheet

    def alone(
        self, sound: Handle[Mix], sounds: Mapping[str, Any]
    ) -> tuple[Handle[Asset], Handle[str | None]]:
        """The film's sound by itself and its mark, labelled to be heard where the profile asks.

        A label is marked with its sound, at the end of all: so the mix is made again without.
        """
        labels = self._heard_labels()
        if not labels:
            return sound.audio, sound.mark
        if self.mark is not None:
            sound = self.do(mix(**sounds), name=self._name("sound/unmarked"))
        heard: Handle[Mix] | Handle[Announcement] = sound
        for kind in labels:
            said = self._said() if kind == "spoken" else None
            step = announce(
                heard.audio,
                samples=heard.samples,
                label=None if said is None else said.audio,
                label_samples=0 if said is None else said.samples,
                mark=self.mark if kind == labels[-1] else None,
            )
            heard = self.do(step, name=self._name(f"label/{kind}"))
        return heard.audio, heard.mark

    def _heard_labels(self) -> list[str]:
        """Audible labels, the last to be put in front first of all."""
        if not self.narrated:
            return []
        asked = self.brief.marks.profile.sound
        spoken = asked in ("spoken", "both")
        rhythm = asked == "rhythm" or (asked == "both" and self.language != "zh")
        return ["spoken"] * spoken + ["rhythm"] * rhythm

    def _said(self) -> Handle[Voice]:
        """The label, spoken by the film's own voice."""
        said = synthesize(
            self.brief.marks.profile.spoken[self.language],
            language=self.language,
            voice=self.ask.voice[self.language],
            speed=Fraction(1),
            fps=self.ask.fps,
        )
        return self.do(said, name=self._name("label/voice"))

    def _name(self, what: str) -> str:
        return f"{self.ask.name}/{self.language}/{what}"
