"""Sound: voices and music mixed into the track of a film."""
