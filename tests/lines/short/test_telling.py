"""What a film says of itself, by what is in it."""

from fractions import Fraction

import pytest

from berg.lines.short.ask import ShortAsk
from berg.lines.short.telling import Telling
from berg.schema.brief import Brand, Brief
from berg.schema.marking import Marks, Profile
from tests.lines.briefs import music, photo

GENERATED = photo("made.png").model_copy(update={"aigc": '{"Label": "1"}'})
PROFILE = Profile(
    name="any", texts={"en": "AI"}, voice_texts={"en": "AI voice"}, spoken={"en": "By AI."}
)


def telling(*, voice: str, shown: frozenset[str], sound: str = "spoken") -> Telling:
    ask = ShortAsk(
        seconds=9,
        width=64,
        height=64,
        fps=Fraction(30),
        script={"en": "Cold water."},
        voice={"en": voice},
        captions="none",
        look="plate",
        music=music(),
        footage=(GENERATED,),
        end=None,
    )
    brief = Brief(
        title="Any",
        slug="any",
        languages=("en",),
        brand=Brand(name="Tidewater"),
        make=(ask,),
        marks=Marks(profile=PROFILE.model_copy(update={"sound": sound}), watermark=False),
    )
    return Telling(None, ask, brief, "en", shown)  # type: ignore[arg-type]


SHOWN = frozenset({"made.png"})


@pytest.mark.parametrize(
    ("voice", "shown", "seen"),
    [
        ("af_heart", SHOWN, "AI"),
        ("af_heart", frozenset[str](), "AI voice"),
        ("none", SHOWN, "AI"),
        ("none", frozenset[str](), None),
    ],
)
def test_the_visible_label_goes_by_what_is_seen_and_heard(
    voice: str, shown: frozenset[str], seen: str | None
) -> None:
    assert telling(voice=voice, shown=shown).text == seen


@pytest.mark.parametrize("sound", ["spoken", "rhythm", "both"])
def test_sound_without_a_made_voice_owes_no_label_whatever_is_seen(sound: str) -> None:
    assert telling(voice="none", shown=SHOWN, sound=sound).heard_text is None
    assert telling(voice="af_heart", shown=SHOWN, sound=sound).heard_text
