"""How alike two pictures are, by their perceptual hashes: light to import."""

ALIKE = 4
"""Bits of 64 in which two posters may differ and still look the same.

Measured on 106 posters in six layouts: re-encoded they differ by 3 at most, brighter or blurred
mostly by less than 4, with the photograph moved by a fiftieth by 6. With another photograph they
differ by 6 at least (a small one beside large type), mostly by 15; in another layout or scheme by
17 at least. Other words in the same place differ by as little as 0.
"""


def distance(a: str, b: str) -> int:
    """Bits, 0 to 64, in which two hashes of 16 hex digits differ."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
