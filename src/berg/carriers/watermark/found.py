"""What marking and finding exchange: the key, and what was found."""

import hashlib
from dataclasses import dataclass, field
from typing import Self

SECRET_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkKey:
    """A secret from which every pattern is drawn. Without it nothing can be found."""

    id: str
    """What the key is called in public: 16 hexadecimal digits that don't give the secret away."""
    secret: bytes = field(repr=False)
    """32 bytes."""

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """The key of a secret. Raises ValueError unless it is 32 bytes."""
        if len(secret) != SECRET_BYTES:
            raise ValueError(f"a mark's secret is {SECRET_BYTES} bytes")
        digest = hashlib.sha256(b"berg mark key\0" + secret).hexdigest()
        return cls(id=digest[:16], secret=secret)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One mark that passed its keyed check."""

    identifier: str
    """10 hexadecimal digits: `payload.identifier_of` what was marked."""
    key: str
    """`MarkKey.id` of the key that found it."""
    score: float
    """The detector's statistic, in standard deviations of what unmarked material gives it."""
    start_s: float | None = None
    """Seconds from the beginning where it was first seen; None for a picture."""
    end_s: float | None = None
    """Seconds from the beginning where it was last seen; None for a picture."""
