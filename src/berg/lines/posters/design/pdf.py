"""A poster as PDF for print: picture with bleed, type as vectors, crop marks, and the boxes.

The page is larger than the trim by the bleed and room for crop marks. TrimBox and BleedBox say
so (ISO 32000-2, 14.11.2); a printer's software goes by them. Colours are sRGB, tagged as such;
turning them into a press's inks is the printer's, who knows the paper.
Not here: setting the type; it comes as a page of its own, and is laid over the picture.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
)

from berg.errors import StepError
from berg.lines.posters.design.encode import srgb_profile

POINTS_PER_MM = 72 / 25.4
BLEED_MM = 3.0
_MARK_MM, _OFF_MM = 5.0, 1.0
"""Length of a crop mark, and how far outside the bleed it begins."""
_HAIRLINE_PT = 0.25
PAGE_MARGIN_MM = BLEED_MM + _OFF_MM + _MARK_MM + 1.0
"""Margin from the page's edge to the trim."""


Rect = tuple[float, float, float, float]
"""Left, bottom, right, top, points."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in a PDF: a JPEG, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def print_pdf(raster: Raster, type_page: bytes, *, paper_mm: tuple[int, int], title: str) -> bytes:
    """One page. `raster` covers trim and bleed; `type_page` is a PDF of the trim's shape.

    The same input gives the same bytes. Raises StepError if the type's page can't be read.
    """
    wide, tall = (side * POINTS_PER_MM for side in paper_mm)
    margin, bleed = PAGE_MARGIN_MM * POINTS_PER_MM, BLEED_MM * POINTS_PER_MM
    trim = (margin, margin, margin + wide, margin + tall)
    bled = (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    page = writer.add_blank_page(width=wide + 2 * margin, height=tall + 2 * margin)
    page[NameObject("/Resources")] = _resources(raster, writer)
    page[NameObject("/Contents")] = writer._add_object(_content(trim, bled))
    lettering = _type_of(type_page)
    size = (float(lettering.mediabox.width), float(lettering.mediabox.height))
    moved = Transformation().scale(wide / size[0], tall / size[1]).translate(*trim[:2])
    page.merge_transformed_page(lettering, moved)
    page.trimbox, page.artbox = RectangleObject(trim), RectangleObject(trim)
    page.bleedbox = RectangleObject(bled)
    page.compress_content_streams()
    writer.metadata = {"/Title": title, "/Producer": "berg"}
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _type_of(data: bytes) -> PageObject:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        page = reader.pages[0]
    except (PyPdfError, IndexError, ValueError, KeyError) as fault:
        raise StepError(f"the type's page is no PDF that can be read: {fault}") from fault
    if min(page.mediabox.width, page.mediabox.height) <= 0:
        raise StepError("the type's page has no size")
    return page


def _resources(raster: Raster, writer: PdfWriter) -> DictionaryObject:
    profile = StreamObject()
    profile.set_data(srgb_profile())
    profile[NameObject("/N")] = NumberObject(3)
    image = StreamObject()
    image.set_data(raster.jpeg)
    space = ArrayObject([NameObject("/ICCBased"), writer._add_object(profile.flate_encode())])
    for name, value in {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(raster.width),
        "/Height": NumberObject(raster.height),
        "/BitsPerComponent": NumberObject(8),
        "/ColorSpace": space,
        "/Filter": NameObject("/DCTDecode"),
    }.items():
        image[NameObject(name)] = value
    return DictionaryObject(
        {
            NameObject("/XObject"): DictionaryObject(
                {NameObject("/Picture"): writer._add_object(image)}
            ),
            NameObject("/ColorSpace"): DictionaryObject({NameObject("/Registration"): _all_inks()}),
        }
    )


def _all_inks() -> ArrayObject:
    """The colour of crop marks: every plate of the press, so that all can be aligned."""
    tint = DictionaryObject(
        {
            NameObject("/FunctionType"): NumberObject(2),
            NameObject("/Domain"): _numbers(0, 1),
            NameObject("/C0"): _numbers(0, 0, 0, 0),
            NameObject("/C1"): _numbers(1, 1, 1, 1),
            NameObject("/N"): NumberObject(1),
        }
    )
    names = [NameObject("/Separation"), NameObject("/All"), NameObject("/DeviceCMYK")]
    return ArrayObject([*names, tint])


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(value) for value in values])


def _content(trim: Rect, bled: Rect) -> DecodedStreamObject:
    wide, tall = bled[2] - bled[0], bled[3] - bled[1]
    lines = [f"q {wide:.4f} 0 0 {tall:.4f} {bled[0]:.4f} {bled[1]:.4f} cm /Picture Do Q"]
    lines += ["q /Registration CS 1 SCN", f"{_HAIRLINE_PT} w"]
    lines += [f"{x0:.4f} {y0:.4f} m {x1:.4f} {y1:.4f} l S" for x0, y0, x1, y1 in _marks(trim, bled)]
    stream = DecodedStreamObject()
    stream.set_data("\n".join([*lines, "Q"]).encode("ascii"))
    return stream


def _marks(trim: Rect, bled: Rect) -> Iterator[Rect]:
    """Two crop marks at each corner, outside the bleed."""
    off, long = _OFF_MM * POINTS_PER_MM, _MARK_MM * POINTS_PER_MM
    for x in (trim[0], trim[2]):
        yield x, bled[1] - off, x, bled[1] - off - long
        yield x, bled[3] + off, x, bled[3] + off + long
    for y in (trim[1], trim[3]):
        yield bled[0] - off, y, bled[0] - off - long, y
        yield bled[2] + off, y, bled[2] + off + long, y
