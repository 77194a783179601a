"""video.render_dissolve: the passage from one shot to the next."""
