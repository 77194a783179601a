"""Briefs of every shape, built as the checked nouns."""

from fractions import Fraction

from hypothesis import strategies as st

from berg.digest import bytes_sha256
from berg.lines.short.ask import ShortAsk
from berg.schema.asset import Asset
from berg.schema.brief import Brand, Brief
from berg.schema.media import MediaFacts, Source

SENTENCES = {
    "en": ("Cold water.", "The harbour sleeps.", "We roast before dawn.", "Come in.", "Stay."),
    "zh": ("冷水很凉。", "港口还在沉睡。", "天亮之前我们烘焙。", "请进来坐。", "再待一会儿。"),
}
VOICES = {"en": ("none", "af_heart", "bm_george"), "zh": ("none", "zf_xiaoxiao")}


def photo(name: str) -> Source:
    facts = MediaFacts(kind="image", width=600, height=900, frames=1)
    return Source(name=name, asset=_asset(name, "image/png"), facts=facts)


def clip(name: str) -> Source:
    facts = MediaFacts(
        kind="video", width=640, height=360, frames=90, fps=Fraction(30), duration=Fraction(3)
    )
    return Source(name=name, asset=_asset(name, "video/mp4"), facts=facts)


def music(name: str = "music.wav") -> Source:
    facts = MediaFacts(kind="audio", duration=Fraction(3), sample_rate=24_000)
    return Source(name=name, asset=_asset(name, "audio/wav"), facts=facts)


def _asset(name: str, media_type: str) -> Asset:
    return Asset(sha256=bytes_sha256(name.encode()), size=1000, media_type=media_type)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """One to six shots, in one or two languages, over photographs, clips or nothing."""
    languages = draw(st.sampled_from((("en",), ("zh",), ("en", "zh"))))
    picks = draw(st.lists(st.integers(0, 4), min_size=1, max_size=6))
    opens = draw(st.lists(st.booleans(), min_size=len(picks), max_size=len(picks)))
    script = {
        language: "".join(
            ("\n\n" if opened else "\n") + SENTENCES[language][pick]
            for pick, opened in zip(picks, opens, strict=True)
        )
        for language in languages
    }
    footage = [photo(f"p{n}.png") for n in range(draw(st.integers(0, 3)))]
    footage += [clip(f"c{n}.mp4") for n in range(draw(st.integers(0, 2)))]
    ask = ShortAsk(
        seconds=draw(st.integers(3, 60)),
        width=64,
        height=draw(st.sampled_from((64, 114))),
        fps=draw(st.sampled_from((Fraction(30), Fraction(25), Fraction(30000, 1001)))),
        script=script,
        voice={language: draw(st.sampled_from(VOICES[language])) for language in languages},
        captions=draw(st.sampled_from(("none", "sentence", "word"))),
        look=draw(st.sampled_from(("plate", "outline"))),
        music=draw(st.sampled_from((None, music()))),
        footage=tuple(footage),
        end=draw(st.sampled_from((None, dict.fromkeys(languages, "berg.example")))),
    )
    return Brief(
        title="Any",
        slug="any",
        seed=draw(st.integers(0, 5)),
        languages=languages,
        brand=Brand(name="Tidewater"),
        make=(ask,),
    )
