"""Facts about language models that a declaration may know. No weights are opened here."""

from berg.weights.catalogue import CATALOGUE

CAPABILITY = "text.generate"
"""What catalogue entries of language models are for."""

LANGUAGES = {"smollm2": ("en",)}
"""Languages that a model of the catalogue writes well enough to be asked; of others all."""


def names() -> tuple[str, ...]:
    """The catalogue's language models."""
    return tuple(name for name, item in CATALOGUE.items() if CAPABILITY in item.capabilities)


def knows(name: str) -> bool:
    """Whether the catalogue has a language model of this name."""
    return name in names()


def speaks(name: str, language: str) -> bool:
    """Whether a model of the catalogue writes a language."""
    return language in LANGUAGES.get(name, (language,))
