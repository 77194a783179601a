"""A set of words, written as text."""


def bag(words: str) -> frozenset[str]:
    """The words of a text that are parted by white space."""
    return frozenset(words.split())
