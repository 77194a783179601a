"""poster.*: the declarations, each in a file of its own."""

from berg.steps.poster.type_layer import SET_TYPE, places_of, set_type, type_area

__all__ = ["SET_TYPE", "places_of", "set_type", "type_area"]
