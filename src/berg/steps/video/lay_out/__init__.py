"""video.lay_out: when each shot is seen."""
