"""Steps on text: a script made into a storyboard."""
