"""speech.time: a text timed by reading speed, without a voice."""
