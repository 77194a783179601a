"""The work of poster.pdf: composes as for a screen, with bleed; type goes on top as vectors."""

import cv2
import numpy as np

from berg.lines.posters.design.checks import legible
from berg.lines.posters.design.compose import Composed
from berg.lines.posters.design.edges import bled
from berg.lines.posters.design.encode import encode
from berg.lines.posters.design.hashing import phash
from berg.lines.posters.design.parts import RgbPixels, css_px_on_paper
from berg.lines.posters.design.pdf import Raster, print_pdf
from berg.lines.posters.steps.compose.run import composed
from berg.lines.posters.steps.pdf.declare import PaperPoster, PrintPoster, bleed_size
from berg.media.type.safe import Box
from berg.schema.context import Context
from berg.steps.marked import marked

_PREVIEW = 1600
"""Pixels of a preview's longer side."""


def pdf(call: PrintPoster, ctx: Context) -> PaperPoster:
    """Compose one poster for print, watermark its picture, write the PDF and a preview."""
    size = (call.width, call.height)
    whole = bleed_size(*size, paper_mm=call.paper_mm)
    bleed = ((whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2)
    css = css_px_on_paper(call.width, wide_mm=call.paper_mm[0])
    made = composed(call, size=size, css=css, ctx=ctx, bleed=bleed)
    ctx.progress(0.5)
    smallest = legible(call.layer.smallest, width=size[0], height=size[1], px_per_pt=css * 96 / 72)
    trim = Box(left=bleed[0], top=bleed[1], width=size[0], height=size[1])
    picture, mark = marked(_printed(made, trim), call.mark, ctx)
    ctx.progress(0.7)
    raster = Raster(encode(picture, "jpeg"), *whole)
    page = ctx.path(call.page).read_bytes()
    printed = print_pdf(raster, page, paper_mm=call.paper_mm, title=call.title)
    preview, _ = marked(_small(made.pixels, trim), call.mark, ctx)
    return PaperPoster(
        pdf=ctx.put_bytes(printed, "application/pdf"),
        preview=ctx.put_bytes(encode(preview, "jpeg"), "image/jpeg"),
        contrast=int(made.contrast * 1000),
        scrim=round(made.scrim * 1000),
        problems=(*call.layer.problems, *made.problems, *smallest),
        phash=phash(preview),
        mark=mark,
    )


def _printed(made: Composed, trim: Box) -> RgbPixels:
    """What lies under the vectors: all but the type, and in the bleed what stands at the edge."""
    under = made.pixels if made.under is None else made.under
    return bled(under, made.pixels, trim)


def _small(pixels: RgbPixels, trim: Box) -> RgbPixels:
    part = np.ascontiguousarray(pixels[trim.top : trim.bottom, trim.left : trim.right])
    scale = _PREVIEW / max(trim.width, trim.height)
    if scale >= 1:
        return part
    size = (round(trim.width * scale), round(trim.height * scale))
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
