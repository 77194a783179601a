"""poster.*: the declarations, each in a file of its own."""

from berg.lines.posters.design.likeness import ALIKE, distance
from berg.lines.posters.steps.compose_step import COMPOSE, Poster, compose_poster
from berg.lines.posters.steps.paper import PDF, PaperPoster, bleed_size, poster_pdf
from berg.lines.posters.steps.picture import (
    GROUND,
    Ground,
    best_place,
    places_in_order,
    poster_ground,
)
from berg.lines.posters.steps.sheets import (
    SHEET,
    TABLE,
    ContactSheet,
    VariantTable,
    contact_sheet,
    sheets_of,
    variant_table,
)
from berg.lines.posters.steps.subject import SUBJECT, PhotoSubject, photo_subject
from berg.lines.posters.steps.type_layer import (
    SET_TYPE,
    picture_size,
    places_of,
    set_type,
    type_area,
)

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
