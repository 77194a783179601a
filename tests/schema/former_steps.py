"""Steps as lines of the last release under rule 1 asked for them: plain data, by capability."""

from fractions import Fraction
from typing import Any

from berg.lines.short.ask import ShortAsk
from berg.schema.brief import Brand, Brief
from berg.schema.media import MediaFacts, Source
from berg.schema.step import Step
from berg.steps.text import write_storyboard
from tests.kinds import all_kinds

ASSET = {"sha256": "a" * 64, "size": 3, "media_type": "image/png"}
OTHER = {"sha256": "b" * 64, "size": 5, "media_type": "video/mp4"}
LAYER = {"x": 1, "y": 2, "width": 3, "height": 4, "left": 5, "top": 6}
SHEET = {"image": ASSET, "layers": [LAYER, {**LAYER, "first": 9, "end": 12, "fade_in": 3}]}
STILL = {"raster": ASSET, "width": 90, "height": 160, "focus_x": 500, "focus_y": 400}
CARD = {"ground": ["#16202A", "#E8B04A"], "sheet": SHEET, "entrance": 12}
SIZE = {"width": 72, "height": 128, "fps": "30/1"}
TYPE = {"palette": ["#16202A", "#E8B04A", "#F6F1E7"], "font": "Inter", "language": "en"}

STEPS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "audio.mix": (
        {"mark": None},
        {
            "timeline": {
                "fps": "30/1",
                "segments": [{"start": 0, "frames": 20}],
                "end_start": 20,
                "hold": 40,
                "frames": 60,
            },
            "voices": [OTHER, None],
            "music": None,
        },
    ),
    "image.survey_clip": (
        {
            **SIZE,
            "start": "1/3",
            "source_width": 320,
            "source_height": 240,
            "source_frames": 50,
            "duration": "5/3",
        },
        {"clip": OTHER},
    ),
    "poster.type": (
        {
            "layout": "hero",
            "headline": "Morning tide",
            "body": None,
            "cta": "Order",
            "brand": "Tidewater",
            **TYPE,
            "scheme": "dark",
            "place": "bottom",
            "width": 400,
            "height": 500,
            "with_picture": True,
        },
        {"logo": ASSET, "template": None},
    ),
    "type.captions": (
        {**SIZE, **TYPE, "clear": {"top": 12}, "mode": "word", "drawn": True, "look": "plate"},
        {"words": [{"text": "Tide", "space": False, "start": 0, "end": 9}], "frames": 12},
    ),
    "video.render_dissolve": (
        {**SIZE, "kinds": ["photo", "card"], "seeds": [1, 2], "count": 9, "encoder": "av1"},
        {"a": {"photo": STILL}, "b": {"card": CARD}, "a_frames": 30, "label": SHEET},
    ),
    "video.render_shot": (
        {**SIZE, "kind": "photo", "seed": 5, "trim_end": 0, "mark": "k" * 16},
        {"picture": {"photo": STILL, "source": ASSET}, "sheet": None, "frames": 40},
    ),
}


def step_of(capability: str) -> Step[Any]:
    """One of `STEPS`; `text.write_storyboard` through its declaration, which knows what was."""
    if capability == "text.write_storyboard":
        return _storyboard()
    kind = all_kinds()[capability]
    params, inputs = STEPS[capability]
    values = kind.inputs.model_validate(inputs)
    return Step(
        kind=kind,
        params=kind.params.model_validate(params),
        inputs={name: getattr(values, name) for name in inputs},
        seed=3,
        weights=("font",),
    )


def _storyboard() -> Step[Any]:
    source = Source.model_validate(
        {"name": "sea.png", "asset": ASSET, "facts": {"kind": "image", "width": 9, "height": 9}}
    )
    clip = MediaFacts(kind="video", width=4, height=4, frames=50, duration=Fraction(2))
    sea = source.model_copy(update={"name": "sea.mp4", "facts": clip, "words": "waves"})
    ask = ShortAsk(
        seconds=12,
        script={"en": "The tide turns. We roast again."},
        voice={"en": "none"},
        footage=(source, sea),
        captions="sentence",
        width=72,
    )
    brand = Brand(name="Tidewater")
    brief = Brief(title="T", slug="t", seed=7, languages=("en",), brand=brand, make=(ask,))
    return write_storyboard(ask, brief)
