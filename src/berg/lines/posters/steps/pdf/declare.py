"""poster.pdf: a poster for paper, with bleed and crop marks, its type as vectors."""

from berg.lines.posters.steps.compose.declare import Layers
from berg.lines.posters.steps.ground.declare import Ground
from berg.lines.posters.steps.type.nouns import TypeLayer
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Given
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of
from berg.units import MIB

BLEED_MM = 3
"""Beyond the trim on each side, as printers ask for."""


def bleed_size(width: int, height: int, *, paper_mm: tuple[int, int]) -> tuple[int, int]:
    """Pixels of a picture that covers the bleed too, where the trim is `width` by `height`."""
    return (
        width + 2 * round(width * BLEED_MM / paper_mm[0]),
        height + 2 * round(height * BLEED_MM / paper_mm[1]),
    )


class PaperPoster(Out):
    """A poster for print, and what was found in it; fields as in `Poster`."""

    pdf: Asset
    preview: Asset
    """JPEG of the trimmed poster, for screens."""
    contrast: int
    scrim: int
    problems: tuple[str, ...]
    phash: str
    mark: str | None = None


class PrintPoster(Layers):
    """The paper, the poster's layers, and the size in which its type was set."""

    width: int
    """Width of the trimmed poster, pixels: the resolution follows from the paper."""
    height: int
    paper_mm: tuple[int, int]
    """Trimmed width and height."""
    title: str
    mark: str | None = None
    page: Given[Asset]
    """The same type as vectors: a PDF of one page of the poster's shape, with nothing behind the
    type; scaled to the trim."""


def _predict(call: PrintPoster) -> PaperPoster:
    pixels = call.width * call.height
    return PaperPoster(
        pdf=predicted_asset("application/pdf", size=pixels // 3 + 60_000),
        preview=predicted_asset("image/jpeg", size=300_000),
        contrast=4500,
        scrim=0,
        problems=(),
        phash="",
        mark=foreseen_mark(call.mark),
    )


def _work(call: PrintPoster) -> Work:
    return Work(amount=call.width * call.height / 1_000_000, unit="megapixels")


PDF = StepKind(
    capability="poster.pdf",
    version=4,
    call=PrintPoster,
    out=PaperPoster,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.08,
    overhead_s=0.05,
    tools=("opencv-contrib-python-headless", "numpy", "pypdf"),
    secrets=secrets_of,
    needs=Needs(memory_bytes=900 * MIB),
    called="poster",
    sense="seen",
)


def poster_pdf(
    ground: Handle[Ground] | Ground | None,
    layer: Handle[TypeLayer],
    page: Handle[Asset],
    *,
    label: Handle[Sheet] | None = None,
    width: int,
    height: int,
    paper_mm: tuple[int, int],
    title: str,
    mark: str | None = None,
) -> Step[PaperPoster]:
    """A step that makes one poster for print. `page` is the layer's type as vectors.

    `ground` best has the shape of `bleed_size`, so that the picture itself reaches into the bleed.
    """
    return PDF(
        ground=ground,
        layer=layer,
        label=label,
        page=page,
        width=width,
        height=height,
        paper_mm=paper_mm,
        title=title,
        mark=mark,
    )
