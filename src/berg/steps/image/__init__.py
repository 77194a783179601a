"""image.*: a photograph made ready, a clip surveyed.

Everything hangs on a file's content, never on its name.
"""

from berg.steps.image.look_at_photo.declare import LOOK_AT_PHOTO, Glance, look_at_photo
from berg.steps.image.prepare_photo.declare import PREPARE_PHOTO, Still, prepare_photo
from berg.steps.image.survey_clip.declare import SURVEY_CLIP, Clip, survey_clip

__all__ = [
    "LOOK_AT_PHOTO",
    "PREPARE_PHOTO",
    "SURVEY_CLIP",
    "Clip",
    "Glance",
    "Still",
    "look_at_photo",
    "prepare_photo",
    "survey_clip",
]
