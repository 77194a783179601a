"""Posters: type laid out by templates, pictures cropped for them, and both composed and checked."""
