"""What is made again on purpose since a home's release: kinds whose version was raised for it."""

from typing import Any

RAISED = frozenset(
    {
        "image.prepare_photo",
        "text.write_storyboard",
        "video.lay_out",
        "speech.synthesize",
        "type.card",
        "video.render_poster",
        "type.end_card",
        "type.title",
    }
)
"""Capabilities, with a raised version or told of more. What hangs on what they make is made again,
too; nothing else."""


def made_again(plan: dict[str, Any]) -> set[str]:
    """The steps of a plan that a raised version explains, by name."""
    found: set[str] = set()
    for step in plan["steps"]:  # in an order in which what is needed comes first
        if step["capability"] in RAISED or found & set(step["needs"]):
            found.add(step["name"])
    return found
