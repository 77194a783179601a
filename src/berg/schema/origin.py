"""Origin: what a line says of a deliverable beyond its bytes. Manifests and labels tell it on."""

from pydantic import Field

from berg.schema._base import Frozen


class Origin(Frozen):
    """How a deliverable came to be, as far as only its line knows."""

    title: str
    generated: tuple[str, ...] = ()
    """What a trained model made: `voice`, `picture`, `text`. Empty: nothing."""
    label: str | None = None
    """The visible or audible label in it, as text; None where there is none."""
    texts: dict[str, str] = Field(default_factory=dict)
    """What was said to make it, by what it is: `script`. Disclosed only where a brief asks for
    it; of the rest a manifest holds digests."""


NO_ORIGIN = Origin(title="")
