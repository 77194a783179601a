"""How alike two pictures are, by their perceptual hashes: light to import."""

ALIKE = 6
"""Bits of 64 in which near-duplicates differ at most."""


def distance(a: str, b: str) -> int:
    """Bits, 0 to 64, in which two hashes of 16 hex digits differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
