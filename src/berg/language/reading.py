"""Reader: what turns a text into the model's symbols. One for each language."""

from dataclasses import dataclass
from typing import Protocol

from berg.language.phones import Phone
from berg.language.wording import WrittenWord


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it will be said."""

    written: tuple[WrittenWord, ...]
    """The text's words; joined by their spaces, they are the text."""
    line: tuple[Phone, ...]
    """Symbols that point at written words."""

    @property
    def symbols(self) -> str:
        """The symbols as one line, for people and tests."""
        return "".join(phone.symbol for phone in self.line)


class Reader(Protocol):
    """A language's reader."""

    def read(self, text: str) -> Reading:
        """Read a tidy text. Never fails: what can't be said is left out."""
        ...
