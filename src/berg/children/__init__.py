"""Child processes: one way to run what may hang, crash or grow without end.

Two shapes. `run_once` runs somebody else's command and hands back what it said. A `Resident` is a
program of ours that answers one question after another about things that nobody vouches for; it
`confine`s itself before it touches them. Either ends in its time, with everything that it started,
or is ended. Not here: the engine's workers, which many jobs share and which report while they work
(`berg.engine.local`).
"""

from berg.children.confine import Limits, confine, spend
from berg.children.ending import ChildEnded, NotStarted, TookTooLong
from berg.children.environment import confined, without_secrets
from berg.children.once import CommandResult, run_once
from berg.children.owner import Owner
from berg.children.resident import Resident

__all__ = [
    "ChildEnded",
    "CommandResult",
    "Limits",
    "NotStarted",
    "Owner",
    "Resident",
    "TookTooLong",
    "confine",
    "confined",
    "run_once",
    "spend",
    "without_secrets",
]
