"""video.*: shots, dissolves and the end card made into strips; strips and sound joined to a film.

A strip is keyed on what is seen in it and on nothing of its neighbours, so one changed sentence
encodes one shot again. A film is joined by copying packets.
"""

from berg.steps.video.join.declare import Film, FilmFacts, join
from berg.steps.video.lay_out.declare import lay_out
from berg.steps.video.look_over.declare import LOOK_OVER, Looked, look_over
from berg.steps.video.nouns import Strip, Visual
from berg.steps.video.render_dissolve.declare import RENDER_DISSOLVE, render_dissolve
from berg.steps.video.render_end.declare import EndStrip, render_end
from berg.steps.video.render_poster.declare import RENDER_POSTER, PosterFrame, render_poster
from berg.steps.video.render_shot.declare import RENDER_SHOT, render_shot

__all__ = [
    "LOOK_OVER",
    "RENDER_DISSOLVE",
    "RENDER_POSTER",
    "RENDER_SHOT",
    "EndStrip",
    "Film",
    "FilmFacts",
    "Looked",
    "PosterFrame",
    "Strip",
    "Visual",
    "join",
    "lay_out",
    "look_over",
    "render_dissolve",
    "render_end",
    "render_poster",
    "render_shot",
]
