"""Pieces of HTML that the page of a delivery and the lines' sections of it share."""

from html import escape
from urllib.parse import quote

LANGUAGES = {"en": "English", "zh": "中文"}


def address(path: str) -> str:
    """A file of the delivery, as an attribute's value."""
    return escape(quote(path))


def language_name(language: str | None) -> str:
    """A language in its own words; its code where that isn't known."""
    return LANGUAGES.get(language or "", language or "")
