"""Reading and checking what somebody asks for: briefs, and storyboards that people edited."""

from berg.brief.glyphs import glyph_check
from berg.brief.read import Check, read_brief
from berg.brief.storyboard_read import read_storyboard
from berg.brief.storyboard_write import storyboard_to_yaml

__all__ = ["Check", "glyph_check", "read_brief", "read_storyboard", "storyboard_to_yaml"]
