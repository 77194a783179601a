"""The work of type.card: thin, over `berg.media.type`."""

from berg.media.type.cards import set_card
from berg.schema.context import Context
from berg.steps.type.card.declare import SetCard
from berg.steps.type.nouns import Card, timed
from berg.steps.type.setting import setter_for, stored


def card(call: SetCard, ctx: Context) -> Card:
    """The sentence as a scene; layout and ground by the seed."""
    ground, image, layers, entrance = set_card(
        timed(call.words, call.fps),
        seed=ctx.seed,
        language=call.language,
        family=call.font,
        palette=call.palette,
        brand=call.brand,
        width=call.width,
        height=call.height,
        fps=call.fps,
        frames=call.frames,
        setter=setter_for(ctx),
        clear=call.clear,
    )
    return Card(ground=ground, sheet=stored(ctx, image, layers), entrance=entrance)
