"""postcard.print, declared: a photograph, frosted where a greeting stands on it."""

from berg.schema.asset import Asset, predicted_asset
from berg.schema.media import Source
from berg.schema.step import Inputs, Out, Params, Step, StepKind, Work

MODEL, FONT = "postcard-frost", "inter"
WIDTH, HEIGHT, FOOT = 1200, 800, 200  # pixels; the foot is frosted


class PrintParams(Params):
    """What is printed."""

    greeting: str
    ink: str
    mark: str | None = None  # id of the key that it is watermarked with


class PrintInputs(Inputs):
    """What it is printed on."""

    picture: Asset


class Card(Out):
    """A postcard."""

    image: Asset
    mark: str | None  # the identifier that its watermark carries


def _predict(params: PrintParams, inputs: PrintInputs) -> Card:
    mark = None if params.mark is None else "0" * 10
    return Card(image=predicted_asset("image/jpeg", size=300_000), mark=mark)


PRINT = StepKind(
    capability="postcard.print",
    version=1,  # raise it when the same parameters give other bytes
    params=PrintParams,
    inputs=PrintInputs,
    out=Card,
    runner="berg_postcard.print:print_card",
    predict=_predict,
    work=lambda params, inputs: Work(amount=WIDTH * HEIGHT / 1e6, unit="megapixels"),
    seconds_per_unit=0.3,  # a prior; the machine's own rate is learned
    tools=("numpy", "onnxruntime", "pillow"),  # whose versions shape the bytes
    origin="computed",  # the model is a fixed filter: nothing was trained
    called="frosting",
)


def print_card(picture: Source, *, greeting: str, ink: str, mark: str | None) -> Step[Card]:
    """A step that prints one card; it asks for the secret of the key that it marks with."""
    return PRINT.step(
        params=PrintParams(greeting=greeting, ink=ink, mark=mark),
        inputs={"picture": picture.asset},
        weights=(MODEL, FONT),
        secrets=() if mark is None else (mark,),
    )
