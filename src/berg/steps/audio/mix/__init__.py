"""audio.mix: voices and music mixed into the sound of a film."""
