"""Sound: placing voices and music, mastering to a loudness, AAC; measuring what came out."""
