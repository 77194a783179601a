"""type.*: captions, cards, end cards and subtitles."""
