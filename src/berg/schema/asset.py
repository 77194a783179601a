"""Asset: bytes under their SHA-256. Never changed once stored."""

from berg.schema._base import Frozen

PREDICTED = "predicted"
"""Stands where a digest would, in an asset that a rehearsal foresees."""


class Asset(Frozen):
    """Stored bytes, by content. Two assets with the same digest are the same asset."""

    sha256: str
    """64 hex digits, or `PREDICTED`."""
    size: int
    """Bytes; in a predicted asset, an estimate."""
    media_type: str
    """IANA media type, such as `video/mp4`."""

    @property
    def predicted(self) -> bool:
        """Whether these bytes do not exist yet."""
        return self.sha256 == PREDICTED


def predicted_asset(media_type: str, *, size: int) -> Asset:
    """An asset that a rehearsal foresees; `size` in bytes is an estimate."""
    return Asset(sha256=PREDICTED, size=size, media_type=media_type)
