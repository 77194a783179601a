"""text.write_storyboard: a script cut into shots, each with what it shows."""
