"""The work of video.*: opens pictures as scenes, and hands them to the compositor."""

from fractions import Fraction

from berg.carriers.watermark.frames import MarkedScene
from berg.carriers.watermark.payload import identifier_of
from berg.errors import StepError
from berg.media.video import join as joining
from berg.media.video.encode import EncoderSettings, encode_scene, encode_standing
from berg.media.video.layers import Deck
from berg.media.video.scene import CaptionedScene, DissolveScene, Scene
from berg.media.video.scenes import CardScene, ClipScene, StillScene
from berg.schema.context import Context
from berg.schema.layer import Sheet
from berg.schema.timeline import Timeline
from berg.steps.marked import own_mark
from berg.steps.type.declare import Card
from berg.steps.video.declare import (
    MP4,
    SETTLE,
    STANDING,
    DissolveInputs,
    DissolveParams,
    EndInputs,
    EndStrip,
    Film,
    Format,
    Hold,
    JoinInputs,
    LayOutInputs,
    LayOutParams,
    Picture,
    ShotInputs,
    ShotParams,
    Strip,
    end_strips,
    film_facts,
    plan_timeline,
)

SETTINGS = {
    "x264": EncoderSettings(),
    "av1": EncoderSettings(codec="libsvtav1", preset="8", crf=35),
}
"""One set for every strip of a film, since only strips of equal settings can be joined."""


def render_shot(params: ShotParams, inputs: ShotInputs, ctx: Context) -> Strip:
    """Compose and encode one shot."""
    scene = shot_scene(params, inputs, ctx)
    return _encode(scene, frames=inputs.frames - params.trim_end, size=params, ctx=ctx)


def render_dissolve(params: DissolveParams, inputs: DissolveInputs, ctx: Context) -> Strip:
    """Compose and encode the passage from one shot to the next."""
    before = open_scene(inputs.a, seed=params.seeds[0], size=params, ctx=ctx)
    after = open_scene(inputs.b, seed=params.seeds[1], size=params, ctx=ctx)
    blend = DissolveScene(before, after, before_frames=inputs.a_frames, count=params.count)
    scene = _finished(blend, label=inputs.label, size=params, ctx=ctx)
    return _encode(scene, frames=params.count, size=params, ctx=ctx)


def render_end(params: Format, inputs: EndInputs, ctx: Context) -> EndStrip:
    """Encode the end card's entrance, and the finished card standing still."""
    card = _open_card(inputs.card, params, ctx)
    scene = _finished(card, label=inputs.label, size=params, ctx=ctx)
    frames = inputs.card.entrance + SETTLE
    intro = _encode(scene, frames=frames, size=params, ctx=ctx)
    holds = []
    for index, count in enumerate(STANDING):
        path = ctx.scratch / f"hold{count}.mp4"
        encode_standing(
            scene,
            path,
            frame=frames,
            count=count,
            width=params.width,
            height=params.height,
            fps=params.fps,
            settings=SETTINGS[params.encoder],
        )
        holds.append(Hold(frames=count, video=ctx.put(path, MP4)))
        ctx.progress((index + 1) / len(STANDING))
    return EndStrip(intro=intro.video, intro_frames=frames, holds=tuple(holds), mark=intro.mark)


def lay_out(params: LayOutParams, inputs: LayOutInputs, ctx: Context) -> Timeline:
    """Say when each shot is seen."""
    return plan_timeline(params, inputs)


def join(params: Format, inputs: JoinInputs, ctx: Context) -> Film:
    """Copy strips and sound into one film."""
    timeline = inputs.timeline
    strips = [strip.video for strip in inputs.strips]
    strips += end_strips(inputs.end, timeline.hold)
    out = ctx.scratch / "film.mp4"
    joining.join(
        [ctx.path(strip) for strip in strips],
        None if inputs.sound is None else ctx.path(inputs.sound),
        out,
        fps=params.fps,
        frames=timeline.frames,
        progress=ctx.progress,
    )
    return Film(video=ctx.put(out, MP4), facts=film_facts(params, timeline))


def shot_scene(params: ShotParams, inputs: ShotInputs, ctx: Context) -> Scene:
    """A shot as it is seen, captions and all."""
    scene = open_scene(inputs.picture, seed=params.seed, size=params, ctx=ctx)
    if inputs.sheet is not None:
        scene = CaptionedScene(scene, _open_deck(inputs.sheet, ctx))
    return _finished(scene, label=inputs.label, size=params, ctx=ctx)


def _finished(scene: Scene, *, label: Sheet | None, size: Format, ctx: Context) -> Scene:
    """The label over the scene, then the watermark under everything that is seen."""
    if label is not None:
        scene = CaptionedScene(scene, _open_deck(label, ctx))
    if size.mark is None:
        return scene
    identifier, held = own_mark(size.mark, ctx)
    return MarkedScene(scene, identifier=identifier, key=held, width=size.width, height=size.height)


def open_scene(picture: Picture, *, seed: int, size: Format, ctx: Context) -> Scene:
    """The scene of whichever picture there is."""
    if picture.photo is not None:
        return StillScene(
            ctx.path(picture.photo.raster),
            width=size.width,
            height=size.height,
            fps=size.fps,
            focus=(picture.photo.focus_x, picture.photo.focus_y),
            seed=seed,
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
        return _open_card(picture.card, size, ctx)
    raise StepError("a shot has neither photograph nor clip nor card")


def _open_card(card: Card, size: Format, ctx: Context) -> CardScene:
    deck = _open_deck(card.sheet, ctx)
    return CardScene(card.ground, deck, width=size.width, height=size.height)


def _open_deck(sheet: Sheet, ctx: Context) -> Deck:
    return Deck(ctx.path(sheet.image), sheet.layers)


def _encode(scene: Scene, *, frames: int, size: Format, ctx: Context) -> Strip:
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
