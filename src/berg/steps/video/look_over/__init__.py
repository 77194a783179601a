"""video.look_over: what a shot's picture leaves free for type."""
