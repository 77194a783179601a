"""type.captions: a shot's sentence as type over the picture, and as cues."""
