"""image.poster_frame: one frame of a film, as a picture."""
