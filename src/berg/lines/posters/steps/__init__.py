"""poster.*: the steps of the posters' line, each in a folder: declared, and done."""

from berg.lines.posters.steps.compose.declare import COMPOSE, Poster, compose_poster
from berg.lines.posters.steps.ground.declare import GROUND, Ground, places_in_order, poster_ground
from berg.lines.posters.steps.pdf.declare import PDF, PaperPoster, bleed_size, poster_pdf
from berg.lines.posters.steps.sheet.declare import SHEET, contact_sheet, sheets_of
from berg.lines.posters.steps.subject.declare import SUBJECT, PhotoSubject, photo_subject
from berg.lines.posters.steps.table.declare import TABLE, variant_table
from berg.lines.posters.steps.type.declare import SET_TYPE, set_type
from berg.lines.posters.steps.type.nouns import TypeLayer

__all__ = [
    "COMPOSE",
    "GROUND",
    "PDF",
    "SET_TYPE",
    "SHEET",
    "SUBJECT",
    "TABLE",
    "Ground",
    "PaperPoster",
    "PhotoSubject",
    "Poster",
    "TypeLayer",
    "bleed_size",
    "compose_poster",
    "contact_sheet",
    "photo_subject",
    "places_in_order",
    "poster_ground",
    "poster_pdf",
    "set_type",
    "sheets_of",
    "variant_table",
]
