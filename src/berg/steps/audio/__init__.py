"""audio.*: the sound of a film, and a label said before a sound that stands alone."""

from berg.steps.audio.announce.declare import ANNOUNCE, Announcement, announce
from berg.steps.audio.mix.declare import MIX, Mix, mix

__all__ = ["ANNOUNCE", "MIX", "Announcement", "Mix", "announce", "mix"]
