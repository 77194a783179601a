"""Reading and checking what somebody asks for."""

from berg.brief.glyphs import glyph_check
from berg.brief.read import Check, read_brief

__all__ = ["Check", "glyph_check", "read_brief"]
