"""AigcLabel: the seven fields of GB 45438-2025's implicit label, and reading its JSON.

The order of the fields and their names are those of Annex E as the practice guides
TC260-PG-20257A to 202510A quote it. Nothing here knows a file format.
"""

import json
from typing import Literal

from berg.carriers.aigc.study import FIELDS, Study, study
from berg.schema._base import Frozen

Value = Literal["1", "2", "3"]
VALUES: dict[str, Value] = {"1": "1", "2": "2", "3": "3"}


class AigcLabel(Frozen):
    """What a file says of itself: whether it was generated, by whom, and who passed it on."""

    label: Value
    """`1` is generated, `2` may be, `3` is suspected to be (the latter two are a platform's)."""
    content_producer: str = ""
    """Name or 27-character code of who generated it; empty when none is configured."""
    produce_id: str = ""
    """The producer's own number of this content."""
    reserved_code1: str = ""
    """The producer's to use, for example against tampering."""
    content_propagator: str = ""
    """Name or code of who passes it on."""
    propagate_id: str = ""
    """The propagator's own number of this content."""
    reserved_code2: str = ""
    """The propagator's to use."""

    def to_json(self) -> str:
        """Plain JSON of seven strings, ASCII, without spaces: the same label, the same bytes."""
        values = (
            self.label,
            self.content_producer,
            self.produce_id,
            self.reserved_code1,
            self.content_propagator,
            self.propagate_id,
            self.reserved_code2,
        )
        return json.dumps(dict(zip(FIELDS, values, strict=True)), separators=(",", ":"))


def parse_label(text: str) -> tuple[AigcLabel | None, tuple[str, ...]]:
    """The label that a text holds, and what is wrong with the text, as sentences.

    Tolerant: a nested, escaped or misspelt label is read all the same, with its faults. None
    when the text holds no label, or its `Label` is none of `1`, `2`, `3`. Never raises.
    """
    found = study(text)
    return label_of(found), found.faults


def label_of(found: Study) -> AigcLabel | None:
    """The label that a studied text holds, or None."""
    values = {name: found.fields.get(name, "") for name in FIELDS}
    value = VALUES.get(values["Label"])
    if value is None:
        return None
    return AigcLabel(
        label=value,
        content_producer=values["ContentProducer"],
        produce_id=values["ProduceID"],
        reserved_code1=values["ReservedCode1"],
        content_propagator=values["ContentPropagator"],
        propagate_id=values["PropagateID"],
        reserved_code2=values["ReservedCode2"],
    )
