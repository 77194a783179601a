"""Short names that a brief gives, for files and steps."""

import re

from berg.brief.fields import Field

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def read_name(field: Field, example: str) -> str | None:
    """A short name; None after a fault, which shows the example."""
    if _NAME.fullmatch(field.word()):
        return field.word()
    return field.wants(f"a short name of small letters, digits and hyphens, such as {example}")
