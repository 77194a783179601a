"""The work of poster.pdf: composes as for a screen, with bleed; type goes on top as vectors."""

import cv2
import numpy as np

from berg.lines.posters.design.checks import legible
from berg.lines.posters.design.compose import Composed
from berg.lines.posters.design.edges import bled
from berg.lines.posters.design.encode import encode
from berg.lines.posters.design.hashing import phash
from berg.lines.posters.design.parts import Rgb, css_px_on_paper
from berg.lines.posters.design.pdf import Raster, print_pdf
from berg.lines.posters.steps.paper import PaperInputs, PaperParams, PaperPoster, bleed_size
from berg.lines.posters.steps.run_compose import composed
from berg.media.type.safe import Box
from berg.schema.context import Context
from berg.steps.marked import marked

_PREVIEW = 1600
"""Pixels of a preview's longer side."""


def make_pdf(params: PaperParams, inputs: PaperInputs, ctx: Context) -> PaperPoster:
    """Compose one poster for print, watermark its picture, write the PDF and a preview."""
    size = (params.width, params.height)
    whole = bleed_size(*size, paper_mm=params.paper_mm)
    bleed = ((whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2)
    css = css_px_on_paper(params.width, wide_mm=params.paper_mm[0])
    made = composed(inputs, size=size, css=css, ctx=ctx, bleed=bleed)
    ctx.progress(0.5)
    smallest = legible(
        inputs.layer.smallest, width=size[0], height=size[1], px_per_pt=css * 96 / 72
    )
    trim = Box(left=bleed[0], top=bleed[1], width=size[0], height=size[1])
    picture, mark = marked(_printed(made, trim), params.mark, ctx)
    ctx.progress(0.7)
    raster = Raster(encode(picture, "jpeg"), *whole)
    page = ctx.path(inputs.page).read_bytes()
    pdf = print_pdf(raster, page, paper_mm=params.paper_mm, title=params.title)
    preview, _ = marked(_small(made.pixels, trim), params.mark, ctx)
    return PaperPoster(
        pdf=ctx.put_bytes(pdf, "application/pdf"),
        preview=ctx.put_bytes(encode(preview, "jpeg"), "image/jpeg"),
        contrast=int(made.contrast * 1000),
        scrim=round(made.scrim * 1000),
        problems=(*inputs.layer.problems, *made.problems, *smallest),
        phash=phash(preview),
        mark=mark,
    )


def _printed(made: Composed, trim: Box) -> Rgb:
    """What lies under the vectors: all but the type, and in the bleed what stands at the edge."""
    under = made.pixels if made.under is None else made.under
    return bled(under, made.pixels, trim)


def _small(pixels: Rgb, trim: Box) -> Rgb:
    part = np.ascontiguousarray(pixels[trim.top : trim.bottom, trim.left : trim.right])
    scale = _PREVIEW / max(trim.width, trim.height)
    if scale >= 1:
        return part
    size = (round(trim.width * scale), round(trim.height * scale))
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
