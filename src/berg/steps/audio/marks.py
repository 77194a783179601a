"""What the work of audio.* shares: the step's own watermark, as a filter over samples."""

from berg.carriers.watermark.sound import marking
from berg.media.audio.film import Filter
from berg.schema.context import Context
from berg.steps.audio.nouns import RATE
from berg.steps.marked import own_mark


def own_filter(key: str | None, ctx: Context) -> tuple[str | None, Filter | None]:
    """The identifier of the step's own mark, and what lays it; nothing without a key."""
    if key is None:
        return None, None
    identifier, held = own_mark(key, ctx)
    return identifier, marking(identifier=identifier, key=held, rate=RATE, channels=2)
