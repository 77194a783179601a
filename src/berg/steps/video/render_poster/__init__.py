"""video.render_poster: a film's poster frame: its first picture and its title, whole."""
