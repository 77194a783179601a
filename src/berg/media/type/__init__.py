"""Typesetting: captions, cards, subtitles. Typst sets all type; no steps and no store here."""
