"""Opening what a user brought, carefully: facts by content, or a MediaError that says why not."""

from berg.media.probe.facts import probe

__all__ = ["probe"]
