"""postcard.print, declared: a photograph, frosted where a greeting stands on it."""

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.step import Out, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of

MODEL, FONT = "postcard-frost", "inter"
WIDTH, HEIGHT, FOOT = 1200, 800, 200  # pixels; the foot is frosted


class PrintCard(Call):
    """What is printed, and what on."""

    greeting: str
    ink: str
    mark: str | None = None  # id of the key that it is watermarked with
    picture: Given[Asset]


class Card(Out):
    """A postcard."""

    image: Asset
    mark: str | None  # the identifier that its watermark carries


def _predict(call: PrintCard) -> Card:
    image = predicted_asset("image/jpeg", size=300_000)
    return Card(image=image, mark=foreseen_mark(call.mark))


print_card = StepKind(
    capability="postcard.print",
    version=1,  # raise it when the same call gives other bytes
    call=PrintCard,
    out=Card,
    runner="berg_postcard.print:print_card",
    predict=_predict,
    work=lambda call: Work(amount=WIDTH * HEIGHT / 1e6, unit="megapixels"),
    seconds_per_unit=0.3,  # a prior; the machine's own rate is learned
    tools=("numpy", "onnxruntime", "pillow"),  # whose versions shape the bytes
    weights=lambda call: (MODEL, FONT),
    secrets=secrets_of,  # of the key that it marks with
    origin="computed",  # the model is a fixed filter: nothing was trained
    called="frosting",
    sense="seen",
)
