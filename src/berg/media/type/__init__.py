"""Typesetting: captions, cards, subtitles. Typst sets all type; nothing here knows steps or store."""
