"""The work of poster.type: hands texts, fonts and a layout to `berg.lines.posters.design`."""

from berg.lines.posters.design.boxes import Drawn, TextBox
from berg.lines.posters.design.cell import cell
from berg.lines.posters.design.press import Press, press
from berg.lines.posters.design.typeset import Copy, Type, colours_of, pdf_of, set_poster
from berg.lines.posters.steps.type.declare import SetPosterType
from berg.lines.posters.steps.type.nouns import BoxKind, Panel, TypeBox, TypeLayer
from berg.media.type.safe import Box
from berg.schema.context import Context

PNG = "image/png"


def type(call: SetPosterType, ctx: Context) -> TypeLayer:
    """The type of one poster. A user's template runs in a process of its own."""
    fonts = tuple(ctx.weights.values())
    copy = copy_of(call, ctx)
    ready = press_for(copy, press(fonts))
    made = set_poster(copy, ready)
    page = None
    if call.paper:
        page = ctx.put_bytes(pdf_of(made, copy, ready), "application/pdf")
    return _layer(made, ctx).model_copy(update={"page": page})


def press_for(copy: Copy, own: Press) -> Press:
    """What sets it: this process, or for a user's template a confined one."""
    return own if copy.template is None else cell(own)


def copy_of(call: SetPosterType, ctx: Context) -> Copy:
    """What the poster says, with files where assets were."""
    return Copy(
        layout=call.layout, headline=call.headline, body=call.body, cta=call.cta,
        brand=call.brand, palette=call.palette, family=call.font, scheme=call.scheme,
        place=call.place, language=call.language, width=call.width, height=call.height,
        with_picture=call.with_picture, paper=call.paper, clear=call.clear,
        logo=ctx.path(call.logo) if call.logo else None,
        template=ctx.path(call.template).read_bytes() if call.template else None,
    )  # fmt: skip


def _layer(made: Type, ctx: Context) -> TypeLayer:
    box, drawn = made.box, made.drawn
    return TypeLayer(
        sheet=ctx.put_bytes(made.png, PNG),
        left=box.left,
        top=box.top,
        width=box.width,
        height=box.height,
        boxes=tuple(_box(text) for text in drawn.texts),
        ground=colours_of(made),
        panel=_panel(drawn),
        scrim=made.inks.ground,
        smallest=round(drawn.smallest),
        scale=made.scale,
        problems=made.problems,
    )


def _panel(drawn: Drawn) -> Panel:
    place: Box = drawn.picture
    return Panel(x=place.left, y=place.top, width=place.width, height=place.height)


def _box(text: TextBox) -> TypeBox:
    left, top = round(text.left), round(text.top)
    kind: BoxKind = text.kind  # type: ignore[assignment]
    return TypeBox(
        kind=kind, x=left, y=top, width=max(1, round(text.right) - left),
        height=max(1, round(text.bottom) - top), ink=text.ink, em=round(text.em),
        plate=text.plate, lines=text.lines, weight=text.weight,
    )  # fmt: skip
