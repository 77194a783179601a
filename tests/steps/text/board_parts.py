"""Parts that the tests of this folder share."""

from fractions import Fraction

from berg.lines.short.ask import ShortAsk
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief
from berg.schema.media import MediaFacts, Source
from berg.schema.storyboard import Storyboard
from berg.steps.text import write_storyboard


def photo(name: str, words: str = "") -> Source:
    facts = MediaFacts(kind="image", width=400, height=300, frames=1)
    asset = Asset(sha256=name, size=1, media_type="image/jpeg")
    return Source(name=name, asset=asset, facts=facts, words=words)


def clip(name: str, seconds: int) -> Source:
    facts = MediaFacts(
        kind="video", width=400, height=300, frames=30 * seconds, duration=Fraction(seconds)
    )
    asset = Asset(sha256=name, size=1, media_type="video/mp4")
    return Source(name=name, asset=asset, facts=facts)


def ask_for(script: dict[str, str], *footage: Source, seconds: int = 30) -> ShortAsk:
    voices = {"en": "af_heart", "zh": "zf_xiaoxiao"}
    voice = {language: voices[language] for language in script}
    return ShortAsk(script=script, voice=voice, footage=footage, seconds=seconds)


def brief_of(ask: ShortAsk, seed: int = 7) -> Brief:
    return Brief(
        title="Tidewater",
        slug="tidewater",
        seed=seed,
        languages=tuple(ask.script),
        brand=Brand(name="Tidewater"),
        make=(ask,),
    )


def board_of(ask: ShortAsk, seed: int = 7) -> Storyboard:
    step = write_storyboard(ask, brief_of(ask, seed))
    return step.kind.predict(step.kind.call_of(step.params, step.inputs))
