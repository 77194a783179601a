"""The work of video.lay_out: the same arithmetic that predicts it."""

from berg.schema.context import Context
from berg.schema.timeline import Timeline
from berg.steps.video.lay_out.declare import LayOut, plan_timeline


def lay_out(call: LayOut, ctx: Context) -> Timeline:
    """Say when each shot is seen."""
    return plan_timeline(call)
