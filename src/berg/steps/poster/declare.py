"""poster.*: the declarations, each in a file of its own."""

from berg.media.poster.likeness import ALIKE, distance
from berg.steps.poster.compose_step import COMPOSE, Poster, compose_poster
from berg.steps.poster.paper import PDF, PaperPoster, bleed_size, poster_pdf
from berg.steps.poster.picture import GROUND, Ground, best_place, places_in_order, poster_ground
from berg.steps.poster.sheets import (
    SHEET,
    TABLE,
    ContactSheet,
    VariantTable,
    contact_sheet,
    sheets_of,
    variant_table,
)
from berg.steps.poster.subject import SUBJECT, PhotoSubject, photo_subject
from berg.steps.poster.type_layer import SET_TYPE, picture_size, places_of, set_type, type_area

__all__ = [
    "ALIKE",
    "COMPOSE",
    "GROUND",
    "PDF",
    "SET_TYPE",
    "SHEET",
    "SUBJECT",
    "TABLE",
    "ContactSheet",
    "Ground",
    "PaperPoster",
    "PhotoSubject",
    "Poster",
    "VariantTable",
    "best_place",
    "bleed_size",
    "compose_poster",
    "contact_sheet",
    "distance",
    "photo_subject",
    "picture_size",
    "places_in_order",
    "places_of",
    "poster_ground",
    "poster_pdf",
    "set_type",
    "sheets_of",
    "type_area",
    "variant_table",
]
