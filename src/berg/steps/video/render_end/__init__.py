"""video.render_end: the end card, and strips to hold it for any time."""
