"""image.*: a photograph made ready, a clip surveyed, a poster frame taken.

Everything hangs on a file's content, never on its name.
"""

from fractions import Fraction
from typing import Any

from berg.schema.asset import Asset, predicted_asset
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Inputs, Out, Params, Step, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of
from berg.units import MIB, Rational

OVERSCAN = Fraction(112, 100)
"""A still is this much larger than the output on each axis: room for a moving window."""


def round_even(value: Fraction) -> int:
    """The nearest even number: video has a colour sample for every two pixels."""
    return 2 * round(value / 2)


class Still(Out):
    """A photograph in the output's shape, larger by the overscan."""

    raster: Asset
    """PNG, 8-bit RGB, sRGB, without alpha."""
    width: int
    """Of the raster, pixels."""
    height: int
    focus_x: int
    """Per mille: the subject's centre from the raster's left edge."""
    focus_y: int
    """Per mille, from the top."""


class Clip(Out):
    """How a clip is shown in the output's shape: one framing for the whole shot."""

    crop: tuple[int, int, int, int]
    """Left, top, width, height in upright square pixels."""
    start: Rational
    """Seconds after the clip's first picture."""
    available: Rational
    """Seconds from there to its end; afterwards its last picture is held."""
    backdrop: bool
    """Whether the crop is shown whole over a blurred copy of itself."""


class PosterFrame(Out):
    """One frame of a film."""

    image: Asset
    """JPEG."""
    mark: str | None
    """Identifier of the watermark that it bears besides the film's own; None without one."""


class PhotoParams(Params):
    """The output's size, and how large the photograph is (which its content decides)."""

    width: int
    height: int
    source_width: int
    source_height: int


class PhotoInputs(Inputs):
    """The photograph."""

    photo: Asset


class ClipParams(Params):
    """The output's size and rate, and the clip's probed facts (which its content decides)."""

    width: int
    height: int
    fps: Rational
    start: Rational | None
    """Seconds after the first picture; None lets the survey choose."""
    source_width: int
    source_height: int
    source_frames: int
    duration: Rational


class ClipInputs(Inputs):
    """The clip."""

    clip: Asset


class PosterParams(Params):
    """How the frame is marked."""

    mark: str | None = None
    """Id of the key with which the picture is watermarked, as a picture: a film's mark is lighter,
    since it is seen in many frames. None adds none."""


class PosterInputs(Inputs):
    """The film, and the number of the frame, from 0."""

    film: Asset
    frame: int


def _raster_size(width: int, height: int) -> tuple[int, int]:
    return round_even(OVERSCAN * width), round_even(OVERSCAN * height)


def _predict_still(params: PhotoParams, inputs: PhotoInputs) -> Still:
    width, height = _raster_size(params.width, params.height)
    raster = predicted_asset("image/png", size=width * height * 6 // 5)
    return Still(raster=raster, width=width, height=height, focus_x=500, focus_y=450)


def _photo_work(params: PhotoParams, inputs: PhotoInputs) -> Work:
    width, height = _raster_size(params.width, params.height)
    pixels = width * height + params.source_width * params.source_height // 4
    return Work(amount=pixels / 1_000_000, unit="megapixels")


def _predict_clip(params: ClipParams, inputs: ClipInputs) -> Clip:
    """The middle of the picture, from the beginning."""
    across = Fraction(params.width, params.height)
    width = min(params.source_width, max(1, round(params.source_height * across)))
    height = min(params.source_height, max(1, round(params.source_width / across)))
    left, top = (params.source_width - width) // 2, (params.source_height - height) // 2
    start = params.start or Fraction(0)
    return Clip(
        crop=(left, top, width, height),
        start=start,
        available=max(Fraction(0), params.duration - start),
        backdrop=False,
    )


def _clip_work(params: ClipParams, inputs: ClipInputs) -> Work:
    # A long clip is looked into by seeking to 24 keyframes, which takes about three frames each.
    frames = params.source_frames if params.source_frames <= 480 else 72
    pixels = params.source_width * params.source_height
    return Work(amount=frames * pixels / 1_000_000, unit="megapixel_frames")


def _predict_poster(params: PosterParams, inputs: PosterInputs) -> PosterFrame:
    image = predicted_asset("image/jpeg", size=400_000)
    return PosterFrame(image=image, mark=foreseen_mark(params.mark))


PREPARE_PHOTO = StepKind(
    capability="image.prepare_photo",
    version=1,
    params=PhotoParams,
    inputs=PhotoInputs,
    out=Still,
    runner="berg.steps.image.run:prepare_photo",
    predict=_predict_still,
    work=_photo_work,
    seconds_per_unit=0.25,
    overhead_s=0.5,
    tools=("av", "opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=700 * MIB),
    called="picture",
    sense="seen",
)

SURVEY_CLIP = StepKind(
    capability="image.survey_clip",
    version=1,
    params=ClipParams,
    inputs=ClipInputs,
    out=Clip,
    runner="berg.steps.image.run:survey_clip",
    predict=_predict_clip,
    work=_clip_work,
    seconds_per_unit=0.004,
    overhead_s=0.8,
    tools=("av", "opencv-contrib-python-headless", "numpy"),
    needs=Needs(memory_bytes=500 * MIB),
    called="footage",
    sense="seen",
)

POSTER_FRAME = StepKind(
    capability="image.poster_frame",
    version=1,
    params=PosterParams,
    inputs=PosterInputs,
    out=PosterFrame,
    runner="berg.steps.image.run:poster_frame",
    predict=_predict_poster,
    work=lambda params, inputs: Work(amount=1, unit="frames"),
    seconds_per_unit=0.4,
    tools=("av", "opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=300 * MIB),
    called="poster frame",
    sense="seen",
)


def prepare_photo(source: Source, *, width: int, height: int) -> Step[Still]:
    """A photograph cropped round its subject, ready for a film of width x height."""
    params = PhotoParams(
        width=width,
        height=height,
        source_width=source.facts.width,
        source_height=source.facts.height,
    )
    return PREPARE_PHOTO.step(params=params, inputs={"photo": source.asset})


def survey_clip(
    source: Source, *, width: int, height: int, fps: Fraction, start: Fraction | None
) -> Step[Clip]:
    """How a clip is best shown at width x height, and from where."""
    params = ClipParams(
        width=width,
        height=height,
        fps=fps,
        start=start,
        source_width=source.facts.width,
        source_height=source.facts.height,
        source_frames=source.facts.frames,
        duration=source.facts.duration or Fraction(0),
    )
    return SURVEY_CLIP.step(params=params, inputs={"clip": source.asset})


def poster_frame(
    film: Handle[Asset], *, frame: Handle[int] | int, mark: str | None = None
) -> Step[PosterFrame]:
    """Frame number `frame` of a film, as a picture."""
    inputs: dict[str, Any] = {"film": film, "frame": frame}
    return POSTER_FRAME.step(
        params=PosterParams(mark=mark),
        inputs=inputs,
        secrets=secrets_of(mark),
    )
