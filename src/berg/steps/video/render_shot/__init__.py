"""video.render_shot: a shot as it is seen, captions and all."""
