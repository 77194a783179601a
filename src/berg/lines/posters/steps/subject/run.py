"""The work of poster.subject: thin, over `berg.lines.posters.design`."""

from berg.lines.posters.design.subject import enough_for, subject_of, told
from berg.lines.posters.steps.subject.declare import FindSubject, PhotoSubject
from berg.media.image.photo import read_photo
from berg.schema.context import Context


def subject(call: FindSubject, ctx: Context) -> PhotoSubject:
    """Find what a photograph is about; raises MediaError if it can't be decoded."""
    least = enough_for(call.source_width, call.source_height)
    picture = read_photo(ctx.path(call.photo), least=least)
    ctx.progress(0.2)
    rows, faces = told(subject_of(picture))
    return PhotoSubject(matters=tuple(row.hex() for row in rows), faces=faces)
