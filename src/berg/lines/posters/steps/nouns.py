"""What the steps of poster.* are told, are handed, and give."""

from berg.lines.posters.steps.type_nouns import (
    Panel,
    TypeBox,
    TypeLayer,
    TypeLayerInputs,
    TypeLayerParams,
)

__all__ = ["Panel", "TypeBox", "TypeLayer", "TypeLayerInputs", "TypeLayerParams"]
