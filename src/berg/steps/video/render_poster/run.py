"""The work of video.render_poster: one frame, painted as the film paints its own."""

from berg.media.image.encode import to_jpeg
from berg.media.video.layers import Deck
from berg.media.video.pixels import to_rgb
from berg.media.video.scene import CaptionedScene, Scene
from berg.media.video.yuv import empty_planes
from berg.schema.context import Context
from berg.schema.layer import Sheet
from berg.steps.marked import marked
from berg.steps.video.nouns import Picture
from berg.steps.video.render_poster.declare import PosterFrame, RenderPoster
from berg.steps.video.scenes import open_scene


def render_poster(call: RenderPoster, ctx: Context) -> PosterFrame:
    """The picture, and over it the title and the label as they stand when they have come."""
    scene: Scene = open_scene(_standing(call.picture), seed=call.seed, size=call, ctx=ctx)
    for sheet in (call.title, call.label):
        if sheet is not None:
            still = _still(sheet)
            scene = CaptionedScene(scene, Deck(ctx.path(still.image), still.layers))
    onto = empty_planes(call.width, call.height)
    for _ in scene.paint(call.frame, call.frame + 1, onto):
        picture, mark = marked(to_rgb(onto), call.mark, ctx)
    return PosterFrame(image=ctx.put_bytes(to_jpeg(picture), "image/jpeg"), mark=mark)


def _standing(picture: Picture) -> Picture:
    """The same, but a card with all its words from the beginning."""
    if picture.card is None:
        return picture
    card = picture.card.model_copy(update={"sheet": _still(picture.card.sheet)})
    return picture.model_copy(update={"card": card})


def _still(sheet: Sheet) -> Sheet:
    """The sheet with every layer seen at all times."""
    always = {"first": 0, "end": None, "fade_in": 0, "fade_out": 0, "rise": 0, "wipe": None}
    layers = tuple(layer.model_copy(update=always) for layer in sheet.layers)
    return sheet.model_copy(update={"layers": layers})
