"""What the work of video.* shares: pictures opened as scenes, labelled, marked, encoded."""

from fractions import Fraction

from berg.carriers.watermark.frames import MarkedScene
from berg.carriers.watermark.payload import identifier_of
from berg.errors import StepError
from berg.media.video.encode import EncoderSettings, encode_scene
from berg.media.video.layers import Deck
from berg.media.video.scene import CaptionedScene, Scene
from berg.media.video.scenes import CardScene, ClipScene, StillScene
from berg.schema.context import Context
from berg.schema.layer import Sheet
from berg.steps.marked import own_mark
from berg.steps.type import Card
from berg.steps.video.nouns import MP4, FilmFormat, Picture, Strip

SETTINGS = {
    "x264": EncoderSettings(),
    "av1": EncoderSettings(codec="libsvtav1", preset="8", crf=35),
}
"""One set for every strip of a film, since only strips of equal settings can be joined."""


def open_scene(picture: Picture, *, seed: int, size: FilmFormat, ctx: Context) -> Scene:
    """The scene of whichever picture there is. Raises StepError if there is none."""
    if picture.photo is not None:
        return StillScene(
            ctx.path(picture.photo.raster),
            width=size.width,
            height=size.height,
            fps=size.fps,
            focus=(picture.photo.focus_x, picture.photo.focus_y),
            seed=seed,
            span=picture.photo.span,
            moves=not picture.photo.inset,
        )
    if picture.clip is not None and picture.source is not None:
        return ClipScene(
            ctx.path(picture.source),
            start=Fraction(picture.clip.start),
            crop=picture.clip.crop,
            backdrop=picture.clip.backdrop,
            width=size.width,
            height=size.height,
            fps=size.fps,
        )
    if picture.card is not None:
        return open_card(picture.card, size, ctx)
    raise StepError("a shot has neither photograph nor clip nor card")


def open_card(card: Card, size: FilmFormat, ctx: Context) -> CardScene:
    """A card, its layers still to arrive."""
    deck = open_deck(card.sheet, ctx)
    return CardScene(card.ground, deck, width=size.width, height=size.height)


def open_deck(sheet: Sheet, ctx: Context) -> Deck:
    """A sheet's layers."""
    return Deck(ctx.path(sheet.image), sheet.layers)


def finished(scene: Scene, *, label: Sheet | None, size: FilmFormat, ctx: Context) -> Scene:
    """The label over the scene, then the watermark under everything that is seen."""
    if label is not None:
        scene = CaptionedScene(scene, open_deck(label, ctx))
    if size.mark is None:
        return scene
    identifier, held = own_mark(size.mark, ctx)
    return MarkedScene(scene, identifier=identifier, key=held, width=size.width, height=size.height)


def encode(scene: Scene, *, frames: int, size: FilmFormat, ctx: Context) -> Strip:
    """Frames 0 to `frames` of a scene, as a strip of the film."""
    path = ctx.scratch / "strip.mp4"
    encode_scene(
        scene,
        path,
        first=0,
        end=frames,
        width=size.width,
        height=size.height,
        fps=size.fps,
        settings=SETTINGS[size.encoder],
        progress=ctx.progress,
    )
    mark = None if size.mark is None else identifier_of(ctx.identity)
    return Strip(video=ctx.put(path, MP4), frames=frames, mark=mark)
