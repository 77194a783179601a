"""The work of type.end_card: thin, over `berg.media.type`."""

from berg.media.type.endcard import set_end_card
from berg.schema.context import Context
from berg.steps.type.end_card.declare import SetEndCard
from berg.steps.type.nouns import Card
from berg.steps.type.setting import setter_for, stored


def end_card(call: SetEndCard, ctx: Context) -> Card:
    """Logo, name and line."""
    ground, image, layers, entrance = set_end_card(
        brand=call.brand,
        line=call.line,
        logo=ctx.path(call.logo) if call.logo else None,
        code=ctx.path(call.code) if call.code else None,
        language=call.language,
        family=call.font,
        palette=call.palette,
        width=call.width,
        height=call.height,
        fps=call.fps,
        setter=setter_for(ctx),
        scratch=ctx.scratch,
        clear=call.clear,
    )
    return Card(ground=ground, sheet=stored(ctx, image, layers), entrance=entrance)
