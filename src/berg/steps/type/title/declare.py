"""type.title: a title over a film's first picture, gone before it bores."""

from fractions import Fraction

from berg.schema.brief import Brand
from berg.schema.call import Given
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind
from berg.steps.type.nouns import TOOLS, SetType, fonts_in, megapixels, predict_sheet
from berg.units import MIB


class Title(Out):
    """A title, as type over the picture."""

    sheet: Sheet | None
    """None if nothing of it can be set."""


class SetTitle(SetType):
    """What a title says, and what it must not cover."""

    text: str
    frames: Given[int]
    """Of the shot: the title has gone before its end."""
    faces: Given[tuple[int, int] | None] = Given(None)
    """From where to where faces reach in the picture, per mille from the top."""


SET_TITLE = StepKind(
    capability="type.title",
    version=2,
    call=SetTitle,
    out=Title,
    predict=lambda call: Title(sheet=predict_sheet(call, 0.3)),
    work=megapixels,
    seconds_per_unit=0.1,
    tools=TOOLS,
    weights=fonts_in,
    needs=Needs(memory_bytes=200 * MIB),
    origin="computed",
    called="title",
    sense="seen",
)


def set_title(
    text: str,
    *,
    language: str,
    width: int,
    height: int,
    fps: Fraction,
    brand: Brand,
    frames: Handle[int],
    faces: Handle[tuple[int, int] | None] | None = None,
    clear: Clear = ALL_FREE,
) -> Step[Title]:
    """A step that sets a film's title over its first shot, of `frames` frames, clear of `faces`."""
    return SET_TITLE(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, text=text, frames=frames,
        faces=faces,
    )  # fmt: skip
